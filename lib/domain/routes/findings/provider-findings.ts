import type { Finding } from "../../clusters/finding.ts";
import { countTargets } from "../group-state.ts";
import { LATTICE_TAGS } from "../lattice-facts.ts";
import type { ObservedExport, ObservedImport, ObservedRoute } from "../observed-route.ts";
import { exportLooks, groupOf, groupsOfImport, isYoungerThan } from "../route-facts.ts";
import { PROVIDER_OLD_MS, ROUTE_GRACE_MS } from "../route-limits.ts";
import {
  type Evidence,
  eventEvidence,
  evidenceOf,
  latticeEvidenceOf,
  type RouteFindingRule,
  refLike,
  routeFindingOf,
  warningLike,
} from "./route-finding-of.ts";

const REGISTERING_MS = 5_000;

function exportEvidence(observed: ObservedRoute, one: ObservedImport, field: string, raw: string, at: Date | null): Evidence {
  return evidenceOf(
    refLike(observed, { kind: "ServiceExport", namespace: one.namespace, name: one.exportName ?? one.name }),
    field,
    raw,
    at,
  );
}

/** TRL-RTE-019: a provider cluster does not answer, or has not for three periods; its exports are as they were then. */
export const providerUnreachable: RouteFindingRule = (observed, now) =>
  observed.providers
    .filter(({ error, freshAt }) => error !== null || (freshAt !== null && !isYoungerThan(freshAt, PROVIDER_OLD_MS, now)))
    .map((provider) =>
      routeFindingOf({
        code: "TRL-RTE-019",
        rule: "providerUnreachable",
        severity: "warning",
        actor: "platform",
        values: { cluster: shortName(provider.cluster) },
        evidence: [
          evidenceOf(
            { ...observed.ref, kind: "Cluster", ...placeOf(provider.cluster) },
            "API server",
            provider.error ?? "silent",
            provider.freshAt,
          ),
        ],
      }),
    );

/** TRL-RTE-020 and 021: the export an import pins is not there; or it is there, but its target group has not come (lattice.md §10.2, first row). */
export const exportMissing: RouteFindingRule = (observed, now) => {
  if (observed.deletingSince !== null) return [];
  return exportLooks(observed).flatMap(({ one, provider, found }): Finding[] => {
    const hasGroup = groupOf(observed, { kind: "ServiceImport", namespace: one.namespace, name: one.name, weight: 1 }) !== null;
    const isKnown = provider !== null && provider.freshAt !== null && provider.error === null;
    const values = { export: `${one.namespace}/${one.exportName ?? one.name}`, cluster: one.clusterName ?? "–" };
    const said = warningLike(observed, /target group for service import could not be found/i);
    const words = said === null || said.lastAt < observed.generationSeenAt ? [] : [eventEvidence(observed, said)];
    if (found === null && isKnown)
      return [
        routeFindingOf({
          code: "TRL-RTE-020",
          rule: "exportMissing",
          severity: "error",
          actor: "team",
          values,
          evidence: [exportEvidence(observed, one, "metadata.name", "not found", provider.freshAt), ...words],
        }),
      ];
    const isLate = !hasGroup && observed.lattice?.servicesAt != null && !isYoungerThan(observed.generationSeenAt, ROUTE_GRACE_MS, now);
    if (found === null || !isLate) return [];
    return [
      routeFindingOf({
        code: "TRL-RTE-021",
        rule: "exportLate",
        severity: "error",
        actor: "platform",
        values,
        evidence: [
          latticeEvidenceOf(observed, `target group of ${values.export}`, "not found by its tags", observed.lattice.servicesAt),
          ...words,
        ],
      }),
    ];
  });
};

/** TRL-RTE-022: an export without the federation annotation is ignored in silence (lattice.md §1.7). */
export const exportNotFederated: RouteFindingRule = (observed) =>
  exportLooks(observed)
    .filter(({ found }) => found !== null && !found.federated)
    .map(({ one, found }) =>
      routeFindingOf({
        code: "TRL-RTE-022",
        rule: "exportNotFederated",
        severity: "error",
        actor: "team",
        values: { export: `${one.namespace}/${one.exportName ?? one.name}` },
        evidence: [exportEvidence(observed, one, "metadata.annotations", "no federation", found?.observedAt ?? null)],
      }),
    );

/** TRL-RTE-023: an export that is being deleted while the route uses it: its targets went at once, and it hangs (lattice.md §10.2). */
export const exportDeletedFirst: RouteFindingRule = (observed) => {
  if (observed.deletingSince !== null) return [];
  return exportLooks(observed)
    .filter(({ found }) => found?.deletingSince != null)
    .map(({ one, found }) =>
      routeFindingOf({
        code: "TRL-RTE-023",
        rule: "exportDeletedFirst",
        severity: "error",
        actor: "team",
        values: { export: `${one.namespace}/${one.exportName ?? one.name}` },
        evidence: [
          exportEvidence(
            observed,
            one,
            "metadata.deletionTimestamp",
            found?.deletingSince?.toISOString() ?? "",
            found?.deletingSince ?? null,
          ),
        ],
      }),
    );
};

/** TRL-RTE-024: the export now wants another protocol than a group it has: the route keeps the old group, and nobody feeds it any more (lattice.md §10.1.8). */
export const exportProtocolChanged: RouteFindingRule = (observed) =>
  exportLooks(observed).flatMap(({ one, found }) => {
    const wanted = found === null ? null : protocolVersionOf(found);
    const old = groupsOfImport(observed, one).flatMap(({ group }) => {
      const has = group.value.tags[LATTICE_TAGS.protocolVersion] ?? "";
      return has !== "" && wanted !== null && has !== wanted && group.value.serviceArns.length > 0 ? [{ group, has }] : [];
    })[0];
    if (old === undefined || wanted === null) return [];
    return [
      routeFindingOf({
        code: "TRL-RTE-024",
        rule: "exportProtocolChanged",
        severity: "error",
        actor: "team",
        values: { export: `${one.namespace}/${one.exportName ?? one.name}`, wanted, has: old.has },
        evidence: [
          exportEvidence(observed, one, "spec.exportedPorts", wanted, found?.observedAt ?? null),
          latticeEvidenceOf(observed, `target group ${old.group.value.id}`, `ProtocolVersion ${old.has}`, old.group.at),
        ],
      }),
    ];
  });

/** Null for TCP, which has no version. */
function protocolVersionOf({ routeType, protocol }: ObservedExport): string | null {
  if (routeType === "GRPC") return "GRPC";
  if (routeType === "TLS") return null;
  return protocol === "HTTP2" || protocol === "HTTP1" ? protocol : "HTTP1";
}

/** TRL-RTE-025: Lattice's targets are not the addresses of the ready pods, seen after them (lattice.md §1.7 trap 3). */
export const staleAddresses: RouteFindingRule = (observed) =>
  exportLooks(observed).flatMap(({ one, found }) => {
    const group = groupOf(observed, { kind: "ServiceImport", namespace: one.namespace, name: one.name, weight: 1 });
    const targets = group?.targets ?? null;
    if (group === null || found === null || targets === null || found.deletingSince !== null || targets.at <= settledAt(found)) return [];
    const registered = new Set(targets.value.filter(({ status }) => status !== "DRAINING").map(({ id }) => id));
    const stale = [...registered].filter((id) => !found.podAddresses.includes(id));
    const absent = found.podAddresses.filter((id) => !registered.has(id));
    if (stale.length === 0 && absent.length === 0) return [];
    return [
      routeFindingOf({
        code: "TRL-RTE-025",
        rule: "staleAddresses",
        severity: "warning",
        actor: "platform",
        values: { export: `${one.namespace}/${one.exportName ?? one.name}`, stale: stale.length, absent: absent.length },
        evidence: [
          latticeEvidenceOf(observed, `targets of ${group.group.value.id}`, [...registered].sort().join(", "), targets.at),
          exportEvidence(observed, one, "ready pods", [...found.podAddresses].sort().join(", "), found.observedAt),
        ],
      }),
    ];
  });

/** The controller registers and deregisters within a moment (lattice.md §10.3); from then on targets must be the pods. */
function settledAt({ addressesSince, observedAt }: ObservedExport): Date {
  return new Date((addressesSince ?? observedAt).getTime() + REGISTERING_MS);
}

/** TRL-RTE-026: nothing answers behind the kubeService, so that its group has no targets. */
export const emptyGroup: RouteFindingRule = (observed) =>
  exportLooks(observed).flatMap(({ one, found }) => {
    const group = groupOf(observed, { kind: "ServiceImport", namespace: one.namespace, name: one.name, weight: 1 });
    if (group?.targets == null || countTargets(group.targets.value).total > 0) return [];
    return [
      routeFindingOf({
        code: "TRL-RTE-026",
        rule: "emptyGroup",
        severity: "error",
        actor: "team",
        values: { export: `${one.namespace}/${one.exportName ?? one.name}`, pods: found?.kubeService?.readyPods ?? 0 },
        evidence: [latticeEvidenceOf(observed, `targets of ${group.group.value.id}`, "[]", group.targets.at)],
      }),
    ];
  });

function shortName(destination: string): string {
  return destination.slice(destination.indexOf("/") + 1);
}

function placeOf(destination: string): { readonly namespace: string; readonly name: string } {
  const [, namespace = "", name = destination] = destination.split("/");
  return { namespace, name };
}
