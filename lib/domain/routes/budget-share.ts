/** What a replica knows of those at work. `isEstablished`: all others have had the time to see it. */
export type ReplicaView = { readonly count: number; readonly isEstablished: boolean };

/** Kept free for one that joins, so that nobody has to make room for it at that moment. */
export const JOINING_SHARE = 0.05;
/** The sweeps are most of the calls; proofs of deliveries and what an open page waits for are the rest. */
const HOLDER_SHARE = 0.75;
const OTHERS_SHARE = 0.2;

/**
 * Which part of an account's budget of calls a replica may use. AWS counts per account and Region (lattice.md §3.8), so the parts of all replicas must not exceed
 * one: the one that polls has most, the others share what deliveries need, and one that just came has little until all have counted it.
 */
export function budgetShare({ isHolder, count, isEstablished }: ReplicaView & { readonly isHolder: boolean }): number {
  if (!isEstablished) return JOINING_SHARE;
  if (count <= 1) return 1;
  return isHolder ? HOLDER_SHARE : OTHERS_SHARE / (count - 1);
}
