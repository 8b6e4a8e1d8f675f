import { clusterImpact, routeImpact } from "../../domain/topology/impact.ts";
import { DELETE_CLUSTER } from "../clusters/delete-cluster-kind.ts";
import type { ImpactOf } from "../requests/impact-of.ts";
import { DELETE_ROUTE } from "../routes/route-target.ts";

/** Who would feel the deletion of a cluster or route, from the indexes in memory. */
export const impactOf: ImpactOf = async ({ routes, clock }, { kind, target }) => {
  if (kind === DELETE_CLUSTER) return clusterImpact(target, routes.values(), clock.now());
  if (kind === DELETE_ROUTE) return routeImpact(routes.find(target.namespace, target.name), target.name, clock.now());
  return null;
};
