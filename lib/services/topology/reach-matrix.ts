import { PortalError } from "../../domain/portal-error.ts";
import { reachGrid } from "../../domain/topology/reach-grid.ts";
import { ReachMatrix, ReachMatrixQuery } from "../../domain/topology/reach-view.ts";
import { query } from "../query.ts";
import { readNetworking } from "../routes/read-networking.ts";
import { clusterCaller, usableNetworks, visibleClusters } from "./reach-callers.ts";
import { reachServices } from "./reach-services.ts";

/** Every cluster against every service of a network, of those the actor may see. `NOT_FOUND` for a network that is absent or not hers to see. */
export const reachMatrix = query({
  name: "reach.matrix",
  input: ReachMatrixQuery,
  output: ReachMatrix,
  permission: "reach.read",
  scope: async () => ({ type: "installation" }),
  run: async ({ network }, ctx) => {
    const reads = { ...ctx, networking: await readNetworking(ctx.db.read) };
    const services = reachServices(reads).flatMap(({ facts }) => (facts.service.networks.includes(network) ? [facts] : []));
    const isUsable = usableNetworks(reads).some((one) => one.network.name === network);
    if (!isUsable && services.length === 0) throw new PortalError("NOT_FOUND", "notFound");
    const callers = visibleClusters(reads).map((cluster) => clusterCaller(reads, cluster));
    return reachGrid(network, { callers, services, now: ctx.clock.now() });
  },
});
