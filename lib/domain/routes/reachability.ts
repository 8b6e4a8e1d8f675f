import type { Glyph } from "../clusters/cluster-view.ts";
import { type Message, message } from "../message.ts";
import { accessLevels } from "./access-levels.ts";
import { accountOf } from "./account-of.ts";
import { INVOKE } from "./auth-policy.ts";
import { chooseListener } from "./choose-listener.ts";
import type { AccessFacts } from "./decide-access.ts";
import { type AnyCallDecision, decideAnyCall } from "./decide-any-call.ts";
import { findWayIn, letsThrough, oldestOf, type WayIn } from "./find-way-in.ts";
import type { ObservedConsumer, ObservedLattice, ObservedRoute } from "./observed-route.ts";
import { CONNECT, type PolicyCall } from "./policy-call.ts";
import { LATTICE_OLD_MS } from "./route-limits.ts";

/** Can this consumer's calls arrive? Separate from health: what answers them is another question (lattice.md §3.9). */
export type Reachability = {
  readonly reachable: "yes" | "no" | "unknown";
  readonly glyph: Glyph;
  readonly sentence: Message;
  /** Which hop refuses, when one does. */
  readonly blockedBy: "association" | "vpc" | "policy" | null;
  readonly at: Date | null;
};

/** A route, or a Lattice service that no route owns. */
export type Called = Pick<ObservedRoute, "lattice" | "network"> & Partial<Pick<ObservedRoute, "kind">>;

const GLYPHS = { yes: "ok", no: "failed", unknown: "unknown" } as const;

/**
 * A network that both the service and the consumer's VPC are in, and policies of network and service that let some call in that the consumer was allowed: the same
 * judgement as that of "Can A call B?", over its calls as a whole. Name resolution, security groups and signing cannot be read: they are said to be not checked.
 */
export function reachabilityOf(called: Called, consumer: ObservedConsumer, now: Date): Reachability {
  const { lattice } = called;
  const { vpcId } = consumer;
  const networks = lattice?.networks ?? [];
  const at = oldestOf([lattice?.associations?.at ?? null, ...networks.map(({ vpcs }) => vpcs?.at ?? null)]);
  const way = findWayIn({ networks, lattice }, vpcId);
  const values = { network: way.network?.name ?? called.network ?? "–", vpc: vpcId ?? "–" };
  const say = ({ reachable, key, blockedBy }: Said, more: Message["values"] = {}, seenAt = at): Reachability => ({
    reachable,
    glyph: GLYPHS[reachable],
    sentence: message(`routeViews.reach.${key}`, { ...values, ...more }),
    blockedBy,
    at: seenAt,
  });
  const entry = entryOf(lattice, { way, vpcId, at, now });
  if (entry?.reachable === "no" || lattice === null) return say(entry ?? UNREAD);
  const { result, why, of, at: readAt } = decidePolicies({ ...called, lattice }, { consumer, way, now });
  const blockedBy = result === "denied" ? "policy" : null;
  // A policy that lets nothing in refuses whichever way the calls come.
  if (entry !== null && blockedBy === null) return say(entry);
  const seenAt = entry === null ? oldestOf([at, readAt]) : readAt;
  return say({ reachable: ANSWERS[result], key: KEYS[why], blockedBy }, { of: of ?? "service" }, seenAt ?? at);
}

type Said = Pick<Reachability, "reachable" | "blockedBy"> & { readonly key: string };
type Entry = { readonly way: WayIn; readonly vpcId: string | null; readonly at: Date | null; readonly now: Date };

const no = (key: string, blockedBy: "association" | "vpc"): Said => ({ reachable: "no", key, blockedBy });
const open = (key: string): Said => ({ reachable: "unknown", key, blockedBy: null });
const UNREAD = open("unread");

/** What keeps the calls from entering the network, or from being known to; null when they enter. */
function entryOf(lattice: ObservedLattice | null, { way, vpcId, at, now }: Entry): Said | null {
  if (lattice?.associations == null || at === null) return UNREAD;
  if (isOld(at, LATTICE_OLD_MS, now)) return open("old");
  if (!lattice.associations.value.some(({ status }) => status === "ACTIVE")) return no("noAssociation", "association");
  if (vpcId === null) return open("noVpcKnown");
  if (way.vpc === null) return no("noVpc", "vpc");
  if (!letsThrough(way.vpc)) return no("vpcNotActive", "vpc");
  return way.service?.status === "ACTIVE" ? null : no("noAssociation", "association");
}

/** Do the policies that were read last, however old, let some call of this consumer in? Whether its VPC is associated is another question. */
export function policiesLetIn({ lattice, kind }: Called, consumer: ObservedConsumer): AnyCallDecision["result"] {
  if (lattice === null) return "unknown";
  const way = findWayIn({ networks: lattice.networks, lattice }, consumer.vpcId);
  const call = callOf(lattice, { ...(kind === undefined ? {} : { kind }), consumer, way });
  return decideAnyCall({ levels: accessLevels(lattice, way.network), kind: consumer, call, resourceTags: lattice.tags?.value ?? null })
    .result;
}

function isOld(at: Date, maxAgeMs: number, now: Date): boolean {
  return now.getTime() - at.getTime() >= maxAgeMs;
}

type From = { readonly consumer: ObservedConsumer; readonly way: WayIn; readonly now: Date };
/** `why` is `old` where what was read proves nothing any more. */
type Decided = Pick<AnyCallDecision, "result" | "of"> & { readonly why: AnyCallDecision["why"] | "old"; readonly at: Date | null };

function decidePolicies({ kind, lattice }: Called & { readonly lattice: ObservedLattice }, { consumer, way, now }: From): Decided {
  const read = accessLevels(lattice, way.network);
  const old = read.filter(({ at, maxAgeMs }) => at !== null && isOld(at, maxAgeMs, now)).map(({ of }) => of);
  const levels = read.map((level) => (old.includes(level.of) ? { ...level, access: NOT_READ } : level));
  const call = callOf(lattice, { ...(kind === undefined ? {} : { kind }), consumer, way });
  const { result, of, why } = decideAnyCall({ levels, kind: consumer, call, resourceTags: lattice.tags?.value ?? null });
  const at = result === "denied" ? (read.find((level) => level.of === of)?.at ?? null) : oldestOf(read.map((level) => level.at));
  return { result, of, why: why === "unread" && of !== null && old.includes(of) ? "old" : why, at };
}

const NOT_READ: AccessFacts = { authType: null, policy: null };

type Calling = Pick<From, "consumer" | "way"> & Pick<Called, "kind">;

function callOf(lattice: ObservedLattice, { kind, consumer, way }: Calling): PolicyCall {
  const listener = chooseListener(lattice.listeners?.value ?? [], null);
  const isPassthrough = kind === "TLSRoute" || listener?.protocol === "TLS_PASSTHROUGH";
  const serviceArn = lattice.service?.value.arn;
  const vpcOwner = accountOf(way.vpc?.arn);
  return {
    // Lattice sees no signature inside a passed-through connection.
    roleArn: isPassthrough ? null : consumer.roleArn,
    vpcId: consumer.vpcId,
    method: null,
    path: "/",
    action: isPassthrough ? CONNECT : INVOKE,
    ...(vpcOwner === null ? {} : { vpcOwner }),
    ...(listener?.port == null ? {} : { port: listener.port }),
    ...(serviceArn === undefined ? {} : { serviceArn }),
    ...(way.network?.arn == null ? {} : { networkArn: way.network.arn }),
  };
}

const KEYS: Readonly<Record<Decided["why"], string>> = {
  open: "open",
  allow: "named",
  missing: "policyMissing",
  inactive: "policyInactive",
  unread: "policyUnread",
  old: "policyOld",
  unreadable: "policyUnreadable",
  explicit: "notNamed",
  implicit: "notNamed",
  hangs: "policyHangs",
};
const ANSWERS = { allowed: "yes", denied: "no", unknown: "unknown" } as const;
