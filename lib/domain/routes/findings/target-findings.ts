import type { Finding } from "../../clusters/finding.ts";
import { countTargets } from "../group-state.ts";
import type { ObservedRoute } from "../observed-route.ts";
import { exportLooks, heldRules, isWithinDeadline, type UsedBackend, usedBackends } from "../route-facts.ts";
import { evidenceOf, latticeEvidenceOf, type RouteFindingRule, routeFindingOf } from "./route-finding-of.ts";

function targetEvidence(observed: ObservedRoute, { group }: UsedBackend): Finding["evidence"] {
  if (group?.targets == null) return [];
  const raw = group.targets.value.map(
    ({ id, port, status, reasonCode }) => `${id}:${port ?? ""} ${status}${reasonCode === null ? "" : ` ${reasonCode}`}`,
  );
  return [latticeEvidenceOf(observed, `targets of ${group.group.value.id}`, raw.slice(0, 20).join(", "), group.targets.at)];
}

function inState(observed: ObservedRoute, state: UsedBackend["state"]): readonly UsedBackend[] {
  return usedBackends(observed).filter((used) => used.state === state);
}

/**
 * TRL-RTE-037: no target of a group answers. Ready pods behind it mean that the check does not arrive: the security group's inbound rule for Lattice's prefix list is
 * the first thing to look at (lattice.md §2.5); without ready pods it is the team's own.
 */
export const allUnhealthy: RouteFindingRule = (observed) =>
  inState(observed, "down").map((used) => {
    const { total } = countTargets(used.group?.targets?.value ?? []);
    const found =
      exportLooks(observed).find(({ one }) => one.namespace === used.backend.namespace && one.name === used.backend.name)?.found ?? null;
    const hasReadyPods = (found?.kubeService?.readyPods ?? 1) > 0;
    return routeFindingOf({
      code: "TRL-RTE-037",
      rule: hasReadyPods ? "allUnhealthy" : "allUnhealthyPods",
      severity: "error",
      actor: hasReadyPods ? "platform" : "team",
      values: { backend: used.backend.name, total, path: found?.healthCheck?.path ?? "/" },
      evidence: [
        ...targetEvidence(observed, used),
        ...(found?.kubeService == null
          ? []
          : [
              evidenceOf(
                observed.ref,
                `${found.cluster} ${found.namespace}/${found.name} ready pods`,
                String(found.kubeService.readyPods),
                found.observedAt,
              ),
            ]),
      ],
    });
  });

/** TRL-RTE-038: some targets do not answer; Lattice leaves them out while one is healthy (lattice.md §3.4). */
export const someUnhealthy: RouteFindingRule = (observed) =>
  inState(observed, "degraded")
    .filter(({ group }) => countTargets(group?.targets?.value ?? []).unhealthy > 0)
    .map((used) => {
      const { unhealthy, total } = countTargets(used.group?.targets?.value ?? []);
      return routeFindingOf({
        code: "TRL-RTE-038",
        rule: "someUnhealthy",
        severity: "warning",
        actor: "team",
        values: { backend: used.backend.name, unhealthy, total },
        evidence: targetEvidence(observed, used),
      });
    });

/** TRL-RTE-039: health checks are off, so that nobody knows whether the targets answer: never green (lattice.md §3.9 `unchecked`). */
export const checksOff: RouteFindingRule = (observed) =>
  inState(observed, "unchecked").map((used) =>
    routeFindingOf({
      code: "TRL-RTE-039",
      rule: "checksOff",
      severity: "warning",
      actor: "team",
      values: { backend: used.backend.name },
      evidence: targetEvidence(observed, used),
    }),
  );

/** TRL-RTE-040: targets are registered and no service uses their group: right before the route is live, wrong after (lattice.md §3.4 `UNUSED`). */
export const unusedTargets: RouteFindingRule = (observed, now) =>
  isWithinDeadline(observed, now)
    ? []
    : inState(observed, "unused").map((used) =>
        routeFindingOf({
          code: "TRL-RTE-040",
          rule: "unusedTargets",
          severity: "warning",
          actor: "platform",
          values: { backend: used.backend.name },
          evidence:
            used.group?.targets == null
              ? [
                  latticeEvidenceOf(
                    observed,
                    `target group ${used.group?.group.value.id ?? ""} serviceArns`,
                    "[]",
                    used.group?.group.at ?? null,
                  ),
                ]
              : targetEvidence(observed, used),
        }),
      );

const ALIVE: readonly string[] = ["ok", "degraded", "unchecked"];

/** TRL-RTE-041: weights are not failover: the share of a group without a healthy target fails while another answers (lattice.md §2.3). */
export const weightOnDead: RouteFindingRule = (observed) => {
  if (heldRules(observed) !== "held") return [];
  const used = usedBackends(observed);
  return observed.rules.flatMap(({ backends }, index) => {
    const weighted = backends.filter(({ weight }) => weight > 0);
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
    const stateOf = (name: string, namespace: string) =>
      used.find(({ backend }) => backend.name === name && backend.namespace === namespace)?.state ?? "missing";
    const dead = weighted.filter(({ name, namespace }) => ["down", "empty"].includes(stateOf(name, namespace)));
    if (dead.length === 0 || !weighted.some(({ name, namespace }) => ALIVE.includes(stateOf(name, namespace)))) return [];
    const share = Math.round((dead.reduce((sum, { weight }) => sum + weight, 0) / total) * 100);
    return [
      routeFindingOf({
        code: "TRL-RTE-041",
        rule: "weightOnDead",
        severity: "error",
        actor: "team",
        values: { rule: index + 1, share, backend: dead[0]?.name ?? "" },
        evidence: [
          evidenceOf(
            observed.ref,
            `spec.rules[${index}].backendRefs`,
            weighted.map(({ name, weight }) => `${name} ${weight}`).join(", "),
            observed.observedAt,
          ),
        ],
      }),
    ];
  });
};
