import type { ControllerWorld } from "../controller-world.ts";
import { type EndpointSlice, Service } from "../network-objects.ts";
import { readEndpointSlice } from "../read-objects.ts";
import type { TargetAddress } from "./target-group-model.ts";

const serviceLabel = "kubernetes.io/service-name";

/** The Service of this name, or null. */
export function findService(world: ControllerWorld, ref: { namespace: string; name: string }): Service | null {
  const found = world.cache.service.find(ref);
  return found ? Service.parse(found) : null;
}

/** Addresses of the ready pods behind one port of a Service; all its ports when `port` is null. */
export function findTargets(world: ControllerWorld, service: Service, port: number | null): TargetAddress[] {
  const namespace = service.metadata.namespace ?? "";
  const names = new Set((service.spec.ports ?? []).filter((one) => port === null || one.port === port).map((one) => one.name ?? ""));
  const addresses = world.cache.endpointSlice
    .list()
    .filter((one) => one.metadata.namespace === namespace && one.metadata.labels?.[serviceLabel] === service.metadata.name)
    .map((one) => readEndpointSlice(one))
    .flatMap((slice) => targetsOf(slice, names));
  const unique = new Map(addresses.map((one) => [`${one.id}:${one.port}`, one]));
  return [...unique.values()].sort((a, b) => (`${a.id}:${a.port}` < `${b.id}:${b.port}` ? -1 : 1));
}

function targetsOf(slice: EndpointSlice, portNames: ReadonlySet<string>): TargetAddress[] {
  const ready = (slice.endpoints ?? []).filter((one) => one.conditions?.ready !== false);
  const ports = (slice.ports ?? []).flatMap((one) => (portNames.has(one.name ?? "") && typeof one.port === "number" ? [one.port] : []));
  return ready.flatMap((one) => one.addresses.flatMap((id) => ports.map((port) => ({ id, port }))));
}

/** Why the controller refuses a Service as a backend, or null: it takes single-stack Services with an address only (lattice.md §1.7). */
export function serviceRefusal(service: Service): "dual-stack" | "headless" | "external-name" | null {
  if ((service.spec.ipFamilies ?? []).length > 1) return "dual-stack";
  if (service.spec.type === "ExternalName") return "external-name";
  return service.spec.clusterIP === "None" ? "headless" : null;
}
