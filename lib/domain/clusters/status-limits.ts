/** Watches prove themselves at least every half minute; after three such periods the light goes out (look/README §1). */
export const EVIDENCE_OLD_MS = 90_000;

/** Objects, finalizers and connections get this long before their absence says something (cluster-api.md §3.5 step 4). */
export const GRACE_MS = 60_000;

/** A node group that is short of nodes for longer is a problem, not a change in progress. */
export const SHORT_OF_NODES_MS = 600_000;

/** The rest of the first nodes, and the add-ons on them, come within this after the first ones. */
export const FIRST_NODES_MS = 300_000;

/** Deletions that run longer wait for something (EKS and node groups usually take 10 to 15 min). */
export const DELETE_LONG_MS = 1_500_000;

/** A pool made this much later than its cluster was added to it. */
export const LATER_POOL_MS = 600_000;

/** Usual ranges per step in seconds, on AWS (cluster-api.md §3.5; the control plane takes 8 to 12 min). */
export const USUAL_SECONDS = {
  applied: { lowSeconds: 1, highSeconds: 10 },
  "picked-up": { lowSeconds: 5, highSeconds: 60 },
  network: { lowSeconds: 120, highSeconds: 180 },
  iam: { lowSeconds: 10, highSeconds: 60 },
  "control-plane": { lowSeconds: 480, highSeconds: 720 },
  addons: { lowSeconds: 60, highSeconds: 120 },
  pools: { lowSeconds: 120, highSeconds: 240 },
  connection: { lowSeconds: 5, highSeconds: 60 },
  "delete-pools": { lowSeconds: 120, highSeconds: 300 },
  "delete-control-plane": { lowSeconds: 180, highSeconds: 480 },
  "delete-infrastructure": { lowSeconds: 5, highSeconds: 60 },
} as const;
export type StepId = keyof typeof USUAL_SECONDS;

/** Beyond this a step counts as stuck: three times what is usual, and never under two minutes. */
export function stuckAfterMs(step: StepId): number {
  return Math.max(USUAL_SECONDS[step].highSeconds * 3, 120) * 1000;
}
