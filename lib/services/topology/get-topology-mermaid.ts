import { z } from "zod";
import { toMermaid } from "../../domain/topology/to-mermaid.ts";
import { TopologyInput } from "../../domain/topology/topology-view.ts";
import { query } from "../query.ts";
import { topologyView } from "./topology-views.ts";

/** The same map as Mermaid text. */
export const getTopologyMermaid = query({
  name: "topology.mermaid",
  input: TopologyInput,
  output: z.strictObject({ mermaid: z.string() }),
  permission: "topology.read",
  scope: async () => ({ type: "installation" }),
  run: async (input, ctx) => ({ mermaid: toMermaid(topologyView(ctx, input)) }),
});
