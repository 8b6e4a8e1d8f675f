import { controllerName, gatewayGroup } from "../controller-keys.ts";
import type { ControllerWorld } from "../controller-world.ts";
import type { Gateway, GatewayListener, ParentRef, Route } from "../network-objects.ts";
import { networkResources, type RouteKind } from "../network-resources.ts";
import { readGateway, readGatewayClass } from "../read-objects.ts";
import { hasIntersectingHostname } from "./hostnames.ts";
import { matchesLabels } from "./label-selector.ts";

export type ParentRefusal = "NoMatchingParent" | "NotAllowedByListeners" | "NoMatchingListenerHostname";
export type RouteParent = { ref: ParentRef; gateway: Gateway; listeners: GatewayListener[]; refusal: ParentRefusal | null };

/** The Gateways of ours a route names, each with the listeners that take it or the reason why none does. */
export function routeParents(world: ControllerWorld, kind: RouteKind, route: Route): RouteParent[] {
  let namespace = route.metadata.namespace ?? "";
  return (route.spec.parentRefs ?? []).flatMap((ref) => {
    // A fault of the real controller, kept: one reference's namespace leaks to those after it (lattice.md §1.3).
    namespace = ref.namespace ?? namespace;
    if ((ref.kind ?? "Gateway") !== "Gateway" || (ref.group ?? gatewayGroup) !== gatewayGroup) return [];
    const gateway = findControlledGateway(world, { namespace, name: ref.name });
    return gateway ? [{ ref, gateway, ...matchListeners(world, kind, route, { ref, gateway }) }] : [];
  });
}

/** The Gateway when its class is ours, or null. */
export function findControlledGateway(world: ControllerWorld, ref: { namespace: string; name: string }): Gateway | null {
  const found = world.cache.gateway.find(ref);
  if (!found) return null;
  const gateway = readGateway(found);
  return isControlled(world, gateway) ? gateway : null;
}

export function isControlled(world: ControllerWorld, gateway: Gateway): boolean {
  const found = world.cache.gatewayClass.find({ name: gateway.spec.gatewayClassName });
  return found !== null && readGatewayClass(found).spec.controllerName === controllerName;
}

/** The kinds of routes a listener takes by its protocol; `allowedRoutes.kinds` narrows them. */
export function supportedKinds(listener: GatewayListener): string[] {
  const byProtocol: Record<string, string[]> = { HTTP: ["HTTPRoute"], HTTPS: ["HTTPRoute", "GRPCRoute"], TLS: ["TLSRoute"] };
  const kinds = byProtocol[listener.protocol] ?? [];
  const wanted = listener.allowedRoutes?.kinds;
  return wanted && wanted.length > 0 ? kinds.filter((one) => wanted.some((other) => other.kind === one)) : kinds;
}

function matchListeners(
  world: ControllerWorld,
  kind: RouteKind,
  route: Route,
  { ref, gateway }: { ref: ParentRef; gateway: Gateway },
): { listeners: GatewayListener[]; refusal: ParentRefusal | null } {
  const named = gateway.spec.listeners.filter(
    (one) => (ref.sectionName === undefined || one.name === ref.sectionName) && (ref.port === undefined || one.port === ref.port),
  );
  if (named.length === 0) return { listeners: [], refusal: "NoMatchingParent" };
  const allowed = named.filter(
    (one) =>
      supportedKinds(one).includes(networkResources[kind].kind) && allowsNamespace(world, one, gateway, route.metadata.namespace ?? ""),
  );
  if (allowed.length === 0) return { listeners: [], refusal: "NotAllowedByListeners" };
  const listeners = allowed.filter((one) => hasIntersectingHostname(one.hostname, route.spec.hostnames ?? []));
  return { listeners, refusal: listeners.length === 0 ? "NoMatchingListenerHostname" : null };
}

function allowsNamespace(world: ControllerWorld, listener: GatewayListener, gateway: Gateway, namespace: string): boolean {
  const { from = "Same", selector } = listener.allowedRoutes?.namespaces ?? {};
  if (from === "All") return true;
  if (from === "Same") return gateway.metadata.namespace === namespace;
  const labels = world.cache.namespace.find({ name: namespace })?.metadata.labels ?? {};
  return from === "Selector" && selector !== undefined && matchesLabels(selector, labels);
}
