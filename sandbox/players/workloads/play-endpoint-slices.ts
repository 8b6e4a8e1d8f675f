import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type KubeObject, refOf, resources } from "../../kube/kube-object.ts";
import { isReady, isSelected, ownedBy, type Pod, type Service } from "./workload-objects.ts";
import type { WorkloadWorld } from "./workload-world.ts";

const serviceLabel = "kubernetes.io/service-name";
const managedLabel = "endpointslice.kubernetes.io/managed-by";
const manager = "endpointslice-controller.k8s.io";

/** Plays the EndpointSlice controller: one slice for each Service with a selector, with the addresses of its pods. */
export async function playEndpointSlices(world: WorkloadWorld): Promise<void> {
  const services = world.services().filter((service) => hasEndpoints(service));
  const mine = world.endpointSlices().filter((slice) => slice.metadata.labels?.[managedLabel] === manager);
  for (const service of services) {
    const wanted = endpointSlice(service, world.pods());
    const existing = mine.find((slice) => keyed(slice) === keyed(wanted));
    if (!existing) await world.create(resources.endpointSlice, wanted);
    else if (!isSame(existing, wanted))
      await world.merge(resources.endpointSlice, existing, { endpoints: wanted["endpoints"], ports: wanted["ports"] });
  }
  const kept = new Set(services.map((service) => service.metadata.uid));
  for (const slice of mine)
    if (!slice.metadata.ownerReferences?.some((one) => kept.has(one.uid))) await world.client.delete(resources.endpointSlice, refOf(slice));
}

/** The slice as kube-controller-manager writes it: one port for each of the Service's, resolved against the pods' containers. */
export function endpointSlice(service: Service, pods: Pod[]): KubeObject {
  const { name, namespace } = service.metadata;
  const selected = pods.filter((pod) => pod.metadata.namespace === namespace && isSelected(pod.metadata.labels, service.spec.selector));
  const members = selected.filter((pod) => pod.status?.podIP).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const hash = createHash("sha256")
    .update(service.metadata.uid ?? name)
    .digest("hex")
    .slice(0, 5);
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: { ...service.metadata.labels, [serviceLabel]: name, [managedLabel]: manager },
      ...ownedBy(service, "v1", "Service"),
    },
    addressType: "IPv4",
    ports: (service.spec.ports ?? []).flatMap((port) => {
      const target = resolved(port.targetPort ?? port.port, selected);
      const { protocol, appProtocol } = port;
      return target === null ? [] : [{ name: port.name ?? "", protocol, port: target, ...(appProtocol ? { appProtocol } : {}) }];
    }),
    endpoints: members.map((pod) => {
      const terminating = pod.metadata.deletionTimestamp !== undefined;
      const serving = isReady(pod);
      return {
        addresses: [pod.status?.podIP ?? ""],
        conditions: { ready: serving && !terminating, serving, terminating },
        ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
        targetRef: { kind: "Pod", namespace, name: pod.metadata.name, uid: pod.metadata.uid ?? "" },
      };
    }),
  };
}

function hasEndpoints(service: Service): boolean {
  return service.spec.type !== "ExternalName" && Object.keys(service.spec.selector ?? {}).length > 0 && !service.metadata.deletionTimestamp;
}

/** A named target port is the container port of that name. */
function resolved(target: number | string, pods: Pod[]): number | null {
  if (typeof target === "number") return target;
  const ports = pods.flatMap((pod) => pod.spec.containers.flatMap((container) => container.ports ?? []));
  return ports.find((port) => port.name === target)?.containerPort ?? null;
}

function isSame(existing: KubeObject, wanted: KubeObject): boolean {
  const part = (object: KubeObject) => ({ ports: object["ports"] ?? [], endpoints: object["endpoints"] ?? [] });
  return isDeepStrictEqual(part(existing), part(wanted));
}

function keyed(slice: KubeObject): string {
  return `${slice.metadata.namespace ?? ""}/${slice.metadata.name}`;
}
