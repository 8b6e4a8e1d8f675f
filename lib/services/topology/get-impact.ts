import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import { Impact, type StoredImpact } from "../../domain/requests/impact.ts";
import type { WholeGraph } from "../../domain/topology/assemble-graph.ts";
import { dependentsOf } from "../../domain/topology/dependents-of.ts";
import { DELETE_CLUSTER } from "../clusters/delete-cluster-kind.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { impactForActor } from "../requests/impact-of.ts";
import { DELETE_ROUTE } from "../routes/route-target.ts";
import { impactOf } from "./impact-of.ts";
import { visibleGraph } from "./visible-graph.ts";

/**
 * Who would feel it if this node of the map went; of clusters and routes what their deletion shows, of the rest what the graph says. What the reader may not know by
 * name is counted. `NOT_FOUND` for a node that is absent or not on her map.
 */
export const getImpact = query({
  name: "topology.impact",
  input: z.strictObject({ node: z.string().min(1).max(2_300) }),
  output: Impact,
  permission: "topology.read",
  scope: async () => ({ type: "installation" }),
  run: async ({ node }, ctx) => {
    const whole = ctx.topology.graph();
    const isSeen = visibleGraph(whole, ctx.actor).nodes.some(({ id }) => id === node);
    const impact = isSeen ? impactForActor(ctx.actor, await impactOfNode(ctx, whole, node)) : null;
    if (impact === null) throw new PortalError("NOT_FOUND", "notFound");
    return impact;
  },
});

async function impactOfNode(ctx: Context, whole: WholeGraph, id: string): Promise<StoredImpact | null> {
  const access = whole.drafts.find(({ node }) => node.id === id)?.access;
  if (access?.type !== "cluster" && access?.type !== "route") return dependentsOf(whole, id, ctx.clock.now());
  const { managementCluster, namespace, name } = access.row;
  return impactOf(ctx, { kind: access.type === "cluster" ? DELETE_CLUSTER : DELETE_ROUTE, target: { managementCluster, namespace, name } });
}
