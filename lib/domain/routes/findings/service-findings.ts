import type { Finding } from "../../clusters/finding.ts";
import {
  associationsOf,
  heldListeners,
  heldRules,
  isFailedStatus,
  isSpecHeld,
  isWithinDeadline,
  isYoungerThan,
  refusedParent,
  usedBackends,
  wantedRules,
} from "../route-facts.ts";
import { RESYNC_MS, SETTLING_MS } from "../route-limits.ts";
import { eventEvidence, evidenceOf, latticeEvidenceOf, type RouteFindingRule, routeFindingOf, warningLike } from "./route-finding-of.ts";

/** TRL-RTE-027: a service or target group that AWS could not make; the controller ignores it and says DeploySucceed (lattice.md §10.2). */
export const partFailed: RouteFindingRule = (observed) => {
  const { lattice } = observed;
  const service = lattice?.service ?? null;
  const groups = usedBackends(observed).flatMap(({ group }) =>
    group !== null && isFailedStatus(group.group.value.status) ? [group.group] : [],
  );
  const isFailed = service !== null && isFailedStatus(service.value.status);
  if (!isFailed && groups.length === 0) return [];
  const why = [lattice?.detail?.value.failureCode, lattice?.detail?.value.failureMessage].filter((part) => part != null).join(" ");
  return [
    routeFindingOf({
      code: "TRL-RTE-027",
      rule: "partFailed",
      severity: "error",
      actor: "aws",
      values: { what: isFailed ? observed.serviceName : (groups[0]?.value.name ?? "") },
      evidence: [
        ...(isFailed
          ? [latticeEvidenceOf(observed, `service ${service.value.id}`, `${service.value.status} ${why}`.trim(), service.at)]
          : []),
        ...groups.map(({ value, at }) => latticeEvidenceOf(observed, `target group ${value.id}`, value.status, at)),
      ],
    }),
  ];
};

/** TRL-RTE-028 and 029: the association with the service network failed, or is not there: nobody can call (lattice.md §10.2). */
export const association: RouteFindingRule = (observed, now) => {
  const { lattice, network } = observed;
  if (lattice === null || lattice.service === null || lattice.associations === null || observed.deletingSince !== null) return [];
  const own = associationsOf(observed);
  if (own.some(({ status }) => status === "ACTIVE")) return [];
  const failed = own.find(({ status }) => isFailedStatus(status));
  const at = lattice.associations.at;
  if (failed !== undefined) {
    const raw = [failed.status, failed.failureCode, failed.failureMessage].filter((part) => part !== null).join(" · ");
    return [
      routeFindingOf({
        code: "TRL-RTE-028",
        rule: "associationFailed",
        severity: "error",
        actor: "platform",
        values: { network: failed.networkName },
        evidence: [latticeEvidenceOf(observed, `association ${failed.id}`, raw, at)],
      }),
    ];
  }
  if (isWithinDeadline(observed, now)) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-029",
      rule: "associationMissing",
      severity: "error",
      actor: "platform",
      values: { network: network ?? "–" },
      evidence: [
        latticeEvidenceOf(
          observed,
          `associations of ${lattice.service.value.id}`,
          own.map(({ id, status }) => `${id} ${status}`).join(", ") || "[]",
          at,
        ),
      ],
    }),
  ];
};

/** TRL-RTE-030: a live service with a listener and none of the rules: every call gets 404 from Lattice itself (lattice.md §1.4, deploy order). */
export const halfDeployed: RouteFindingRule = (observed, now) => {
  const { lattice } = observed;
  const service = lattice?.service ?? null;
  if (lattice === null || service?.value.status !== "ACTIVE" || lattice.listeners === null || isWithinDeadline(observed, now)) return [];
  const rules = lattice.listeners.value.flatMap((listener) => listener.rules);
  if (rules.some(({ action, isDefault }) => !isDefault || action.forward.length > 0) || observed.rules.length === 0) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-030",
      rule: "halfDeployed",
      severity: "error",
      actor: "platform",
      values: { service: service.value.name },
      evidence: [
        latticeEvidenceOf(
          observed,
          `rules of ${service.value.id}`,
          lattice.listeners.value.length === 0 ? "no listener" : "default rule only",
          lattice.listeners.at,
        ),
      ],
    }),
  ];
};

/** TRL-RTE-031: every condition is True and Lattice has other rules: conditions are no proof (lattice.md §0 fact 4, §10.1.2). */
export const conditionsLie: RouteFindingRule = (observed, now) => {
  const isGood = observed.parents.some(
    ({ conditions }) =>
      conditions !== null &&
      ["Accepted", "ResolvedRefs"].every((name) => conditions.some(({ type, status }) => type === name && status === "True")),
  );
  if (!isGood || refusedParent(observed, "Accepted") !== null || isWithinDeadline(observed, now) || heldRules(observed) !== "differs")
    return [];
  const differences = (heldListeners(observed) ?? []).flatMap(({ port, listener, comparisons }) =>
    listener === null
      ? [`${port ?? ""}: no listener`]
      : comparisons.filter(({ result }) => result !== "same").map(({ n, result }) => `${port ?? ""} rule ${n}: ${result}`),
  );
  return [
    routeFindingOf({
      code: "TRL-RTE-031",
      rule: "conditionsLie",
      severity: "error",
      actor: "platform",
      evidence: [
        evidenceOf(observed.ref, "status.parents[].conditions", "Accepted=True · ResolvedRefs=True", observed.observedAt),
        latticeEvidenceOf(observed, "rules", differences.join(" · ") || "rules nobody asked for", observed.lattice?.listeners?.at ?? null),
      ],
    }),
  ];
};

/** TRL-RTE-032: a target group feeds one service only; another one has ours (lattice.md §0 fact 2). */
export const groupInUse: RouteFindingRule = (observed) => {
  const own = observed.lattice?.service?.value.arn ?? null;
  const taken = usedBackends(observed).flatMap(({ group }) => {
    const other = group?.group.value.serviceArns.find((arn) => arn !== own);
    return group === null || other === undefined ? [] : [{ group, other }];
  });
  return taken.map(({ group, other }) => {
    const said = warningLike(observed, /associated with other service|already in use|in use by/i);
    return routeFindingOf({
      code: "TRL-RTE-032",
      rule: "groupInUse",
      severity: "error",
      actor: "team",
      values: { group: group.group.value.name, service: other.slice(other.lastIndexOf("/") + 1) },
      evidence: [
        latticeEvidenceOf(observed, `target group ${group.group.value.id} serviceArns`, other, group.group.at),
        ...(said === null ? [] : [eventEvidence(observed, said)]),
      ],
    });
  });
};

/** TRL-RTE-033: the address changed because the service was made anew; callers that kept the old one call nothing (lattice.md §10.3, drift repair). */
export const domainChanged: RouteFindingRule = (observed) => {
  const service = observed.lattice?.service ?? null;
  const now = service?.value.domainName ?? null;
  if (service === null || now === null || observed.annotatedDomain === null || observed.annotatedDomain === now) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-033",
      rule: "domainChanged",
      severity: "warning",
      actor: "team",
      values: { old: observed.annotatedDomain, new: now },
      evidence: [
        evidenceOf(observed.ref, "metadata.annotations[lattice-assigned-domain-name]", observed.annotatedDomain, observed.observedAt),
        latticeEvidenceOf(observed, `service ${service.value.id}`, now, service.at),
      ],
    }),
  ];
};

/** TRL-RTE-034: Lattice holds this generation and no Event says so: after 25 the client sends none for a while. Silence is no failure (lattice.md §10.1.1). */
export const eventsDried: RouteFindingRule = (observed, now) => {
  if (!isSpecHeld(observed) || isWithinDeadline(observed, now) || observed.generation < 2) return [];
  const own = observed.events.filter(({ object }) => object.kind === observed.kind && object.name === observed.name);
  const newest = own.map(({ lastAt }) => lastAt).sort((one, other) => other.getTime() - one.getTime())[0];
  if (newest !== undefined && newest >= observed.generationSeenAt) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-034",
      rule: "eventsDried",
      severity: "info",
      actor: "nobody",
      values: { generation: observed.generation },
      evidence: [evidenceOf(observed.ref, "Event", newest === undefined ? "none" : `newest ${newest.toISOString()}`, newest ?? null)],
    }),
  ];
};

/** TRL-RTE-035: everything the route waited for is there now, and the controller does not come back: no resync is set (lattice.md §2.2, §1.13). */
export const resyncOff: RouteFindingRule = (observed, now) => {
  if (heldRules(observed) !== "differs" || isYoungerThan(observed.generationSeenAt, RESYNC_MS, now) || observed.deletingSince !== null)
    return [];
  const isComplete = wantedRules(observed).every(({ backends }) => backends.every(({ targetGroupId }) => targetGroupId !== null));
  const said = warningLike(observed, /could not be found|LATTICE_RETRY|requeue needed/i);
  const isAsleep = said !== null && !isYoungerThan(said.lastAt, RESYNC_MS, now);
  if (!isComplete || !isAsleep || refusedParent(observed, "Accepted") !== null) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-035",
      rule: "resyncOff",
      severity: "warning",
      actor: "platform",
      evidence: [eventEvidence(observed, said)],
    }),
  ];
};

/** TRL-RTE-036: Warnings of the first half minute belong to a group that is being made (409, requeue); they are over by themselves (lattice.md §10.1.4). */
export const settling: RouteFindingRule = (observed, now): readonly Finding[] => {
  const said = warningLike(observed, /CREATE_IN_PROGRESS|LATTICE_RETRY|requeue needed|RegisterTargets/i);
  if (said === null || isSpecHeld(observed) || said.lastAt.getTime() - said.firstAt.getTime() > SETTLING_MS) return [];
  if (!isYoungerThan(said.lastAt, SETTLING_MS * 2, now)) return [];
  return [
    routeFindingOf({ code: "TRL-RTE-036", rule: "settling", severity: "info", actor: "nobody", evidence: [eventEvidence(observed, said)] }),
  ];
};
