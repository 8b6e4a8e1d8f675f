import { controllerName, finalizers } from "../controller-keys.ts";
import { addFinalizer, type ControllerWorld, patchObject, removeFinalizer, timeText } from "../controller-world.ts";
import { type Condition, Gateway } from "../network-objects.ts";
import { routeKinds } from "../network-resources.ts";
import { readGatewayClass, readRoute } from "../read-objects.ts";
import { LatticeNotFound } from "../reconcile-errors.ts";
import { isControlled, routeParents } from "../routes/route-parents.ts";
import { findServiceNetwork, NetworkNameConflict } from "./find-service-network.ts";
import { writeListenerStatuses } from "./listener-statuses.ts";

/** Takes GatewayClasses that name this controller. */
export async function reconcileGatewayClass(world: ControllerWorld, ref: { name: string }): Promise<void> {
  const found = world.cache.gatewayClass.find(ref);
  if (!found || readGatewayClass(found).spec.controllerName !== controllerName) return;
  const accepted = {
    type: "Accepted",
    status: "True",
    reason: "Accepted",
    message: "Accepted",
    lastTransitionTime: timeText(world.now()),
    observedGeneration: found.metadata.generation ?? 0,
  };
  await patchObject(world, "gatewayClass", found, { status: { conditions: [accepted] } }, "/status");
}

/**
 * One look at a Gateway: its name is a service network's. Not found is written and not asked again; any other failure of AWS is written nowhere
 * (lattice.md §1.3, §10.2).
 */
export async function reconcileGateway(world: ControllerWorld, ref: { namespace: string; name: string }): Promise<void> {
  const found = world.cache.gateway.find(ref);
  if (!found) return;
  const gateway = Gateway.parse(found);
  if (!isControlled(world, gateway)) return;
  if (gateway.metadata.deletionTimestamp !== undefined) {
    if (hasRoutes(world, gateway)) throw new Error(`gateway ${ref.namespace}/${ref.name} is in use by routes`);
    await removeFinalizer(world, "gateway", gateway, finalizers.gateway);
    return;
  }
  const held = Gateway.parse(await addFinalizer(world, "gateway", gateway, finalizers.gateway));
  const programmed = await programmedCondition(world, ref.name);
  const accepted = { type: "Accepted", status: "True", reason: "Accepted", message: controllerName };
  const conditions = [accepted, programmed].map((one) => withTime(world, held, one));
  await patchObject(world, "gateway", held, { status: { conditions } }, "/status");
  await writeListenerStatuses(world, held);
}

async function programmedCondition(world: ControllerWorld, name: string): Promise<Condition> {
  try {
    const network = await findServiceNetwork(world, name);
    return { type: "Programmed", status: "True", reason: "Programmed", message: `aws-service-network-arn: ${network.arn}` };
  } catch (error) {
    if (error instanceof LatticeNotFound)
      return { type: "Programmed", status: "False", reason: "Pending", message: "VPC Lattice Service Network not found" };
    if (error instanceof NetworkNameConflict) return { type: "Programmed", status: "False", reason: "Invalid", message: error.message };
    throw error;
  }
}

/** A Gateway's own conditions, unlike its listeners', keep their time while nothing about them changes. */
function withTime(world: ControllerWorld, gateway: Gateway, wanted: Condition): Condition {
  const old = gateway.status?.conditions?.find((one) => one.type === wanted.type);
  const lastTransitionTime = old?.status === wanted.status ? old.lastTransitionTime : timeText(world.now());
  return {
    ...wanted,
    lastTransitionTime: lastTransitionTime ?? timeText(world.now()),
    observedGeneration: gateway.metadata.generation ?? 0,
  };
}

function hasRoutes(world: ControllerWorld, gateway: Gateway): boolean {
  return routeKinds.some((kind) =>
    world.cache[kind]
      .list()
      .some((object) => routeParents(world, kind, readRoute(object)).some((one) => one.gateway.metadata.uid === gateway.metadata.uid)),
  );
}
