import type { ClusterRowView } from "../clusters/cluster-view.ts";
import type { RouteRowView } from "../routes/route-view.ts";
import type { TopologyEdge, TopologyNode } from "./topology-view.ts";

/**
 * What decides who may see a node. Clusters and routes carry their rows: a reader with less rights gets the node of the limited row.
 * `joined`: seen by whoever sees what it belongs to (VPC, target group, consumer).
 */
export type NodeAccess =
  | { readonly type: "cluster"; readonly row: ClusterRowView }
  | { readonly type: "route"; readonly row: RouteRowView }
  | { readonly type: "kube-service"; readonly namespace: string }
  /** Teams that may use it. */
  | { readonly type: "account" | "network"; readonly teams: readonly string[] }
  /** `namespace`: of the route object that one of our controllers made it for; `undefined` tags: nobody knows yet whose it is. */
  | { readonly type: "lattice-service"; readonly owner: { readonly namespace: string } | "foreign" | "unread" }
  | { readonly type: "joined" }
  | { readonly type: "anyone" };

/** `rank` decides whose word counts where several parts speak of one node: the highest, then the first by the part's name. */
export type NodeDraft = { readonly node: TopologyNode; readonly access: NodeAccess; readonly rank: number };

/** What one observed thing says of the graph. `due`: when time alone makes it say something else. */
export type GraphPart = { readonly nodes: readonly NodeDraft[]; readonly edges: readonly TopologyEdge[]; readonly due: Date | null };

export const NO_PART: GraphPart = { nodes: [], edges: [], due: null };

/** Who says it: configuration before observation, a thing's own words before a mention. */
export const RANK = { own: 3, configured: 2, observed: 1, mentioned: 0 } as const;

/** A node with nothing said yet beside the given. */
export function bareNode(node: Pick<TopologyNode, "id" | "kind" | "name" | "sentence"> & Partial<TopologyNode>): TopologyNode {
  return {
    parent: null,
    team: null,
    account: null,
    glyph: "todo",
    note: null,
    at: null,
    ref: null,
    facts: [],
    findings: [],
    folded: null,
    ...node,
  };
}

export function bareEdge(edge: Pick<TopologyEdge, "kind" | "from" | "to" | "sentence"> & Partial<TopologyEdge>): TopologyEdge {
  return { id: `${edge.kind}:${edge.from}>${edge.to}`, team: null, glyph: "ok", weight: null, at: null, ...edge };
}
