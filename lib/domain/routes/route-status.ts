import { hasFreshEvidence } from "../clusters/cluster-status.ts";
import type { Finding } from "../clusters/finding.ts";
import { byActor } from "../clusters/findings/find-problems.ts";
import { type Message, message } from "../message.ts";
import { evidenceFindings } from "./findings/evidence-findings.ts";
import { findRouteProblems } from "./findings/find-route-problems.ts";
import { latticeEvidence } from "./lattice-evidence.ts";
import type { ObservedRoute } from "./observed-route.ts";
import { DEPLOY_DEADLINE_MS, PROVIDER_OLD_MS, RESYNC_MS, ROUTE_DELETE_LONG_MS, ROUTE_GRACE_MS } from "./route-limits.ts";
import { routeProofs } from "./route-proofs.ts";
import { type RouteVerdict, routeGlyph, routeVerdict } from "./route-verdict.ts";
import type { RouteStatus } from "./route-view.ts";

/**
 * What a route is, from its objects and from what Lattice says: state, one sentence, proofs, findings, age of the evidence. Pure and total. Lattice decides
 * and Events only explain (lattice.md §10.1.2); health says nothing about who can reach it; `since` is left to the door, which keeps our own history
 * because the controller's times move on every reconcile (§10.1.3).
 */
export function routeStatus(observed: ObservedRoute, now: Date): RouteStatus {
  const isFresh = hasFreshEvidence(observed.freshAt, now);
  const asOf = isFresh || observed.freshAt === null ? now : observed.freshAt;
  const findings = findRouteProblems(observed, asOf);
  const known = routeVerdict(observed, asOf);
  const verdict = withEvidence(observed, known, now);
  return {
    state: verdict.state,
    stuck: verdict.stuck,
    glyph: routeGlyph(verdict),
    sentence: routeSentence({ ...verdict, acts: actsOf(verdict, findings) }),
    since: null,
    evidenceAt: evidenceAt(observed, now)?.toISOString() ?? null,
    proofs: [...routeProofs(observed, asOf)],
    findings: [...evidenceFindings(observed, now), ...findings].sort(byActor),
  };
}

/** "State. Fact. Who acts next." */
export function routeSentence({ state, stuck, fact, acts }: Pick<RouteVerdict, "state" | "stuck" | "fact" | "acts">): Message {
  const word = message(`routeStatus.state.${state}`);
  const opening = stuck ? message("routeStatus.stuck", { state: word }) : word;
  if (acts === null) return message("routeStatus.sentence.short", { state: opening, fact });
  return message("routeStatus.sentence.whole", { state: opening, fact, acts: message(`routeStatus.acts.${acts}`) });
}

/** The light goes out when the watches or Lattice have been silent for three refresh periods; a deletion is seen by Kubernetes alone. */
function withEvidence(observed: ObservedRoute, known: RouteVerdict, now: Date): RouteVerdict {
  const last = message(`routeStatus.state.${known.state}`);
  const unknown = (fact: Message): RouteVerdict => ({ state: "unknown", stuck: false, fact, acts: "platform" });
  if (observed.freshAt === null) return unknown(message("routeStatus.fact.noContactYet"));
  if (!hasFreshEvidence(observed.freshAt, now)) return unknown(message("routeStatus.fact.noContact", { last }));
  if (known.state === "deleting" || isRefusal(known)) return known;
  const { state } = latticeEvidence(observed, now);
  if (state === "fresh") return known;
  // A service that was made a moment ago has facts that nobody read yet; that is no silence.
  if (known.state === "provisioning" && state === "never" && observed.lattice?.servicesAt != null) return known;
  return unknown(message(`routeStatus.fact.lattice.${state}`, { last }));
}

/** What the controller refused it refused, whatever Lattice says. */
function isRefusal({ fact }: RouteVerdict): boolean {
  return fact.messageKey === "routeStatus.fact.refused" || fact.messageKey === "routeStatus.fact.unresolved";
}

const UNTROUBLED: readonly string[] = ["ok", "provisioning", "deleting"];

/** The first grave finding names who acts; the verdict's own word is for states that need nobody, or that no finding explains. */
function actsOf({ state, stuck, acts }: RouteVerdict, findings: readonly Finding[]): RouteVerdict["acts"] {
  if (state === "unknown" || (UNTROUBLED.includes(state) && !stuck)) return acts;
  const grave = findings.find(({ severity }) => severity === "error") ?? findings.find(({ severity }) => severity === "warning");
  return grave?.actor ?? acts;
}

/** The age of the oldest proof used. */
function evidenceAt(observed: ObservedRoute, now: Date): Date | null {
  const { at } = latticeEvidence(observed, now);
  if (observed.freshAt === null || observed.deletingSince !== null || at === null) return observed.freshAt;
  return at < observed.freshAt ? at : observed.freshAt;
}

/** When time alone will change what `routeStatus` says; null when only a new fact can. The age of the watches is looked at by the index. */
export function nextRouteStatusChange(observed: ObservedRoute, now: Date): Date | null {
  const due = [
    after(observed.generationSeenAt, DEPLOY_DEADLINE_MS),
    after(observed.generationSeenAt, ROUTE_GRACE_MS),
    after(observed.generationSeenAt, RESYNC_MS),
    after(observed.deletingSince, ROUTE_DELETE_LONG_MS),
    latticeEvidence(observed, now).goodUntil?.getTime() ?? null,
    observed.lattice?.health.throttledUntil == null ? null : Date.parse(observed.lattice.health.throttledUntil),
    ...observed.providers.map(({ freshAt }) => after(freshAt, PROVIDER_OLD_MS)),
  ].filter((time) => time !== null && time > now.getTime());
  return due.length === 0 ? null : new Date(Math.min(...due.map(Number)));
}

function after(from: Date | null, ms: number): number | null {
  return from === null ? null : from.getTime() + ms;
}
