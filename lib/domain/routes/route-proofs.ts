import { type Message, message } from "../message.ts";
import type { ObservedRoute } from "./observed-route.ts";
import { proveAccepted, proveExport, proveTargetGroup } from "./proofs-kubernetes.ts";
import { proveAssociation, provePolicy, proveRules, proveService, proveTargets } from "./proofs-lattice.ts";
import { reachabilityOf } from "./reachability.ts";
import { isWithinDeadline } from "./route-facts.ts";
import { PROOFS, type RouteProof } from "./route-view.ts";

/** What one look found; `none`: there is nothing to prove for this route. */
export type Proven = {
  readonly state: RouteProof["state"];
  readonly evidence: Message;
  readonly raw: string | null;
  readonly at: Date | null;
};
export type ProofRule = (observed: ObservedRoute, now: Date) => Proven;

const RULES: Readonly<Record<(typeof PROOFS)[number], ProofRule>> = {
  export: proveExport,
  "target-group": proveTargetGroup,
  accepted: proveAccepted,
  service: proveService,
  association: proveAssociation,
  rules: proveRules,
  policy: provePolicy,
  targets: proveTargets,
  consumers: proveConsumers,
};

/** Every hop that must be proven before a call can travel, in the order of lattice.md §9.5, each from Lattice or the objects themselves, never from `DeploySucceed`. */
export function routeProofs(observed: ObservedRoute, now: Date): readonly RouteProof[] {
  return PROOFS.map((id) => {
    const { state, evidence, raw, at } = RULES[id](observed, now);
    return { id, state, label: message(`routeProofs.label.${id}`), evidence, raw, at: at?.toISOString() ?? null };
  });
}

function proveConsumers(observed: ObservedRoute, now: Date): Proven {
  const { consumers } = observed;
  if (consumers.length === 0) return { state: "none", evidence: message("routeProofs.consumers.none"), raw: null, at: null };
  const looks = consumers.map((consumer) => ({ name: consumer.name, ...reachabilityOf(observed, consumer, now) }));
  const reached = looks.filter(({ reachable }) => reachable === "yes").length;
  const at = looks.flatMap((look) => look.at ?? []).sort((one, other) => one.getTime() - other.getTime())[0] ?? null;
  const blocked = looks.filter(({ reachable }) => reachable === "no").map(({ name, blockedBy }) => `${name}: ${blockedBy ?? ""}`);
  const state =
    reached === looks.length ? "proven" : blocked.length === 0 ? "unknown" : isWithinDeadline(observed, now) ? "waiting" : "failed";
  return {
    state,
    evidence: message("routeProofs.consumers.some", { reached, total: looks.length }),
    raw: blocked.length === 0 ? null : blocked.join(" · "),
    at,
  };
}
