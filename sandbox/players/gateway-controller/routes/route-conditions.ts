import { controllerName } from "../controller-keys.ts";
import { type ControllerWorld, patchObject, timeText } from "../controller-world.ts";
import { type Condition, type ParentStatus, Route } from "../network-objects.ts";
import type { RouteKind } from "../network-resources.ts";
import { backendProblem } from "./backends.ts";
import type { ParentRefusal, RouteParent } from "./route-parents.ts";

const refusalMessages: Record<ParentRefusal, string> = {
  NoMatchingParent: "",
  NotAllowedByListeners: "No matching listeners allow this route. Check Gateway listener allowedRoutes policies",
  NoMatchingListenerHostname: "No matching listener hostname for this route",
};
type Accepted = { reason: string; message: string };

/**
 * Writes the conditions of every parent, before anything is deployed. All times are new at every look, changed or not, and
 * `observedGeneration` is the object's at once (lattice.md §10.1.2, §10.1.3).
 */
export async function writeRouteConditions(
  world: ControllerWorld,
  kind: RouteKind,
  route: Route,
  parents: readonly RouteParent[],
): Promise<Route> {
  const refs = (route.spec.rules ?? []).flatMap((rule) => rule.backendRefs ?? []);
  const problem = refs.map((ref) => backendProblem(world, route, ref)).find((one) => one !== null) ?? null;
  const resolved = condition(world, route, "ResolvedRefs", problem ?? { reason: "ResolvedRefs", message: "" });
  const statuses = parents.map((parent) => {
    const accepted = parent.refusal
      ? { reason: parent.refusal, message: refusalMessages[parent.refusal] }
      : { reason: "Accepted", message: "" };
    return parentStatus(parent, [condition(world, route, "Accepted", accepted), resolved]);
  });
  return writeParents(world, kind, route, statuses);
}

/** Turns `Accepted` of every parent to False with this reason. */
export async function refuseRoute(world: ControllerWorld, kind: RouteKind, route: Route, why: Accepted): Promise<void> {
  const parents = (route.status?.parents ?? []).map((parent) => ({
    ...parent,
    conditions: [condition(world, route, "Accepted", why), ...(parent.conditions ?? []).filter((one) => one.type !== "Accepted")],
  }));
  await writeParents(world, kind, route, parents);
}

async function writeParents(world: ControllerWorld, kind: RouteKind, route: Route, parents: ParentStatus[]): Promise<Route> {
  const others = (route.status?.parents ?? []).filter((one) => one.controllerName !== controllerName);
  return Route.parse(await patchObject(world, kind, route, { status: { parents: [...others, ...parents] } }, "/status"));
}

function parentStatus(parent: RouteParent, conditions: Condition[]): ParentStatus {
  return { parentRef: parent.ref, controllerName, conditions };
}

function condition(world: ControllerWorld, route: Route, type: "Accepted" | "ResolvedRefs", { reason, message }: Accepted): Condition {
  return {
    type,
    status: reason === type ? "True" : "False",
    reason,
    message,
    lastTransitionTime: timeText(world.now()),
    observedGeneration: route.metadata.generation ?? 0,
  };
}
