import { annotations, finalizers } from "../controller-keys.ts";
import { addFinalizer, annotation, type ControllerWorld, patchObject, removeFinalizer } from "../controller-world.ts";
import { writeListenerStatuses } from "../gateways/listener-statuses.ts";
import { Route } from "../network-objects.ts";
import { networkResources, type RouteKind } from "../network-resources.ts";
import { CertificateNotFound, findCause, messageOf, OwnershipConflict, RequeueAfter } from "../reconcile-errors.ts";
import { hasDualStackBackend } from "./backends.ts";
import { buildRouteModel } from "./build-route-model.ts";
import { deployRoute, removeRoute } from "./deploy-route.ts";
import { refuseRoute, writeRouteConditions } from "./route-conditions.ts";
import type { RouteModel } from "./route-model.ts";
import { type RouteParent, routeParents } from "./route-parents.ts";
import type { DeployedService } from "./synthesize-service.ts";

type Step = { world: ControllerWorld; kind: RouteKind; route: Route; parents: RouteParent[] };
const certificateRetrySeconds = 60;
const rejected =
  "No VPC Lattice resources created. Route's parentRefs rejected by all Gateway listeners due to allowedRoutes policies. Check route status conditions for more detail.";

/** One look at a route. One whose Gateways are all missing or not ours is not seen at all: no finalizer, no status, no Event. */
export async function reconcileRoute(world: ControllerWorld, kind: RouteKind, ref: { namespace: string; name: string }): Promise<void> {
  const found = world.cache[kind].find(ref);
  if (!found) return;
  const route = Route.parse(found);
  const parents = routeParents(world, kind, route);
  if (parents.length === 0) return;
  if (route.metadata.deletionTimestamp !== undefined) await remove({ world, kind, route, parents });
  else await upsert({ world, kind, route, parents });
}

async function remove({ world, kind, route, parents }: Step): Promise<void> {
  if (!(route.metadata.finalizers ?? []).includes(finalizers[kind])) return;
  say({ world, kind, route }, "Normal", "Reconcile", "Deleting Reconcile");
  const model = await build({ world, kind, route, parents });
  if (model) await deploying({ world, kind, route }, () => removeRoute(world, model));
  await removeFinalizer(world, kind, route, finalizers[kind]);
  await updateGateways(world, parents);
}

async function upsert({ world, kind, route: found, parents }: Step): Promise<void> {
  say({ world, kind, route: found }, "Normal", "Reconcile", "Adding/Updating Reconcile");
  const held = await addFinalizer(world, kind, found, finalizers[kind]).catch((error: unknown) => {
    say({ world, kind, route: found }, "Warning", "FailedAddFinalizer", `Failed add finalizer due to ${messageOf(error)}`);
    throw error;
  });
  const route = await writeRouteConditions(world, kind, Route.parse(held), parents);
  if (hasDualStackBackend(world, route)) {
    await refuseRoute(world, kind, route, { reason: "UnsupportedValue", message: "Dual stack Service is not supported" });
    throw new Error("dual stack Service is not supported");
  }
  const model = await build({ world, kind, route, parents });
  const service = model ? await deploying({ world, kind, route }, () => deployed({ world, kind, route, parents }, model)) : null;
  if (model && !service) return;
  say({ world, kind, route }, "Normal", "DeploySucceed", "Adding/Updating reconcile Done!");
  if (service) await writeAnnotations({ world, kind, route, parents }, service);
  await updateGateways(world, parents);
}

/** Null for a service that belongs to somebody else: the condition says so, and nobody tries again. */
async function deployed({ world, kind, route }: Step, model: RouteModel): Promise<DeployedService | null> {
  try {
    return await deployRoute(world, model);
  } catch (error) {
    const conflict = findCause(error, OwnershipConflict);
    if (!conflict) throw error;
    warnDeploy({ world, kind, route }, error);
    await refuseRoute(world, kind, route, { reason: "Conflicted", message: conflict.message });
    return null;
  }
}

/** Null when every listener refused the route; the caller goes on to say that all is well (lattice.md §10.1.1). */
async function build({ world, kind, route, parents }: Step): Promise<RouteModel | null> {
  try {
    const model = await buildRouteModel(world, kind, route, parents);
    if (!model) say({ world, kind, route }, "Warning", "FailedBuildModel", rejected);
    return model;
  } catch (error) {
    say({ world, kind, route }, "Warning", "FailedBuildModel", `Failed build model due to ${messageOf(error)}`);
    if (!(error instanceof CertificateNotFound)) throw error;
    await refuseRoute(world, kind, route, { reason: "CertificateNotFound", message: error.message });
    throw new RequeueAfter(error.message, certificateRetrySeconds);
  }
}

async function deploying<T>(of: { world: ControllerWorld; kind: RouteKind; route: Route }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (findCause(error, RequeueAfter)) say(of, "Normal", "Retry-Reconcile", "retry reconcile...");
    else warnDeploy(of, error);
    throw error;
  }
}

function warnDeploy(of: { world: ControllerWorld; kind: RouteKind; route: Route }, error: unknown): void {
  say(of, "Warning", "FailedDeployModel", `Failed deploy model due to ${messageOf(error)}`);
}

/** The two answers on the route. They stay when later deploys fail. */
async function writeAnnotations({ world, kind, route, parents }: Step, service: DeployedService): Promise<void> {
  const wanted = { [annotations.serviceArn]: service.arn, [annotations.domainName]: service.domainName };
  if (Object.entries(wanted).every(([key, value]) => annotation(route, key) === value)) return;
  await patchObject(world, kind, route, { metadata: { annotations: wanted } });
  for (const { gateway } of parents)
    await patchObject(world, "gateway", gateway, { status: { addresses: [{ type: "Hostname", value: service.domainName }] } }, "/status");
}

async function updateGateways(world: ControllerWorld, parents: readonly RouteParent[]): Promise<void> {
  for (const { gateway } of parents) await writeListenerStatuses(world, gateway);
}

function say(
  { world, kind, route }: { world: ControllerWorld; kind: RouteKind; route: Route },
  type: "Normal" | "Warning",
  reason: string,
  message: string,
): void {
  world.event(networkResources[kind].kind.toLowerCase(), networkResources[kind], route, { type, reason, message });
}
