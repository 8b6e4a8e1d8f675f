import { EVIDENCE_OLD_MS } from "../clusters/status-limits.ts";
import { message } from "../message.ts";
import type { LatticeHealth } from "../routes/lattice-facts.ts";
import { LATTICE_OLD_MS } from "../routes/route-limits.ts";
import { nodeId } from "./node-id.ts";
import type { TopologySource } from "./topology-view.ts";

/** A management cluster's watches. */
export function managementClusterSource(id: string, freshAt: Date | null, now: Date): TopologySource {
  const isFresh = freshAt !== null && now.getTime() - freshAt.getTime() < EVIDENCE_OLD_MS;
  const key = isFresh ? "fresh" : freshAt === null ? "never" : "old";
  return {
    id: nodeId.managementCluster(id),
    kind: "management-cluster",
    name: id,
    glyph: isFresh ? "ok" : "unknown",
    sentence: message(`topology.managementCluster.${key}`, { name: id }),
    at: freshAt?.toISOString() ?? null,
  };
}

/** The reading of one account's Lattice. */
export function accountSource(account: string, health: LatticeHealth | null, now: Date): TopologySource {
  const at = health?.lastPassAt ?? null;
  const isOld = at === null || now.getTime() - Date.parse(at) >= LATTICE_OLD_MS;
  const isThrottled = health !== null && health.throttledUntil !== null && now.getTime() < Date.parse(health.throttledUntil);
  const isDenied = health?.error?.includes("denied") === true;
  const key = isDenied ? "denied" : isThrottled ? "throttled" : at === null ? "never" : isOld ? "old" : "fresh";
  return {
    id: nodeId.account(account),
    kind: "account",
    name: account,
    glyph: isOld ? "unknown" : key === "fresh" ? "ok" : "attention",
    sentence: message(`topology.account.${key}`, { name: account }),
    at,
  };
}
