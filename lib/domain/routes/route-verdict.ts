import type { Glyph } from "../clusters/cluster-view.ts";
import type { Finding } from "../clusters/finding.ts";
import { type Message, message } from "../message.ts";
import { countTargets } from "./group-state.ts";
import type { ObservedRoute } from "./observed-route.ts";
import {
  associationsOf,
  heldListeners,
  heldRules,
  isFailedStatus,
  isWithinDeadline,
  isYoungerThan,
  refusedParent,
  type UsedBackend,
  usedBackends,
} from "./route-facts.ts";
import { ROUTE_DELETE_LONG_MS } from "./route-limits.ts";
import type { RouteState } from "./route-view.ts";

/** What a route is, before the age of the evidence is looked at. */
export type RouteVerdict = {
  readonly state: RouteState;
  readonly stuck: boolean;
  readonly fact: Message;
  /** Who acts when no finding says it; null: nothing to say about it. */
  readonly acts: Finding["actor"] | null;
};

type Case = { readonly observed: ObservedRoute; readonly now: Date; readonly used: readonly UsedBackend[] };
type Rule = (at: Case) => RouteVerdict | null;

/**
 * The order of lattice.md §3.9 without its Event clauses, as the first rule that fits. Two readings are ours: a refused or young route is `failed` or
 * `provisioning`, not yet `missing`; and after the deadline the word that names what is wrong (`missing`, `unattached`, `misconfigured`) comes before the
 * bare `failed` of a spec that Lattice does not hold, which would hide it for ever.
 */
const ORDER: readonly Rule[] = [
  deleting,
  refused,
  partFailed,
  missing,
  inProgress,
  unattached,
  misconfigured,
  rulesNotHeld,
  groupsUnread,
  starting,
  down,
  degraded,
  unchecked,
];

export function routeVerdict(observed: ObservedRoute, now: Date): RouteVerdict {
  const at = { observed, now, used: usedBackends(observed) };
  for (const rule of ORDER) {
    const verdict = rule(at);
    if (verdict !== null) return verdict;
  }
  return verdict("ok", message("routeStatus.fact.ok", targetsOf(at.used)), "nobody");
}

const GLYPHS: Readonly<Record<RouteState, Glyph>> = {
  requested: "waiting",
  provisioning: "progressing",
  ok: "ok",
  degraded: "attention",
  down: "failed",
  unchecked: "unknown",
  unattached: "failed",
  misconfigured: "failed",
  missing: "failed",
  failed: "failed",
  deleting: "deleting",
  unknown: "unknown",
};

/** Glyph of a state: slow or half broken is a triangle, never the octagon. */
export function routeGlyph({ state, stuck }: Pick<RouteVerdict, "state" | "stuck">): Glyph {
  return stuck && (state === "provisioning" || state === "deleting") ? "attention" : GLYPHS[state];
}

/** Targets of the used groups that answer, and all that are registered there. */
export function targetsOf(used: readonly UsedBackend[]): { readonly healthy: number; readonly total: number } {
  const counts = used.map(({ group }) => countTargets(group?.targets?.value ?? []));
  return { healthy: counts.reduce((sum, { healthy }) => sum + healthy, 0), total: counts.reduce((sum, { total }) => sum + total, 0) };
}

function verdict(state: RouteState, fact: Message, acts: RouteVerdict["acts"], stuck = false): RouteVerdict {
  return { state, stuck, fact, acts };
}

function deleting({ observed, now }: Case): RouteVerdict | null {
  if (observed.deletingSince === null) return null;
  const isLong = !isYoungerThan(observed.deletingSince, ROUTE_DELETE_LONG_MS, now);
  return verdict(
    "deleting",
    message(isLong ? "routeStatus.fact.deletingLong" : "routeStatus.fact.deleting"),
    isLong ? "platform" : "nobody",
    isLong,
  );
}

/** The controller refused the object, or cannot find what it names; conditions about an older generation do not count. */
function refused({ observed }: Case): RouteVerdict | null {
  const condition = refusedParent(observed, "Accepted") ?? refusedParent(observed, "ResolvedRefs");
  if (condition === null) return null;
  const key = condition.type === "Accepted" ? "refused" : "unresolved";
  return verdict("failed", message(`routeStatus.fact.${key}`, { reason: condition.reason ?? condition.type }), "team");
}

function partFailed({ observed, used }: Case): RouteVerdict | null {
  const { lattice } = observed;
  const service = lattice?.service?.value;
  if (service !== undefined && isFailedStatus(service.status))
    return verdict("failed", message("routeStatus.fact.serviceFailed", { status: service.status }), "aws");
  const association = associationsOf(observed).find(({ status }) => isFailedStatus(status));
  const isActiveElsewhere = associationsOf(observed).some(({ status }) => status === "ACTIVE");
  if (association !== undefined && !isActiveElsewhere)
    return verdict(
      "failed",
      message("routeStatus.fact.associationFailed", { status: association.status, network: association.networkName }),
      "platform",
    );
  const group = used.find((one) => isFailedStatus(one.group?.group.value.status))?.group?.group.value;
  return group === undefined
    ? null
    : verdict("failed", message("routeStatus.fact.groupFailed", { status: group.status, group: group.name }), "aws");
}

function missing({ observed, now }: Case): RouteVerdict | null {
  if (observed.lattice === null || observed.lattice.service !== null) return null;
  if (isWithinDeadline(observed, now)) return verdict("provisioning", message("routeStatus.fact.waitingService"), "nobody");
  return verdict("missing", message("routeStatus.fact.missing", { service: observed.serviceName }), "platform");
}

/** Lattice is still at work, or has not been given the spec yet. */
function inProgress({ observed, now }: Case): RouteVerdict | null {
  const isYoung = isWithinDeadline(observed, now);
  const status = observed.lattice?.service?.value.status;
  const association = associationsOf(observed).find((one) => one.status === "CREATE_IN_PROGRESS");
  const isMaking = status === "CREATE_IN_PROGRESS" || (association !== undefined && !isAttached(observed));
  if (!isYoung) return isMaking ? verdict("failed", message("routeStatus.fact.deadlineMaking"), "aws") : null;
  if (status === "CREATE_IN_PROGRESS") return verdict("provisioning", message("routeStatus.fact.waitingService"), "nobody");
  if (!isAttached(observed)) return verdict("provisioning", message("routeStatus.fact.waitingAssociation", networkOf(observed)), "nobody");
  return heldRules(observed) === "held" ? null : verdict("provisioning", message("routeStatus.fact.waitingRules"), "nobody");
}

function unattached({ observed }: Case): RouteVerdict | null {
  return isAttached(observed) ? null : verdict("unattached", message("routeStatus.fact.unattached", networkOf(observed)), "platform");
}

function isAttached(observed: ObservedRoute): boolean {
  return associationsOf(observed).some(({ status }) => status === "ACTIVE");
}

function networkOf({ network }: ObservedRoute): { readonly network: string } {
  return { network: network ?? "–" };
}

/** No listener, no rule of ours, or a rule that leads nowhere: such calls get 404 or 500 from Lattice itself. */
function misconfigured({ observed }: Case): RouteVerdict | null {
  const listeners = heldListeners(observed);
  if (listeners === null) return null;
  if (listeners.every(({ listener }) => listener === null))
    return verdict("misconfigured", message("routeStatus.fact.noListener"), "platform");
  const all = listeners.flatMap(({ listener }) => listener?.rules ?? []);
  if (all.every(({ action }) => action.forward.length === 0))
    return verdict("misconfigured", message("routeStatus.fact.answers404"), "platform");
  const dead = all.find(({ isDefault, action }) => !isDefault && action.forward.length === 0);
  if (dead === undefined) return null;
  return verdict("misconfigured", message("routeStatus.fact.fixedRule", { status: dead.action.fixedStatus ?? 500 }), "team");
}

function rulesNotHeld({ observed }: Case): RouteVerdict | null {
  const held = heldRules(observed);
  if (held === "held") return null;
  if (held === "unread") return verdict("unknown", message("routeStatus.fact.rulesUnread"), "nobody");
  return verdict("failed", message("routeStatus.fact.deadlineRules"), "platform");
}

/** A light is never lit on targets that nobody has seen. */
function groupsUnread({ used, observed, now }: Case): RouteVerdict | null {
  if (!used.some(({ state }) => state === "unknown")) return null;
  if (isWithinDeadline(observed, now)) return verdict("provisioning", message("routeStatus.fact.waitingTargets"), "nobody");
  return verdict("unknown", message("routeStatus.fact.targetsUnread"), "nobody");
}

function starting({ used, observed, now }: Case): RouteVerdict | null {
  if (used.length === 0 || !used.every(({ state }) => state === "starting")) return null;
  const isLong = !isWithinDeadline(observed, now);
  return verdict("provisioning", message("routeStatus.fact.starting", targetsOf(used)), isLong ? "team" : "nobody", isLong);
}

const DEAD: readonly string[] = ["down", "empty", "unused", "missing"];

/** Fail-open is said: with every target unhealthy Lattice still sends to all of them (lattice.md §3.4). */
function down({ used }: Case): RouteVerdict | null {
  if (used.length === 0) return verdict("down", message("routeStatus.fact.noWeight"), "team");
  if (!used.every(({ state }) => DEAD.includes(state))) return null;
  const { total } = targetsOf(used);
  const isFailOpen = used.some(({ state }) => state === "down");
  return verdict("down", isFailOpen ? message("routeStatus.fact.downFailOpen", { total }) : message("routeStatus.fact.downEmpty"), "team");
}

function degraded({ used }: Case): RouteVerdict | null {
  const bad = used.find(({ state }) => state !== "ok" && state !== "unchecked");
  if (bad === undefined) return null;
  return verdict(
    "degraded",
    message("routeStatus.fact.degraded", {
      ...targetsOf(used),
      backend: bad.backend.name,
      state: message(`routeStatus.group.${bad.state}`),
    }),
    "team",
  );
}

function unchecked({ used }: Case): RouteVerdict | null {
  if (!used.every(({ state }) => state === "unchecked")) return null;
  return verdict("unchecked", message("routeStatus.fact.unchecked", { total: targetsOf(used).total }), "team");
}
