import { message } from "../message.ts";
import type { ObservedRoute } from "./observed-route.ts";
import { exportLooks, groupOf, isWithinDeadline, parentCondition } from "./route-facts.ts";
import type { Proven } from "./route-proofs.ts";

/** Exports of the kubeServices stand in their provider clusters. An export has no status of its own (lattice.md §0 fact 5): it is there, of ours to read, or not. */
export function proveExport(observed: ObservedRoute, now: Date): Proven {
  const looks = exportLooks(observed);
  if (looks.length === 0) return none("routeProofs.export.none");
  const at = looks.flatMap(({ provider }) => provider?.freshAt ?? []).sort((one, other) => one.getTime() - other.getTime())[0] ?? null;
  const silent = looks.filter(
    ({ provider, found }) => found === null && (provider === null || provider.freshAt === null || provider.error !== null),
  );
  const gone = looks.filter(
    ({ found, one }) => (found === null && !silent.some((look) => look.one === one)) || found?.deletingSince != null,
  );
  const found = looks.length - silent.length - gone.length;
  const raw = looks
    .map(
      ({ one, found: export_ }) => `${one.exportName ?? one.name}: ${export_ === null ? "not found" : (export_.routeType ?? "exported")}`,
    )
    .join(" · ");
  const state = gone.length > 0 ? waitOrFail(observed, now) : silent.length > 0 ? "unknown" : "proven";
  return { state, evidence: message("routeProofs.export.some", { found, total: looks.length }), raw, at };
}

/** A target group carries each import's tags, is ACTIVE, and has targets. */
export function proveTargetGroup(observed: ObservedRoute, now: Date): Proven {
  const backends = distinct(observed);
  if (backends.length === 0) return none("routeProofs.targetGroup.none");
  if (observed.lattice === null) return { state: "unknown", evidence: message("routeProofs.unread"), raw: null, at: null };
  const groups = backends.map((backend) => ({ backend, group: groupOf(observed, backend) }));
  const ready = groups.filter(({ group }) => group?.group.value.status === "ACTIVE");
  const at =
    groups.flatMap(({ group }) => group?.group.at ?? []).sort((one, other) => one.getTime() - other.getTime())[0] ??
    observed.lattice.servicesAt;
  return {
    state: ready.length === groups.length ? "proven" : waitOrFail(observed, now),
    evidence: message("routeProofs.targetGroup.some", { found: ready.length, total: groups.length }),
    raw: groups
      .map(({ backend, group }) => (group === null ? `${backend.name}: not found` : `${group.group.value.id} ${group.group.value.status}`))
      .join(" · "),
    at,
  };
}

function distinct({ rules }: ObservedRoute) {
  const found = new Map(
    rules.flatMap(({ backends }) => backends).map((backend) => [`${backend.kind}/${backend.namespace}/${backend.name}`, backend]),
  );
  return [...found.values()];
}

/** The controller took the object. Its own times move on every reconcile, so the time is when we saw it (lattice.md §10.1.3). */
export function proveAccepted(observed: ObservedRoute, now: Date): Proven {
  const accepted = parentCondition(observed, "Accepted");
  const resolved = parentCondition(observed, "ResolvedRefs");
  const raw = [accepted, resolved].flatMap((condition) =>
    condition === null ? [] : [`${condition.type}=${condition.status} (${condition.reason ?? ""})`],
  );
  const { observedAt: at, generation } = observed;
  const proven = (state: Proven["state"], key: string): Proven => ({
    state,
    evidence: message(key, { generation, reason: (accepted?.status === "False" ? accepted : resolved)?.reason ?? "" }),
    raw: raw.length === 0 ? null : raw.join(" · "),
    at,
  });
  if (accepted?.status === "False" || resolved?.status === "False") return proven("failed", "routeProofs.accepted.refused");
  if (accepted?.status === "True" && resolved?.status === "True") return proven("proven", "routeProofs.accepted.yes");
  return proven(waitOrFail(observed, now), "routeProofs.accepted.silent");
}

export function waitOrFail(observed: ObservedRoute, now: Date): "waiting" | "failed" {
  return isWithinDeadline(observed, now) ? "waiting" : "failed";
}

function none(key: string): Proven {
  return { state: "none", evidence: message(key), raw: null, at: null };
}
