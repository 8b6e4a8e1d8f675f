import { isOlderThan } from "../clusters/observed-facts.ts";
import { EVIDENCE_OLD_MS } from "../clusters/status-limits.ts";
import { message } from "../message.ts";
import type { LatticeHealth } from "../routes/lattice-facts.ts";
import { LATTICE_OLD_MS, TARGETS_OLD_MS } from "../routes/route-limits.ts";
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

type HowRead = { readonly health: LatticeHealth | null; readonly listsAt: Date | null };

/** The reading of one account's Lattice. In a large account targets are read less often than lists, and prove something for longer (lattice.md §3.9). */
export function accountSource(account: string, { health, listsAt }: HowRead, now: Date): TopologySource {
  const at = health?.lastPassAt ?? null;
  const isOld = isOlderThan(listsAt, LATTICE_OLD_MS, now) || isOlderThan(at === null ? null : new Date(at), TARGETS_OLD_MS, now);
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
