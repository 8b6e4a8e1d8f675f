import type { Finding } from "../../clusters/finding.ts";
import { refusedParent } from "../route-facts.ts";
import { conditionEvidence, evidenceOf, type RouteFindingRule, routeFindingOf } from "./route-finding-of.ts";

/** What the controller never reads: no error and no condition says so (lattice.md §1.4). The rest of `unsupported` fails the whole route. */
const IGNORED: readonly string[] = ["filters", "timeouts", "retry", "sessionPersistence", "backendRefs.filters"];

/** TRL-RTE-001: a match that Lattice cannot make; the whole route then stays as it was, and no condition tells. */
export const unsupportedMatch: RouteFindingRule = (observed) => {
  const fields = fieldsOf(observed.rules, (field) => !IGNORED.includes(field));
  if (fields.length === 0) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-001",
      rule: "unsupportedMatch",
      severity: "error",
      actor: "team",
      values: { fields: fields.join(", ") },
      evidence: fields.map((field) => evidenceOf(observed.ref, `spec.${field}`, field, null)),
    }),
  ];
};

/** TRL-RTE-002: fields that are ignored in silence, so that the route does less than it says. */
export const ignoredFields: RouteFindingRule = (observed) => {
  const fields = fieldsOf(observed.rules, (field) => IGNORED.includes(field));
  if (fields.length === 0) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-002",
      rule: "ignoredFields",
      severity: "warning",
      actor: "team",
      values: { fields: fields.join(", ") },
      evidence: fields.map((field) => evidenceOf(observed.ref, `spec.${field}`, field, null)),
    }),
  ];
};

function fieldsOf(rules: readonly { readonly unsupported: readonly string[] }[], isWanted: (field: string) => boolean): readonly string[] {
  return rules.flatMap(({ unsupported }, index) => unsupported.filter(isWanted).map((field) => `rules[${index}].${field}`));
}

type Refusal = {
  readonly code: string;
  readonly rule: string;
  readonly condition: string;
  readonly reasons: readonly string[];
  readonly actor: Finding["actor"];
};

/** Conditions that are False name their reason; each reason has somebody else to act on it (lattice.md §1.4, "Conditions"). */
const REFUSALS: readonly Refusal[] = [
  { code: "TRL-RTE-003", rule: "noListenerFits", condition: "Accepted", reasons: ["NoMatchingParent"], actor: "team" },
  { code: "TRL-RTE-004", rule: "notAllowedByListeners", condition: "Accepted", reasons: ["NotAllowedByListeners"], actor: "platform" },
  { code: "TRL-RTE-005", rule: "hostnameMismatch", condition: "Accepted", reasons: ["NoMatchingListenerHostname"], actor: "team" },
  { code: "TRL-RTE-006", rule: "certificateNotFound", condition: "Accepted", reasons: ["CertificateNotFound"], actor: "platform" },
  { code: "TRL-RTE-008", rule: "importMissing", condition: "ResolvedRefs", reasons: ["BackendNotFound", "InvalidKind"], actor: "team" },
  {
    code: "TRL-RTE-009",
    rule: "importRefused",
    condition: "ResolvedRefs",
    reasons: ["InvalidExternalTargetGroup", "ConflictingServiceImportAnnotations", "ExternalTargetGroupNotFound", "RefNotPermitted"],
    actor: "team",
  },
];

/** TRL-RTE-003 to 006, 008 and 009: the controller refuses the route, or cannot find what it names. */
export const refusals: RouteFindingRule = (observed) =>
  REFUSALS.flatMap(({ code, rule, condition: type, reasons, actor }) => {
    const condition = refusedParent(observed, type, ...reasons);
    if (condition === null) return [];
    const values = {
      network: observed.network ?? "–",
      listener: observed.listener ?? "–",
      hostname: observed.hostnames[0] ?? "–",
      namespace: observed.namespace,
      reason: condition.reason ?? "",
    };
    return [routeFindingOf({ code, rule, severity: "error", actor, values, evidence: [conditionEvidence(observed.ref, condition)] })];
  });

/** TRL-RTE-010: a Service that speaks both IP versions has no target group (lattice.md §1.7). */
export const dualStack: RouteFindingRule = (observed) => {
  const condition = refusedParent(observed, "Accepted", "UnsupportedValue");
  const twoFamilies = observed.providers
    .flatMap(({ exports }) => exports)
    .filter(({ kubeService }) => (kubeService?.ipFamilies.length ?? 0) > 1);
  if (condition === null && twoFamilies.length === 0) return [];
  return [
    routeFindingOf({
      code: "TRL-RTE-010",
      rule: "dualStack",
      severity: "error",
      actor: "team",
      values: { kubeService: twoFamilies[0]?.name ?? "–" },
      evidence: [
        ...(condition === null ? [] : [conditionEvidence(observed.ref, condition)]),
        ...twoFamilies.map((one) =>
          evidenceOf(
            observed.ref,
            `${one.cluster} Service ${one.namespace}/${one.name} spec.ipFamilies`,
            one.kubeService?.ipFamilies.join(", ") ?? "",
            one.observedAt,
          ),
        ),
      ],
    }),
  ];
};
