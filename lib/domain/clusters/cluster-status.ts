import { type Message, message } from "../message.ts";
import type { ClusterStatus } from "./cluster-view.ts";
import { createSteps } from "./create-steps.ts";
import { deleteSteps } from "./delete-steps.ts";
import type { Finding } from "./finding.ts";
import { byActor, findProblems } from "./findings/find-problems.ts";
import { evidenceOf, findingOf } from "./findings/finding-of.ts";
import type { ObservedCluster } from "./observed-cluster.ts";
import { EVIDENCE_OLD_MS } from "./status-limits.ts";
import { glyphOf, type Verdict, verdictOf } from "./status-verdict.ts";

/**
 * What a cluster is, from its observed objects alone: state, one sentence, steps, findings, age of the evidence. Pure and total: it never
 * throws, and it is `ready` only on fresh evidence of every part (product.md §6). Order of decisions: cluster-api.md §3.5 with §11.1.
 */
export function clusterStatus(observed: ObservedCluster, now: Date): ClusterStatus {
  const isFresh = hasFreshEvidence(observed.freshAt, now);
  const asOf = isFresh || observed.freshAt === null ? now : observed.freshAt;
  const findings = findProblems(observed, asOf);
  const steps = observed.deletingSince === null ? createSteps(observed, asOf) : deleteSteps(observed, asOf);
  const known = verdictOf({ observed, now: asOf, findings, steps });
  const verdict = isFresh ? known : outOfDate(observed, known);
  return {
    state: verdict.state,
    stuck: verdict.stuck,
    glyph: glyphOf(verdict),
    sentence: sentenceOf(verdict),
    since: verdict.since?.toISOString() ?? null,
    evidenceAt: observed.freshAt?.toISOString() ?? null,
    steps: [...steps],
    findings: isFresh ? [...findings] : [evidenceOld(observed), ...findings].sort(byActor),
  };
}

/** Have the watches proved themselves within three refresh periods? */
export function hasFreshEvidence(freshAt: Date | null, now: Date): boolean {
  return freshAt !== null && now.getTime() - freshAt.getTime() < EVIDENCE_OLD_MS;
}

/** "State. Fact. Who acts next." */
export function sentenceOf({ state, stuck, fact, acts }: Pick<Verdict, "state" | "stuck" | "fact" | "acts">): Message {
  const word = message(`clusters.state.${state}`);
  const opening = stuck ? message("clusters.stuck", { state: word }) : word;
  if (acts === null) return message("clusters.sentence.short", { state: opening, fact });
  return message("clusters.sentence.whole", { state: opening, fact, acts: message(`clusters.acts.${acts}`) });
}

/** The light goes out: what was known last is said, but counts no more. */
function outOfDate(observed: ObservedCluster, known: Verdict): Verdict {
  const fact =
    observed.freshAt === null
      ? message("clusters.fact.noContactYet")
      : message("clusters.fact.noContact", { last: message(`clusters.state.${known.state}`) });
  return { state: "unknown", stuck: false, fact, acts: "platform", since: observed.freshAt };
}

/** TRL-CLU-006: the evidence is too old to say anything. */
function evidenceOld(observed: ObservedCluster): Finding {
  const at = observed.freshAt;
  return findingOf({
    code: "TRL-CLU-006",
    rule: "evidenceOld",
    severity: "warning",
    actor: "platform",
    values: { managementCluster: observed.managementCluster },
    evidence: [evidenceOf(observed.ref, "watch", at?.toISOString() ?? "never", at)],
  });
}
