import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LATTICE_TAGS } from "../lattice-facts.ts";
import type { ObservedLattice, ObservedRoute } from "../observed-route.ts";
import { routeStatus } from "../route-status.ts";
import {
  anExport,
  anImport,
  authPolicy,
  BACKEND,
  condition,
  event,
  gateway,
  group,
  lattice,
  latticeRule,
  listener,
  NOW,
  observedRoute,
  parent,
  provider,
  SERVICE,
  secondsAgo,
  seen,
  serviceNetwork,
  target,
} from "../testing.ts";

type More = Partial<ObservedRoute>;
type Row = { readonly code: string; readonly name: string; readonly is: More; readonly isNot: More; readonly actor?: string };

const young = { generationSeenAt: secondsAgo(20) };
const of = (more: Partial<ObservedLattice>): More => ({ lattice: lattice(more) });
const rules = (...unsupported: readonly string[]): More => ({ rules: [{ match: { headers: [] }, backends: [BACKEND], unsupported }] });
const refused = (reason: string, type = "Accepted"): More => ({
  parents: [parent([condition(type === "Accepted" ? "ResolvedRefs" : "Accepted", "True"), condition(type, "False", { reason })])],
});
const unreadRules = { listeners: seen([listener([latticeRule([{ targetGroupId: "tg-other", weight: 1 }])])]) };
const warned = (text: string, ageSeconds = 30, firstSeconds = ageSeconds): More => ({
  events: [event("FailedDeployModel", text, { lastAt: secondsAgo(ageSeconds), firstAt: secondsAgo(firstSeconds) })],
});
const targets = (...statuses: readonly string[]): More =>
  of({
    groups: [
      group(
        "orders",
        statuses.map((status, index) => target(`10.0.1.1${index}`, status)),
      ),
    ],
  });
const health = (more: Partial<ObservedLattice["health"]>): More => of({ health: { ...lattice().health, ...more } });
const associationOf = (status: string) =>
  (lattice().associations?.value ?? []).map((one) => ({ ...one, status, failureCode: "E1", failureMessage: "no room" }));
const programmed = (status: "True" | "False" | "Unknown", reason: string): More => ({
  gateway: gateway({ conditions: [condition("Programmed", status, { reason })] }),
});

const TABLE: readonly Row[] = [
  { code: "TRL-RTE-001", name: "unsupported match", is: rules("queryParams"), isNot: rules("filters"), actor: "team" },
  { code: "TRL-RTE-002", name: "ignored fields", is: rules("filters", "timeouts"), isNot: rules("matches[1]"), actor: "team" },
  {
    code: "TRL-RTE-003",
    name: "no listener fits",
    is: refused("NoMatchingParent"),
    isNot: refused("NotAllowedByListeners"),
    actor: "team",
  },
  {
    code: "TRL-RTE-004",
    name: "not allowed by listeners",
    is: refused("NotAllowedByListeners"),
    isNot: refused("NoMatchingParent"),
    actor: "platform",
  },
  { code: "TRL-RTE-005", name: "hostname mismatch", is: refused("NoMatchingListenerHostname"), isNot: {}, actor: "team" },
  { code: "TRL-RTE-006", name: "certificate not found", is: refused("CertificateNotFound"), isNot: {}, actor: "platform" },
  {
    code: "TRL-RTE-007",
    name: "conflicted service name",
    is: refused("Conflicted"),
    isNot: refused("NoMatchingParent"),
    actor: "platform",
  },
  {
    code: "TRL-RTE-007",
    name: "service tagged for another route",
    is: of({ tags: seen({ [LATTICE_TAGS.routeName]: "other", [LATTICE_TAGS.routeNamespace]: "team-shop" }) }),
    isNot: of({ tags: seen({}) }),
  },
  {
    code: "TRL-RTE-008",
    name: "import missing",
    is: refused("BackendNotFound", "ResolvedRefs"),
    isNot: refused("ExternalTargetGroupNotFound", "ResolvedRefs"),
  },
  {
    code: "TRL-RTE-009",
    name: "import refused",
    is: refused("ConflictingServiceImportAnnotations", "ResolvedRefs"),
    isNot: refused("BackendNotFound", "ResolvedRefs"),
  },
  {
    code: "TRL-RTE-010",
    name: "dual-stack service",
    is: {
      providers: [
        provider({ exports: [anExport("orders", { kubeService: { ports: [80], ipFamilies: ["IPv4", "IPv6"], readyPods: 2 } })] }),
      ],
    },
    isNot: {
      providers: [provider({ exports: [anExport("orders", { kubeService: { ports: [80], ipFamilies: ["IPv6"], readyPods: 2 } })] })],
    },
    actor: "team",
  },
  { code: "TRL-RTE-010", name: "dual-stack by condition", is: refused("UnsupportedValue"), isNot: {} },
  { code: "TRL-RTE-011", name: "gateway missing", is: { gateway: null }, isNot: { gateway: null, ...young } },
  {
    code: "TRL-RTE-012",
    name: "network not found",
    is: programmed("False", "Pending"),
    isNot: programmed("True", "Programmed"),
    actor: "platform",
  },
  { code: "TRL-RTE-013", name: "gateway unanswered", is: programmed("Unknown", "Pending"), isNot: programmed("False", "Pending") },
  {
    code: "TRL-RTE-014",
    name: "controller silent",
    is: { parents: [parent(null)] },
    isNot: { parents: [parent(null)], ...young },
    actor: "platform",
  },
  {
    code: "TRL-RTE-015",
    name: "throttled",
    is: health({ throttledUntil: secondsAgo(-30).toISOString() }),
    isNot: health({ throttledUntil: secondsAgo(30).toISOString() }),
  },
  {
    code: "TRL-RTE-016",
    name: "controller denied",
    is: { ...of(unreadRules), ...warned("AccessDeniedException: not authorized to perform: vpc-lattice:CreateRule") },
    isNot: warned("AccessDeniedException: not authorized to perform: vpc-lattice:CreateRule"),
  },
  {
    code: "TRL-RTE-017",
    name: "read denied",
    is: health({ error: "errors.lattice.denied" }),
    isNot: health({ error: "errors.lattice.timeout" }),
    actor: "platform",
  },
  {
    code: "TRL-RTE-018",
    name: "quota",
    is: { ...of(unreadRules), ...warned("ServiceQuotaExceededException: rules per listener") },
    isNot: { ...of(unreadRules), ...warned("ServiceQuotaExceededException: rules per listener", 4_000) },
    actor: "platform",
  },
  {
    code: "TRL-RTE-019",
    name: "provider cluster unreachable",
    is: { providers: [provider({ error: "errors.kubernetes.tenantUnreachable" })] },
    isNot: { providers: [provider({ freshAt: secondsAgo(100) })] },
  },
  {
    code: "TRL-RTE-019",
    name: "provider cluster silent",
    is: { providers: [provider({ freshAt: secondsAgo(200) })] },
    isNot: { providers: [provider({ freshAt: null })] },
  },
  {
    code: "TRL-RTE-020",
    name: "export missing",
    is: { providers: [provider({ exports: [] })] },
    isNot: { providers: [provider({ exports: [], error: "errors.kubernetes.tenantUnreachable" })] },
    actor: "team",
  },
  { code: "TRL-RTE-021", name: "export late", is: of({ groups: [] }), isNot: { ...of({ groups: [] }), ...young }, actor: "platform" },
  {
    code: "TRL-RTE-022",
    name: "export not federated",
    is: { providers: [provider({ exports: [anExport("orders", { federated: false })] })] },
    isNot: { providers: [provider({ exports: [anExport("other", { federated: false }), anExport("orders")] })] },
  },
  {
    code: "TRL-RTE-023",
    name: "export deleted first",
    is: { providers: [provider({ exports: [anExport("orders", { deletingSince: secondsAgo(5) })] })] },
    isNot: { deletingSince: secondsAgo(9), providers: [provider({ exports: [anExport("orders", { deletingSince: secondsAgo(5) })] })] },
  },
  {
    code: "TRL-RTE-024",
    name: "export protocol changed",
    is: { providers: [provider({ exports: [anExport("orders", { protocol: "HTTP2" })] })] },
    isNot: { providers: [provider({ exports: [anExport("orders", { protocol: "HTTP1" })] })] },
  },
  {
    code: "TRL-RTE-025",
    name: "stale pod addresses",
    is: {
      providers: [
        provider({ exports: [anExport("orders", { podAddresses: ["10.0.1.10", "10.0.1.99"], addressesSince: secondsAgo(60) })] }),
      ],
    },
    isNot: {
      providers: [provider({ exports: [anExport("orders", { podAddresses: ["10.0.1.10", "10.0.1.99"], addressesSince: secondsAgo(8) })] })],
    },
  },
  { code: "TRL-RTE-026", name: "no targets", is: targets(), isNot: targets("UNHEALTHY") },
  {
    code: "TRL-RTE-027",
    name: "target group failed",
    is: of({ groups: [group("orders", [target("10.0.1.10")], { status: "CREATE_FAILED" })] }),
    isNot: of({ groups: [group("orders", [target("10.0.1.10")], { status: "CREATE_IN_PROGRESS" })] }),
    actor: "aws",
  },
  {
    code: "TRL-RTE-028",
    name: "association failed",
    is: of({ associations: seen(associationOf("CREATE_FAILED")) }),
    isNot: of({ associations: seen(associationOf("ACTIVE")) }),
  },
  {
    code: "TRL-RTE-029",
    name: "association missing",
    is: of({ associations: seen([]) }),
    isNot: { ...of({ associations: seen([]) }), ...young },
  },
  { code: "TRL-RTE-030", name: "half-deployed service", is: of({ listeners: seen([listener([])]) }), isNot: of(unreadRules) },
  {
    code: "TRL-RTE-031",
    name: "conditions True but Lattice has no such rule",
    is: of(unreadRules),
    isNot: { ...of(unreadRules), parents: [parent([condition("Accepted", "True")])] },
  },
  {
    code: "TRL-RTE-032",
    name: "group in use by another service",
    is: of({ groups: [group("orders", [], { serviceArns: [SERVICE.arn.replace("svc-0", "svc-9")] })] }),
    isNot: of({ groups: [group("orders", [], { serviceArns: [] })] }),
    actor: "team",
  },
  { code: "TRL-RTE-033", name: "domain changed", is: { annotatedDomain: "old.example" }, isNot: { annotatedDomain: null } },
  {
    code: "TRL-RTE-034",
    name: "Events dried up",
    is: {
      generation: 2,
      generationSeenAt: secondsAgo(600),
      parents: [parent([condition("Accepted", "True"), condition("ResolvedRefs", "True")], 2)],
      events: [event("DeploySucceed", "ok", { lastAt: secondsAgo(900) })],
    },
    isNot: { generation: 2, generationSeenAt: secondsAgo(600), events: [event("DeploySucceed", "ok", { lastAt: secondsAgo(500) })] },
    actor: "nobody",
  },
  {
    code: "TRL-RTE-035",
    name: "resync off",
    is: { ...of({ listeners: seen([listener([])]) }), ...warned("target group for service import could not be found", 900) },
    isNot: { ...of({ listeners: seen([listener([])]) }), ...warned("target group for service import could not be found", 100) },
    actor: "platform",
  },
  {
    code: "TRL-RTE-036",
    name: "settling",
    is: { ...young, ...of({ listeners: seen([]) }), ...warned("RegisterTargets: target group is CREATE_IN_PROGRESS", 10, 20) },
    isNot: { ...young, ...of({ listeners: seen([]) }), ...warned("RegisterTargets: target group is CREATE_IN_PROGRESS", 10, 60) },
    actor: "nobody",
  },
  {
    code: "TRL-RTE-037",
    name: "all targets unhealthy",
    is: targets("UNHEALTHY", "UNHEALTHY"),
    isNot: targets("UNHEALTHY", "HEALTHY"),
    actor: "platform",
  },
  {
    code: "TRL-RTE-037",
    name: "all targets unhealthy and no pod ready",
    is: {
      ...targets("UNHEALTHY"),
      providers: [provider({ exports: [anExport("orders", { kubeService: { ports: [80], ipFamilies: ["IPv4"], readyPods: 0 } })] })],
    },
    isNot: targets("INITIAL"),
    actor: "team",
  },
  {
    code: "TRL-RTE-038",
    name: "some targets unhealthy",
    is: targets("UNHEALTHY", "HEALTHY"),
    isNot: targets("HEALTHY", "INITIAL"),
    actor: "team",
  },
  { code: "TRL-RTE-039", name: "health checks off", is: targets("UNAVAILABLE"), isNot: targets("HEALTHY") },
  { code: "TRL-RTE-040", name: "unused targets", is: targets("UNUSED"), isNot: { ...targets("UNUSED"), ...young } },
  {
    code: "TRL-RTE-042",
    name: "policy not active though Accepted",
    is: of({ policy: seen({ policy: authPolicy().policy, state: "Inactive" }) }),
    isNot: { ...of({ policy: seen(null) }), ...young },
    actor: "platform",
  },
  {
    code: "TRL-RTE-042",
    name: "another policy in force",
    is: of({ policy: seen({ policy: '{"Statement":[]}', state: "Active" }) }),
    isNot: of({ policy: seen({ policy: JSON.stringify(JSON.parse(authPolicy().policy), null, 2), state: "Active" }) }),
  },
  {
    code: "TRL-RTE-043",
    name: "policy object refused",
    is: { policy: authPolicy({ conditions: [condition("Accepted", "False", { reason: "Conflicted" })] }) },
    isNot: { policy: authPolicy({ conditions: [] }) },
  },
  {
    code: "TRL-RTE-044",
    name: "access logs not active",
    is: { accessLog: { ...authPolicy(), destinationArn: "arn:aws:s3:::logs", subscriptionArn: null } },
    isNot: {
      accessLog: { ...authPolicy(), destinationArn: "arn:aws:s3:::logs", subscriptionArn: null },
      ...of({ accessLogs: seen([{ arn: "arn:als", destinationArn: "arn:aws:s3:::logs" }]) }),
    },
  },
  {
    code: "TRL-RTE-045",
    name: "ReferenceGrant absent",
    is: { grantedNamespaces: [] },
    isNot: {
      grantedNamespaces: [],
      rules: [{ match: { headers: [] }, backends: [{ ...BACKEND, namespace: "team-payments" }], unsupported: [] }],
    },
  },
  {
    code: "TRL-RTE-046",
    name: "consumer's VPC not associated",
    is: of({ networks: [serviceNetwork({ vpcs: seen([]) })] }),
    isNot: of({ networks: [serviceNetwork({ vpcs: null })] }),
    actor: "platform",
  },
  { code: "TRL-RTE-047", name: "finalizer hung", is: { deletingSince: secondsAgo(300) }, isNot: { deletingSince: secondsAgo(30) } },
  {
    code: "TRL-RTE-047",
    name: "policy's finalizer hung",
    is: { policy: authPolicy({ deletingSince: secondsAgo(300) }) },
    isNot: { policy: authPolicy({ deletingSince: secondsAgo(300), hasFinalizers: false }) },
  },
  { code: "TRL-RTE-048", name: "management cluster silent", is: { freshAt: secondsAgo(120) }, isNot: { freshAt: secondsAgo(60) } },
  { code: "TRL-RTE-049", name: "Lattice unread", is: { lattice: null }, isNot: {} },
];

describe.each(TABLE)("$code $name", ({ code, is, isNot, actor }) => {
  const found = (more: More) => routeStatus(observedRoute(more), NOW).findings.filter((finding) => finding.code === code);

  it("is found, with evidence and somebody who must act", () => {
    const [finding] = found(is);
    expect(finding).toMatchObject({ code, evidence: expect.arrayContaining([expect.objectContaining({ field: expect.any(String) })]) });
    if (actor !== undefined) expect(finding?.actor).toBe(actor);
  });

  it("is not found in the near miss", () => expect(found(isNot)).toEqual([]));
});

it("weights on a dead group are called out beside one that answers", () => {
  const sides = [group("orders", [target("10.0.1.10")]), group("orders-next", [target("10.0.2.10", "UNHEALTHY")])];
  const split = (dead: number): More => ({
    imports: [anImport("orders"), anImport("orders-next")],
    rules: [
      {
        match: { headers: [] },
        backends: [
          { ...BACKEND, weight: 90 },
          { ...BACKEND, name: "payments-checkout-orders-next", weight: dead },
        ],
        unsupported: [],
      },
    ],
    lattice: lattice({
      groups: sides,
      listeners: seen([
        listener([latticeRule(sides.map(({ group: { value } }, side) => ({ targetGroupId: value.id, weight: side === 0 ? 90 : dead })))]),
      ]),
    }),
  });
  const codes = (more: More) => routeStatus(observedRoute(more), NOW).findings.map(({ code }) => code);
  expect(codes(split(10))).toContain("TRL-RTE-041");
  expect(codes(split(0))).not.toContain("TRL-RTE-041");
});

it("finds nothing on a route in which everything is fine", () => expect(routeStatus(observedRoute(), NOW).findings).toEqual([]));

it("has words in both languages for every finding that the table makes", () => {
  const findings = TABLE.flatMap(({ is }) => routeStatus(observedRoute(is), NOW).findings);
  for (const locale of ["en", "ja"]) {
    const file = new URL(`../../../../messages/src/route-status.${locale}.json`, import.meta.url);
    expect(existsSync(file)).toBe(true);
    const words: unknown = JSON.parse(readFileSync(file, "utf8"));
    const missing = findings
      .flatMap(({ title, what, todo }) => [title, what, todo])
      .filter(({ messageKey }) => typeof at(words, messageKey) !== "string");
    expect(missing).toEqual([]);
  }
});

function at(tree: unknown, key: string): unknown {
  return key
    .split(".")
    .reduce<unknown>(
      (node, part) => (typeof node === "object" && node !== null && part in node ? Reflect.get(node, part) : undefined),
      tree,
    );
}
