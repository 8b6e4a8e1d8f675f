import { ClusterView } from "../../domain/clusters/cluster-view.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { query } from "../query.ts";
import { ClusterName, findCluster, visibleClusterScope } from "./find-cluster.ts";
import { toClusterView } from "./to-cluster-view.ts";

/** Everything of one cluster, or its limited view for somebody outside the team. `NOT_FOUND` when absent or not hers to see. */
export const getCluster = query({
  name: "cluster.get",
  input: ClusterName,
  output: ClusterView,
  permission: "cluster.readLimited",
  scope: visibleClusterScope,
  run: async (input, ctx) => {
    const view = await toClusterView(ctx, await findCluster(input, { tx: ctx.db.read, clusters: ctx.clusters }));
    if (view === null) throw new PortalError("NOT_FOUND", "notFound");
    return view;
  },
});
