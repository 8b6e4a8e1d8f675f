import { z } from "zod";
import { ConditionView, Glyph, Visibility } from "../clusters/cluster-view.ts";
import { Finding } from "../clusters/finding.ts";
import { Message } from "../message.ts";
import { ObjectRef } from "../requests/plan.ts";
import { RouteMatch, RouteProtocol } from "./route-input.ts";

const instant = z.iso.datetime();

/** lattice.md §3.9 without its Event clauses, plus `requested` and `deleting` (product.md §4). */
export const ROUTE_STATES = [
  "requested",
  "provisioning",
  "ok",
  "degraded",
  "down",
  "unchecked",
  "unattached",
  "misconfigured",
  "missing",
  "failed",
  "deleting",
  "unknown",
] as const;
export const RouteState = z.enum(ROUTE_STATES);
export type RouteState = z.infer<typeof RouteState>;

export const GROUP_STATES = ["ok", "degraded", "down", "starting", "unused", "unchecked", "empty", "missing", "unknown"] as const;
export const GroupState = z.enum(GROUP_STATES);
export type GroupState = z.infer<typeof GroupState>;

/** One hop that must be proven before a call can travel; in the order of lattice.md §9.5. */
export const PROOFS = ["export", "target-group", "accepted", "service", "association", "rules", "policy", "targets", "consumers"] as const;
export const RouteProof = z.strictObject({
  id: z.enum(PROOFS),
  state: z.enum(["proven", "waiting", "failed", "unknown", "none"]),
  label: Message,
  /** What was seen, in one sentence with the raw words in it. */
  evidence: Message,
  raw: z.nullable(z.string()),
  at: z.nullable(instant),
});
export type RouteProof = z.infer<typeof RouteProof>;

/** What we make of the observed route. `since` is filled by the door from our own history: the controller's times lie. */
export const RouteStatus = z.strictObject({
  state: RouteState,
  stuck: z.boolean(),
  glyph: Glyph,
  sentence: Message,
  since: z.nullable(instant),
  evidenceAt: z.nullable(instant),
  proofs: z.array(RouteProof),
  findings: z.array(Finding),
});
export type RouteStatus = z.infer<typeof RouteStatus>;

export const RouteRowView = z.strictObject({
  key: z.string(),
  managementCluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  team: z.nullable(z.string()),
  managed: z.boolean(),
  visibility: Visibility,
  protocol: RouteProtocol,
  network: z.nullable(z.string()),
  domainName: z.nullable(z.string()),
  state: RouteState,
  stuck: z.boolean(),
  glyph: Glyph,
  sentence: Message,
  since: z.nullable(instant),
  evidenceAt: z.nullable(instant),
  targets: z.nullable(z.strictObject({ healthy: z.int(), total: z.int() })),
  findings: z.int(),
  openRequest: z.nullable(z.string()),
});
export type RouteRowView = z.infer<typeof RouteRowView>;

export const TargetView = z.strictObject({
  id: z.string(),
  port: z.nullable(z.int()),
  status: z.string(),
  glyph: Glyph,
  reasonCode: z.nullable(z.string()),
  reason: z.nullable(Message),
});

/** One side of a rule: the kubeService behind it, its weight in the object and in Lattice, and the health of its target group. */
export const BackendView = z.strictObject({
  importName: z.string(),
  cluster: z.nullable(z.string()),
  namespace: z.string(),
  kubeService: z.nullable(z.string()),
  port: z.nullable(z.int()),
  weight: z.int(),
  /** Null when Lattice has no such rule. */
  latticeWeight: z.nullable(z.int()),
  sharePercent: z.number(),
  group: z.nullable(z.strictObject({ id: z.string(), name: z.string(), status: z.string() })),
  state: GroupState,
  glyph: Glyph,
  sentence: Message,
  healthy: z.int(),
  total: z.int(),
  targets: z.array(TargetView),
  at: z.nullable(instant),
});
export type BackendView = z.infer<typeof BackendView>;

export const RuleView = z.strictObject({
  n: z.int(),
  match: RouteMatch,
  words: Message,
  backends: z.array(BackendView),
  /** Does Lattice hold exactly this rule? */
  proven: z.boolean(),
  warnings: z.array(Message),
});
export type RuleView = z.infer<typeof RuleView>;

/** Reachability is per consumer and never blended with health. Name resolution, security groups and signing cannot be read: "not checked". */
export const ConsumerView = z.strictObject({
  name: z.string(),
  team: z.nullable(z.string()),
  cluster: z.nullable(z.string()),
  vpcId: z.nullable(z.string()),
  words: Message,
  glyph: Glyph,
  reachable: z.enum(["yes", "no", "unknown"]),
  sentence: Message,
  notChecked: z.array(Message),
});
export type ConsumerView = z.infer<typeof ConsumerView>;

/** Kubernetes and Lattice side by side: teaches how the two worlds match. Null on a side that has no such thing. */
export const MappingRow = z.strictObject({
  kubernetes: z.nullable(z.strictObject({ kind: z.string(), name: z.string(), where: z.string() })),
  lattice: z.nullable(z.strictObject({ kind: z.string(), name: z.string(), id: z.nullable(z.string()) })),
  owner: z.enum(["platform", "team"]),
  glyph: Glyph,
  note: z.nullable(Message),
});

export const RouteEventView = z.strictObject({
  cluster: z.string(),
  object: z.string(),
  type: z.enum(["Normal", "Warning"]),
  reason: z.string(),
  message: z.string(),
  /** What it means when we know: "settling", "lies". */
  meaning: z.nullable(Message),
  count: z.int(),
  firstAt: instant,
  lastAt: instant,
});

/** A delivered version one can go back to: the request that made it. */
export const RouteVersionView = z.strictObject({
  request: z.string(),
  kind: z.string(),
  by: z.nullable(z.string()),
  at: instant,
  current: z.boolean(),
  summary: Message,
});

/** The route page. `limited` for somebody outside the team who sees it by organisation visibility: only what product.md §2 names. */
export const RouteView = z.strictObject({
  ...RouteRowView.omit({ state: true, stuck: true, glyph: true, sentence: true, since: true, evidenceAt: true, findings: true }).shape,
  description: z.nullable(z.string()),
  limited: z.boolean(),
  status: RouteStatus,
  serviceName: z.nullable(z.string()),
  hostname: z.nullable(z.string()),
  url: z.nullable(z.string()),
  howToCall: z.array(Message),
  path: z.array(RuleView),
  consumers: z.array(ConsumerView),
  policy: z.nullable(
    z.strictObject({ words: z.array(Message), json: z.string(), state: z.nullable(z.string()), warnings: z.array(Message) }),
  ),
  accessLogs: z.nullable(z.strictObject({ destinationArn: z.string(), active: z.boolean() })),
  conditions: z.array(ConditionView),
  events: z.array(RouteEventView),
  mapping: z.array(MappingRow),
  objects: z.array(z.strictObject({ destination: z.string(), ref: ObjectRef })),
  versions: z.array(RouteVersionView),
  requestedBy: z.nullable(z.string()),
  createdAt: z.nullable(instant),
  can: z.strictObject({
    change: z.boolean(),
    delete: z.boolean(),
    askToCall: z.boolean(),
    whyNotChange: z.nullable(Message),
    whyNotDelete: z.nullable(Message),
    whyNotAskToCall: z.nullable(Message),
  }),
});
export type RouteView = z.infer<typeof RouteView>;

/** A kubeService of a tenant cluster, read live; for members of that cluster's team only. */
export const KubeServiceView = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  ports: z.array(z.strictObject({ name: z.nullable(z.string()), port: z.int(), protocol: z.string() })),
  readyPods: z.int(),
  totalPods: z.int(),
  owner: z.nullable(z.string()),
  /** The route that publishes it already, or the request that will. */
  publishedBy: z.nullable(z.string()),
  /** Null: may be published. */
  whyNot: z.nullable(Message),
});
export type KubeServiceView = z.infer<typeof KubeServiceView>;

/**
 * The objects by which a VPC joins a network (lattice.md §9.1), as YAML that holds `SECURITY_GROUP` where only an admin knows the id: no API server takes it like that.
 * `otherNetwork`: the network the VPC is in already; it cannot be in two.
 */
export const VpcJoin = z.strictObject({ manifests: z.string(), otherNetwork: z.nullable(z.string()) });
export const SECURITY_GROUP = "sg-REPLACE-ME";

/** How much of a quota is in use; null while it was not read. */
export const NetworkQuota = z.strictObject({
  quota: z.enum(["servicesInNetwork", "vpcsInNetwork", "servicesInRegion", "targetGroupsInRegion"]),
  used: z.nullable(z.int()),
  limit: z.int(),
});
export type NetworkQuota = z.infer<typeof NetworkQuota>;

export const ServiceNetworkView = z.strictObject({
  name: z.string(),
  managementCluster: z.string(),
  account: z.string(),
  awsAccountId: z.string(),
  region: z.string(),
  description: z.nullable(z.string()),
  glyph: Glyph,
  sentence: Message,
  evidenceAt: z.nullable(instant),
  networkId: z.nullable(z.string()),
  gateway: z.nullable(z.strictObject({ ref: ObjectRef, programmed: z.boolean(), conditions: z.array(ConditionView) })),
  listeners: z.array(
    z.strictObject({ name: z.string(), protocol: z.string(), port: z.int(), attachedRoutes: z.nullable(z.int()), glyph: Glyph }),
  ),
  vpcAssociations: z.array(
    z.strictObject({
      vpcId: z.string(),
      status: z.string(),
      glyph: Glyph,
      cluster: z.nullable(z.string()),
      team: z.nullable(z.string()),
      /** What a platform admin applies in a cluster of this VPC to associate it; null where nothing is missing. */
      join: z.nullable(VpcJoin),
    }),
  ),
  publishers: z.array(z.string()),
  callers: z.array(z.string()),
  services: z.nullable(z.int()),
  /** Of the network, and of its account in its Region; empty for those who only use it. */
  quotas: z.array(NetworkQuota),
  /** Who owns which object: the operator's half and the developers' half of Gateway API. */
  owners: z.array(z.strictObject({ object: z.string(), owner: z.enum(["platform", "team"]), note: Message })),
  findings: z.array(Finding),
});
export type ServiceNetworkView = z.infer<typeof ServiceNetworkView>;
