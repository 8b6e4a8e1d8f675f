import { teamNamespace, teamOfNamespace } from "../../domain/clusters/eks-name.ts";
import { TeamId } from "../../domain/ids.ts";
import { type Target, targetKey } from "../../domain/requests/request.ts";
import type { Context } from "../context.ts";

export const CREATE_ROUTE = "route.create";
export const CHANGE_ROUTE = "route.change";
export const DELETE_ROUTE = "route.delete";

/** Where a team's route stands. */
export function routeTarget(managementCluster: string, team: string, name: string): Target {
  return { managementCluster, namespace: teamNamespace(team), name };
}

/** What is reserved so that no two requests make the same route: a cluster of that name is another thing. */
export function routeKey(target: Target): string {
  return `route:${targetKey(target)}`;
}

export function teamOfRoute(namespace: string): TeamId | null {
  return TeamId.safeParse(teamOfNamespace(namespace)).data ?? null;
}

/** The destination id of a tenant cluster that a route on this management cluster uses; `key` is `team-<team>/<cluster>`. */
export function providerDestination(managementCluster: string, key: string): string {
  return `${managementCluster}/${key}`;
}

/** Before the watches are complete their silence says nothing, so the route may stand. */
export function routeMayStand(ctx: Context, { managementCluster, namespace, name }: Target): boolean {
  if (!ctx.kube.ids().includes(managementCluster)) return true;
  const kube = ctx.kube.managementCluster(managementCluster);
  const isSynced = (["HTTPRoute", "GRPCRoute", "TLSRoute"] as const).every((kind) => kube.watch(kind).health().synced);
  return !isSynced || ctx.routes.find(namespace, name) !== undefined;
}
