import { LATTICE_TAGS } from "../lattice-facts.ts";
import { isSpecHeld, isYoungerThan, refusedParent } from "../route-facts.ts";
import { ROUTE_GRACE_MS } from "../route-limits.ts";
import {
  conditionEvidence,
  eventEvidence,
  evidenceOf,
  latticeEvidenceOf,
  type RouteFindingRule,
  routeFindingOf,
  warningLike,
} from "./route-finding-of.ts";

/** TRL-RTE-007: the Lattice service of this name belongs to another route or another controller; the controller does not try again (lattice.md §1.4). */
export const conflictedName: RouteFindingRule = (observed) => {
  const condition = refusedParent(observed, "Accepted", "Conflicted");
  const tags = observed.lattice?.tags ?? null;
  const named = tags?.value[LATTICE_TAGS.routeName];
  const space = tags?.value[LATTICE_TAGS.routeNamespace];
  const isForeign = named !== undefined && space !== undefined && (named !== observed.name || space !== observed.namespace);
  if (condition === null && !isForeign) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-007",
      rule: "conflictedName",
      severity: "error",
      actor: "platform",
      values: { service: observed.serviceName, owner: isForeign ? `${space}/${named}` : "–" },
      evidence: [
        ...(condition === null ? [] : [conditionEvidence(observed.ref, condition)]),
        ...(isForeign
          ? [
              latticeEvidenceOf(
                observed,
                `tags of ${observed.serviceName}`,
                `${LATTICE_TAGS.routeNamespace}=${space} ${LATTICE_TAGS.routeName}=${named}`,
                tags?.at ?? null,
              ),
            ]
          : []),
      ],
    }),
  ];
};

/** TRL-RTE-011: no Gateway of that name, so that the controller leaves no word at all on the route (lattice.md §10.2). */
export const gatewayMissing: RouteFindingRule = (observed, now) => {
  const [parent] = observed.parents;
  if (observed.gateway !== null || parent === undefined || isYoungerThan(observed.generationSeenAt, ROUTE_GRACE_MS, now)) return [];
  const { namespace, name } = parent.gateway;
  return [
    routeFindingOf({
      code: "TRL-RTE-011",
      rule: "gatewayMissing",
      severity: "error",
      actor: "platform",
      values: { gateway: `${namespace}/${name}` },
      evidence: [evidenceOf({ ...observed.ref, kind: "Gateway", namespace, name }, "metadata.name", "not found", null)],
    }),
  ];
};

/** TRL-RTE-012: the Gateway is there, but the controller finds no service network of its name: not made, not shared by RAM, or named twice (lattice.md §1.3). */
export const networkNotFound: RouteFindingRule = ({ gateway }) => {
  const programmed = gateway?.conditions.find(({ type }) => type === "Programmed");
  if (gateway === null || programmed?.status !== "False") return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-012",
      rule: programmed.reason === "Invalid" ? "networkNamedTwice" : "networkNotFound",
      severity: "error",
      actor: "platform",
      values: { network: gateway.name },
      evidence: [conditionEvidence(gateway.ref, programmed)],
    }),
  ];
};

/** TRL-RTE-013: `Programmed` never got an answer: the controller is not at work, or may not list networks (403; lattice.md §10.2). */
export const gatewayUnanswered: RouteFindingRule = ({ gateway }, now) => {
  if (gateway === null || isYoungerThan(gateway.createdAt, ROUTE_GRACE_MS, now)) return [];
  const programmed = gateway.conditions.find(({ type }) => type === "Programmed");
  if (programmed !== undefined && programmed.status !== "Unknown") return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-013",
      rule: "gatewayUnanswered",
      severity: "error",
      actor: "platform",
      values: { gateway: gateway.name },
      evidence: [
        programmed === undefined ? evidenceOf(gateway.ref, "status.conditions", "[]", null) : conditionEvidence(gateway.ref, programmed),
      ],
    }),
  ];
};

/** TRL-RTE-014: the controller has not touched the route although its Gateway works: one worker takes routes in turn, and waits behind another one's throttled calls (lattice.md §10.2). */
export const controllerSilent: RouteFindingRule = (observed, now) => {
  const isSilent = observed.parents.every(({ conditions }) => conditions === null || conditions.length === 0);
  const isProgrammed = observed.gateway?.conditions.some(({ type, status }) => type === "Programmed" && status === "True") === true;
  if (!isSilent || !isProgrammed || observed.deletingSince !== null || isYoungerThan(observed.generationSeenAt, ROUTE_GRACE_MS, now))
    return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-014",
      rule: "controllerSilent",
      severity: "error",
      actor: "platform",
      evidence: [
        evidenceOf(observed.ref, "status.parents", "[]", observed.observedAt),
        evidenceOf(observed.ref, "metadata.finalizers", observed.hasFinalizers ? "present" : "[]", observed.observedAt),
      ],
    }),
  ];
};

/** TRL-RTE-015: AWS slows the account down. The controllers retry inside their client, without a word, and every other route waits behind (lattice.md §10.2). */
export const throttled: RouteFindingRule = (observed, now) => {
  const { lattice } = observed;
  const until = lattice?.health.throttledUntil ?? null;
  const isOurs = (until !== null && new Date(until) > now) || lattice?.health.error?.includes("throttled") === true;
  const said = warningLike(observed, /ThrottlingException|TooManyRequests|rate exceeded|StatusCode: 429/i);
  const isRecent = said !== null && isYoungerThan(said.lastAt, ROUTE_GRACE_MS * 5, now);
  if (!isOurs && !isRecent) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-015",
      rule: "throttled",
      severity: "warning",
      actor: "nobody",
      values: { account: lattice?.account ?? "–" },
      evidence: [
        ...(isOurs
          ? [latticeEvidenceOf(observed, "ThrottlingException", until === null ? "throttled" : `throttled until ${until}`, null)]
          : []),
        ...(isRecent ? [eventEvidence(observed, said)] : []),
      ],
    }),
  ];
};

/** TRL-RTE-016: AWS refuses a call of the controller; nothing of the route moves until its role may make it. */
export const controllerDenied: RouteFindingRule = (observed) => {
  const said = warningLike(observed, /AccessDenied|not authorized to perform|StatusCode: 403/i);
  if (said === null || said.lastAt < observed.generationSeenAt || isSpecHeld(observed)) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-016",
      rule: "controllerDenied",
      severity: "error",
      actor: "platform",
      evidence: [eventEvidence(observed, said)],
    }),
  ];
};

/** TRL-RTE-017: the portal itself may not read Lattice, so that nothing is proven. */
export const readDenied: RouteFindingRule = (observed) => {
  const error = observed.lattice?.health.error ?? null;
  if (observed.lattice === null || error === null || !error.includes("denied")) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-017",
      rule: "readDenied",
      severity: "warning",
      actor: "platform",
      values: { account: observed.lattice.account },
      evidence: [latticeEvidenceOf(observed, "AccessDeniedException", error, dateOf(observed.lattice.health.lastPassAt))],
    }),
  ];
};

/** TRL-RTE-018: a quota of Lattice is full; rules and groups made before the wall stay (lattice.md §10.2). */
export const quotaReached: RouteFindingRule = (observed) => {
  const said = warningLike(observed, /ServiceQuotaExceeded|quota|StatusCode: 402/i);
  if (said === null || said.lastAt < observed.generationSeenAt || isSpecHeld(observed)) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-018",
      rule: "quotaReached",
      severity: "error",
      actor: "platform",
      evidence: [eventEvidence(observed, said)],
    }),
  ];
};

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
