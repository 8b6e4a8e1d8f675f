import { reachabilityOf } from "../reachability.ts";
import { isWithinDeadline, isYoungerThan } from "../route-facts.ts";
import { ROUTE_DELETE_LONG_MS, ROUTE_GRACE_MS } from "../route-limits.ts";
import { samePolicy } from "../same-policy.ts";
import { conditionEvidence, evidenceOf, latticeEvidenceOf, type RouteFindingRule, routeFindingOf } from "./route-finding-of.ts";

/** TRL-RTE-042: the policy object is accepted and Lattice does not enforce it: the service is open, or refuses everybody (lattice.md §0 fact 7, §10.1.6). */
export const policyNotActive: RouteFindingRule = (observed, now) => {
  const { policy, lattice } = observed;
  if (policy === null || lattice === null || lattice.service === null || observed.deletingSince !== null) return [];
  if (lattice.detail === null || lattice.policy === null || isWithinDeadline(observed, now)) return [];
  const { authType } = lattice.detail.value;
  const held = lattice.policy.value;
  const isActive = authType === "AWS_IAM" && held?.state === "Active";
  if (isActive && samePolicy(held.policy, policy.policy)) return [];
  const accepted = policy.conditions.find(({ type }) => type === "Accepted");
  return [
    routeFindingOf({
      code: "TRL-RTE-042",
      rule: isActive ? "policyOther" : authType === "AWS_IAM" ? "policyNotActive" : "policyOpen",
      severity: "error",
      actor: "platform",
      values: { authType, state: held?.state ?? "–" },
      evidence: [
        ...(accepted === undefined ? [] : [conditionEvidence(policy.ref, accepted)]),
        latticeEvidenceOf(
          observed,
          `service ${lattice.service.value.id}`,
          `authType ${authType} · policy ${held?.state ?? "none"}`,
          lattice.detail.at,
        ),
      ],
    }),
  ];
};

/** TRL-RTE-043: the policy object itself is refused: another one came first, its target is not there, or it is no policy (lattice.md §1.11). */
export const policyRefused: RouteFindingRule = ({ policy, accessLog }) =>
  [policy, accessLog].flatMap((object) => {
    const accepted = object?.conditions.find(({ type, status }) => type === "Accepted" && status === "False");
    if (object === null || accepted === undefined) return [];
    return [
      routeFindingOf({
        code: "TRL-RTE-043",
        rule: "policyRefused",
        severity: "error",
        actor: "platform",
        values: { kind: object.ref.kind, reason: accepted.reason ?? "" },
        evidence: [conditionEvidence(object.ref, accepted)],
      }),
    ];
  });

/** TRL-RTE-044: access logs are asked for and Lattice has no such subscription. */
export const logsNotActive: RouteFindingRule = (observed, now) => {
  const { accessLog, lattice } = observed;
  if (
    accessLog === null ||
    lattice?.accessLogs == null ||
    isWithinDeadline(observed, now) ||
    isYoungerThan(accessLog.createdAt, ROUTE_GRACE_MS, now)
  )
    return [];
  if (lattice.accessLogs.value.some(({ destinationArn }) => destinationArn === accessLog.destinationArn)) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-044",
      rule: "logsNotActive",
      severity: "warning",
      actor: "platform",
      values: { destination: accessLog.destinationArn },
      evidence: [
        evidenceOf(accessLog.ref, "spec.destinationArn", accessLog.destinationArn, accessLog.observedAt),
        latticeEvidenceOf(
          observed,
          "access log subscriptions",
          lattice.accessLogs.value.map(({ destinationArn }) => destinationArn).join(", ") || "[]",
          lattice.accessLogs.at,
        ),
      ],
    }),
  ];
};

/** TRL-RTE-045: an import of another namespace without a ReferenceGrant for this team. The controller does not look at grants (lattice.md §0 fact 9), admission does. */
export const grantAbsent: RouteFindingRule = (observed) => {
  const spaces = observed.rules.flatMap(({ backends }) => backends.map(({ namespace }) => namespace));
  return [...new Set(spaces)]
    .filter((namespace) => namespace !== observed.namespace && !observed.grantedNamespaces.includes(namespace))
    .map((namespace) =>
      routeFindingOf({
        code: "TRL-RTE-045",
        rule: "grantAbsent",
        severity: "error",
        actor: "platform",
        values: { namespace, from: observed.namespace },
        evidence: [
          evidenceOf(
            { ...observed.ref, kind: "ReferenceGrant", namespace, name: "*" },
            "spec.from",
            "none for this namespace",
            observed.observedAt,
          ),
        ],
      }),
    );
};

/** TRL-RTE-046: a consumer's VPC is not associated with the network, so that the name does not resolve there (lattice.md §2.4). */
export const consumerNotAssociated: RouteFindingRule = (observed, now) =>
  observed.consumers.flatMap((consumer) => {
    const look = reachabilityOf(observed, consumer, now);
    if (look.blockedBy !== "vpc") return [];
    return [
      routeFindingOf({
        code: "TRL-RTE-046",
        rule: "consumerNotAssociated",
        severity: "warning",
        actor: "platform",
        values: { consumer: consumer.name, vpc: consumer.vpcId ?? "–", network: observed.network ?? "–" },
        evidence: [
          latticeEvidenceOf(observed, "VPC associations", `${consumer.vpcId ?? "–"}: ${statusOf(observed, consumer.vpcId)}`, look.at),
        ],
      }),
    ];
  });

function statusOf({ lattice }: Parameters<RouteFindingRule>[0], vpc: string | null): string {
  const all = (lattice?.networks ?? []).flatMap(({ vpcs }) => vpcs?.value ?? []);
  return all.find(({ vpcId }) => vpcId === vpc)?.status ?? "none";
}

/** TRL-RTE-047: something of the route is being deleted for longer than it takes; a policy that was never applied hangs until the route is gone (lattice.md §10.1.6, §1.2). */
export const finalizerHung: RouteFindingRule = (observed, now) =>
  [observed, observed.policy, observed.accessLog, ...observed.imports].flatMap((object) => {
    if (object === null || object.deletingSince === null || !object.hasFinalizers) return [];
    if (isYoungerThan(object.deletingSince, ROUTE_DELETE_LONG_MS, now)) return [];
    return [
      routeFindingOf({
        code: "TRL-RTE-047",
        rule: object.ref.kind === "IAMAuthPolicy" ? "policyFinalizerHung" : "finalizerHung",
        severity: "error",
        actor: "platform",
        values: { object: `${object.ref.kind} ${object.ref.name}` },
        evidence: [evidenceOf(object.ref, "metadata.deletionTimestamp", object.deletingSince.toISOString(), object.deletingSince)],
      }),
    ];
  });
