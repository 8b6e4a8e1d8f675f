import type { KubeObject } from "../../kube/kube-object.ts";
import { annotations, ownGroup } from "./controller-keys.ts";
import type { ControllerWorld } from "./controller-world.ts";
import { type Route, TargetRef } from "./network-objects.ts";
import { type NetworkKind, networkResources, type RouteKind, routeKinds } from "./network-resources.ts";
import { readRoute, readServiceExport } from "./read-objects.ts";
import { exportedServiceName } from "./target-groups/build-export-groups.ts";

type Woken = { kind: NetworkKind; ref: { namespace?: string | undefined; name: string } };
const routeAnnotations = [annotations.standalone, annotations.tags, annotations.takeoverFrom];
const policyKinds = ["iamAuthPolicy", "accessLogPolicy", "vpcAssociationPolicy"] as const;
const isRoute = (kind: NetworkKind): kind is RouteKind => routeKinds.some((one) => one === kind);

/** What must change for an object's own queue to hear of it: its spec, its deletion, and of a route three annotations only (lattice.md §1.4). */
export function fingerprintOf(kind: NetworkKind, object: KubeObject): string {
  const { generation, deletionTimestamp, uid, annotations: all = {} } = object.metadata;
  const heard = isRoute(kind) ? routeAnnotations.map((key) => all[key] ?? "") : kind === "serviceExport" ? [JSON.stringify(all)] : [];
  return [uid, generation, deletionTimestamp, ...heard].join("|");
}

/** Other objects that are looked at because this one changed. Nothing crosses clusters: a route never hears of an export elsewhere. */
export function objectsToWake(world: ControllerWorld, kind: NetworkKind, object: KubeObject, how: { specChanged: boolean }): Woken[] {
  const of = { namespace: object.metadata.namespace ?? "", name: object.metadata.name };
  if (kind === "gatewayClass" && !how.specChanged) return [];
  if (kind === "gatewayClass") return world.cache.gateway.list().map((one) => ({ kind: "gateway", ref: one.metadata }));
  if (kind === "service") return ofService(world, of);
  if (kind === "endpointSlice") return ofService(world, { ...of, name: object.metadata.labels?.["kubernetes.io/service-name"] ?? "" });
  if (kind === "serviceImport") return how.specChanged ? routesWithBackend(world, of, "ServiceImport") : [];
  if (kind === "targetGroupPolicy") return ofTargetGroupPolicy(world, of.namespace, object);
  if (kind === "gateway") return [...policiesOf(world, kind, of), ...(how.specChanged ? routesOfGateway(world, of) : [])];
  return isRoute(kind) ? policiesOf(world, kind, of) : [];
}

/** One export only hears of its Service: that of the same name, else the first (lattice.md §1.7). */
function ofService(world: ControllerWorld, service: { namespace: string; name: string }): Woken[] {
  const exports = world.cache.serviceExport
    .list()
    .filter((one) => one.metadata.namespace === service.namespace && exportedServiceName(readServiceExport(one)) === service.name);
  const heard = exports.find((one) => one.metadata.name === service.name) ?? exports[0];
  const routes = routesWithBackend(world, service, "Service");
  return [...(heard ? [{ kind: "serviceExport" as const, ref: heard.metadata }] : []), ...routes];
}

/** A reference without its group resolves, but an edit of the import does not wake the route (lattice.md §1.8). */
function routesWithBackend(
  world: ControllerWorld,
  of: { namespace: string; name: string },
  backendKind: "Service" | "ServiceImport",
): Woken[] {
  const group = backendKind === "Service" ? "" : ownGroup;
  return allRoutes(world).flatMap(({ kind, route }) => {
    const refs = (route.spec.rules ?? []).flatMap((rule) => rule.backendRefs ?? []);
    const uses = refs.some(
      (ref) =>
        (ref.kind ?? "Service") === backendKind &&
        (ref.group ?? "") === group &&
        ref.name === of.name &&
        (ref.namespace ?? route.metadata.namespace) === of.namespace,
    );
    return uses ? [{ kind, ref: route.metadata }] : [];
  });
}

function ofTargetGroupPolicy(world: ControllerWorld, namespace: string, object: KubeObject): Woken[] {
  const target = targetOf(object);
  if (target?.kind === "ServiceExport") return [{ kind: "serviceExport", ref: { namespace, name: target.name } }];
  return target?.kind === "Service" ? routesWithBackend(world, { namespace, name: target.name }, "Service") : [];
}

function routesOfGateway(world: ControllerWorld, gateway: { namespace: string; name: string }): Woken[] {
  return allRoutes(world).flatMap(({ kind, route }) =>
    (route.spec.parentRefs ?? []).some(
      (ref) => ref.name === gateway.name && (ref.namespace ?? route.metadata.namespace) === gateway.namespace,
    )
      ? [{ kind, ref: route.metadata }]
      : [],
  );
}

/** Policies hear of everything that happens to their target, its status included. */
function policiesOf(world: ControllerWorld, kind: NetworkKind, of: { namespace: string; name: string }): Woken[] {
  return policyKinds.flatMap((policyKind) =>
    world.cache[policyKind].list().flatMap((policy): Woken[] => {
      const target = targetOf(policy);
      const namespace = target?.namespace ?? policy.metadata.namespace;
      const fits = target?.kind === networkResources[kind].kind && target.name === of.name && namespace === of.namespace;
      return fits ? [{ kind: policyKind, ref: policy.metadata }] : [];
    }),
  );
}

function allRoutes(world: ControllerWorld): { kind: RouteKind; route: Route }[] {
  return routeKinds.flatMap((kind) => world.cache[kind].list().map((object) => ({ kind, route: readRoute(object) })));
}

function targetOf(object: KubeObject): TargetRef | null {
  const spec: unknown = "spec" in object ? object.spec : null;
  const parsed = TargetRef.safeParse(typeof spec === "object" && spec !== null && "targetRef" in spec ? spec.targetRef : null);
  return parsed.success ? parsed.data : null;
}
