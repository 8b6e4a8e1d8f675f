import { EVIDENCE_OLD_MS } from "../clusters/status-limits.ts";
import { message } from "../message.ts";
import { bareNode, type GraphPart, RANK } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";

/** A management cluster: its light is the proof that its watches are complete. */
export function managementClusterPart(id: string, freshAt: Date | null, now: Date): GraphPart {
  const isFresh = freshAt !== null && now.getTime() - freshAt.getTime() < EVIDENCE_OLD_MS;
  const key = isFresh ? "fresh" : freshAt === null ? "never" : "old";
  return {
    nodes: [
      {
        node: bareNode({
          id: nodeId.managementCluster(id),
          kind: "management-cluster",
          name: id,
          glyph: isFresh ? "ok" : "unknown",
          sentence: message(`topology.managementCluster.${key}`, { name: id }),
          at: freshAt?.toISOString() ?? null,
        }),
        access: { type: "anyone" },
        rank: RANK.own,
      },
    ],
    edges: [],
    due: freshAt !== null && isFresh ? new Date(freshAt.getTime() + EVIDENCE_OLD_MS) : null,
  };
}
