import { message } from "../message.ts";
import type { ObservedRoute } from "./observed-route.ts";
import { waitOrFail } from "./proofs-kubernetes.ts";
import { associationsOf, heldListeners, heldRules, isFailedStatus, isWithinDeadline, usedBackends } from "./route-facts.ts";
import type { Proven } from "./route-proofs.ts";
import { targetsOf } from "./route-verdict.ts";
import { samePolicy } from "./same-policy.ts";

const UNREAD: Proven = { state: "unknown", evidence: message("routeProofs.unread"), raw: null, at: null };

/** A Lattice service of the route's name, ACTIVE. */
export function proveService(observed: ObservedRoute, now: Date): Proven {
  const { lattice, serviceName } = observed;
  if (lattice === null || (lattice.service === null && lattice.servicesAt === null)) return UNREAD;
  if (lattice.service === null)
    return {
      state: waitOrFail(observed, now),
      evidence: message("routeProofs.service.none", { name: serviceName }),
      raw: null,
      at: lattice.servicesAt,
    };
  const { value, at } = lattice.service;
  const state = value.status === "ACTIVE" ? "proven" : isFailedStatus(value.status) ? "failed" : waitOrFail(observed, now);
  return {
    state,
    evidence: message("routeProofs.service.some", { name: value.name, status: value.status }),
    raw: `${value.arn} ${value.status}`,
    at,
  };
}

/** Its association with the network, ACTIVE. `DeploySucceed` comes also when that failed (lattice.md §10.1.1). */
export function proveAssociation(observed: ObservedRoute, now: Date): Proven {
  const { lattice, network } = observed;
  if (lattice === null) return UNREAD;
  if (lattice.service === null || lattice.associations === null)
    return lattice.servicesAt === null ? UNREAD : waiting("routeProofs.association.none", network, observed, now, lattice.servicesAt);
  const own = associationsOf(observed);
  const best = own.find(({ status }) => status === "ACTIVE") ?? own[0];
  if (best === undefined) return waiting("routeProofs.association.none", network, observed, now, lattice.associations.at);
  const state = best.status === "ACTIVE" ? "proven" : isFailedStatus(best.status) ? "failed" : waitOrFail(observed, now);
  const why = [best.failureCode, best.failureMessage].filter((part) => part !== null).join(" ");
  return {
    state,
    evidence: message("routeProofs.association.some", { network: best.networkName, status: best.status }),
    raw: `${best.id} ${best.status}${why === "" ? "" : ` · ${why}`}`,
    at: lattice.associations.at,
  };
}

function waiting(key: string, network: string | null, observed: ObservedRoute, now: Date, at: Date): Proven {
  return { state: waitOrFail(observed, now), evidence: message(key, { network: network ?? "–" }), raw: null, at };
}

/** Every rule with the groups and weights of the object. The hardest proof there is (lattice.md §10.1.2). */
export function proveRules(observed: ObservedRoute, now: Date): Proven {
  const { lattice } = observed;
  if (lattice === null) return UNREAD;
  const listeners = heldListeners(observed);
  if (listeners === null || lattice.listeners === null) return isWithinDeadline(observed, now) ? { ...UNREAD, state: "waiting" } : UNREAD;
  const total = observed.rules.length * Math.max(1, listeners.length);
  const same = listeners.flatMap(({ comparisons }) => comparisons).filter(({ result }) => result === "same").length;
  const raw = listeners.flatMap(({ port, listener, comparisons }) =>
    listener === null
      ? [`${port ?? ""}: no listener`]
      : comparisons.filter(({ result }) => result !== "same").map(({ n, result }) => `${port ?? ""} rule ${n}: ${result}`),
  );
  const held = heldRules(observed);
  const state = held === "held" ? "proven" : held === "unread" ? "waiting" : waitOrFail(observed, now);
  const key = held === "differs" && same === total ? "routeProofs.rules.extra" : "routeProofs.rules.some";
  return { state, evidence: message(key, { same, total }), raw: raw.length === 0 ? null : raw.join(" · "), at: lattice.listeners.at };
}

/** The policy Lattice holds and whether it is in force; the object's `Accepted` says neither (lattice.md §0 fact 7). */
export function provePolicy(observed: ObservedRoute, now: Date): Proven {
  const { lattice, policy: wanted } = observed;
  if (wanted === null) return { state: "none", evidence: message("routeProofs.policy.none"), raw: null, at: null };
  if (lattice === null) return UNREAD;
  if (lattice.detail === null || lattice.policy === null) return isWithinDeadline(observed, now) ? { ...UNREAD, state: "waiting" } : UNREAD;
  const { authType } = lattice.detail.value;
  const held = lattice.policy.value;
  const at = lattice.detail.at < lattice.policy.at ? lattice.detail.at : lattice.policy.at;
  const isInForce = authType === "AWS_IAM" && held?.state === "Active";
  const isSame = held !== null && samePolicy(held.policy, wanted.policy);
  const key = !isInForce ? "notInForce" : isSame ? "active" : "other";
  return {
    state: isInForce && isSame ? "proven" : waitOrFail(observed, now),
    evidence: message(`routeProofs.policy.${key}`, { authType, state: held?.state ?? "–" }),
    raw: `authType ${authType} · state ${held?.state ?? "no policy"}`,
    at,
  };
}

/** Targets of the used groups answer. */
export function proveTargets(observed: ObservedRoute, now: Date): Proven {
  if (observed.lattice === null) return UNREAD;
  const used = usedBackends(observed);
  const read = used.flatMap(({ group }) => group?.targets ?? []);
  if (used.length === 0) return { state: "none", evidence: message("routeProofs.targets.none"), raw: null, at: null };
  if (read.length === 0) return isWithinDeadline(observed, now) ? { ...UNREAD, state: "waiting" } : UNREAD;
  const at = read.map((seen) => seen.at).sort((one, other) => one.getTime() - other.getTime())[0] ?? null;
  const { healthy, total } = targetsOf(used);
  const isAllOk = used.every(({ state }) => state === "ok" || state === "unchecked");
  const isChecked = used.some(({ state }) => state !== "unchecked");
  const raw = [
    ...new Set(
      read.flatMap(({ value }) => value.map(({ status, reasonCode }) => (reasonCode === null ? status : `${status} ${reasonCode}`))),
    ),
  ].sort();
  return {
    state: isAllOk
      ? isChecked
        ? "proven"
        : "unknown"
      : used.every(({ state }) => state === "starting")
        ? "waiting"
        : waitOrFail(observed, now),
    evidence: message(isChecked ? "routeProofs.targets.some" : "routeProofs.targets.unchecked", { healthy, total }),
    raw: raw.length === 0 ? null : raw.join(" · "),
    at,
  };
}
