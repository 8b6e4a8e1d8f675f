import { gatewayGroup } from "../controller-keys.ts";
import { type ControllerWorld, patchObject, timeText } from "../controller-world.ts";
import type { Gateway, GatewayListener } from "../network-objects.ts";
import { routeKinds } from "../network-resources.ts";
import { readGateway, readRoute } from "../read-objects.ts";
import { routeParents, supportedKinds } from "../routes/route-parents.ts";

const knownKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute"];

/** Writes each listener's kinds, number of routes and conditions; their times are new at every look. */
export async function writeListenerStatuses(world: ControllerWorld, before: Gateway): Promise<void> {
  const found = world.cache.gateway.find({ namespace: before.metadata.namespace, name: before.metadata.name });
  if (!found) return;
  const gateway = readGateway(found);
  const attached = attachedListeners(world, gateway);
  const listeners = gateway.spec.listeners.map((listener) => ({
    name: listener.name,
    attachedRoutes: attached.filter((name) => name === listener.name).length,
    supportedKinds: supportedKinds(listener).map((kind) => ({ group: gatewayGroup, kind })),
    conditions: listenerConditions(world, gateway, listener),
  }));
  await patchObject(world, "gateway", gateway, { status: { listeners } }, "/status");
}

function listenerConditions(world: ControllerWorld, gateway: Gateway, listener: GatewayListener) {
  const unknown = (listener.allowedRoutes?.kinds ?? []).some((one) => !knownKinds.includes(one.kind));
  const condition = (type: string, status: "True" | "False", reason: string) => ({
    type,
    status,
    reason,
    message: "",
    lastTransitionTime: timeText(world.now()),
    observedGeneration: gateway.metadata.generation ?? 0,
  });
  return [
    condition("Accepted", "True", "Accepted"),
    unknown ? condition("ResolvedRefs", "False", "InvalidRouteKinds") : condition("ResolvedRefs", "True", "ResolvedRefs"),
    condition("Programmed", "True", "Programmed"),
  ];
}

/** One entry for each route that a listener of this Gateway takes. */
function attachedListeners(world: ControllerWorld, gateway: Gateway): string[] {
  return routeKinds.flatMap((kind) =>
    world.cache[kind].list().flatMap((object) => {
      const route = readRoute(object);
      if (route.metadata.deletionTimestamp !== undefined) return [];
      const names = routeParents(world, kind, route)
        .filter((one) => one.gateway.metadata.uid === gateway.metadata.uid)
        .flatMap((one) => one.listeners.map((listener) => listener.name));
      return [...new Set(names)];
    }),
  );
}
