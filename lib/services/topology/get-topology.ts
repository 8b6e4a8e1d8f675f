import { TopologyInput, TopologyView } from "../../domain/topology/topology-view.ts";
import { query } from "../query.ts";
import { topologyView } from "./topology-views.ts";

/** The map as the caller may see it: filtered, and folded to at most 500 nodes without hiding what is not healthy. Calls nobody. */
export const getTopology = query({
  name: "topology.get",
  input: TopologyInput,
  output: TopologyView,
  permission: "topology.read",
  scope: async () => ({ type: "installation" }),
  run: async (input, ctx) => topologyView(ctx, input),
});
