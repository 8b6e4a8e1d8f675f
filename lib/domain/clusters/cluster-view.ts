import { z } from "zod";
import { Message } from "../message.ts";
import { ObjectRef } from "../requests/plan.ts";
import { Finding } from "./finding.ts";

export const CLUSTER_STATES = [
  "requested",
  "creating",
  "ready",
  "updating",
  "upgrading",
  "degraded",
  "failed",
  "paused",
  "hibernated",
  "deleting",
  "unknown",
] as const;
export const ClusterState = z.enum(CLUSTER_STATES);
export type ClusterState = z.infer<typeof ClusterState>;

export const Visibility = z.enum(["team", "organisation"]);
export type Visibility = z.infer<typeof Visibility>;

const instant = z.iso.datetime();

/** The glyph vocabulary of the design (look/README §4). */
export const Glyph = z.enum([
  "ok",
  "progressing",
  "waiting",
  "attention",
  "failed",
  "unknown",
  "paused",
  "hibernated",
  "deleting",
  "closed",
  "todo",
]);
export type Glyph = z.infer<typeof Glyph>;

/** One step of a cluster's way. `usual` is the usual range in seconds, null when nothing is known. */
export const StatusStep = z.strictObject({
  id: z.string(),
  label: Message,
  detail: z.nullable(Message),
  state: z.enum(["done", "current", "stuck", "failed", "todo"]),
  startedAt: z.nullable(instant),
  endedAt: z.nullable(instant),
  usual: z.nullable(z.strictObject({ lowSeconds: z.number(), highSeconds: z.number() })),
});
export type StatusStep = z.infer<typeof StatusStep>;

/** What we make of the observed objects. `evidenceAt` is the age of the oldest proof used; null when there is none. */
export const ClusterStatus = z.strictObject({
  state: ClusterState,
  stuck: z.boolean(),
  glyph: Glyph,
  sentence: Message,
  since: z.nullable(instant),
  evidenceAt: z.nullable(instant),
  steps: z.array(StatusStep),
  findings: z.array(Finding),
});
export type ClusterStatus = z.infer<typeof ClusterStatus>;

/** One row of the cluster list. Open create requests and observed Clusters stand in the same list. */
export const ClusterRowView = z.strictObject({
  key: z.string(),
  managementCluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  team: z.nullable(z.string()),
  managed: z.boolean(),
  visibility: Visibility,
  state: ClusterState,
  stuck: z.boolean(),
  glyph: Glyph,
  sentence: Message,
  since: z.nullable(instant),
  evidenceAt: z.nullable(instant),
  version: z.nullable(z.string()),
  account: z.nullable(z.string()),
  region: z.nullable(z.string()),
  blueprint: z.nullable(z.string()),
  nodes: z.nullable(z.strictObject({ ready: z.int(), desired: z.int() })),
  findings: z.int(),
  openRequest: z.nullable(z.string()),
});
export type ClusterRowView = z.infer<typeof ClusterRowView>;

export const PoolView = z.strictObject({
  name: z.string(),
  glyph: Glyph,
  stateLabel: Message,
  instanceType: z.nullable(z.string()),
  capacityType: z.nullable(z.string()),
  amiType: z.nullable(z.string()),
  zones: z.array(z.string()),
  ready: z.int(),
  desired: z.int(),
  min: z.nullable(z.int()),
  max: z.nullable(z.int()),
});

export const ConditionView = z.strictObject({
  type: z.string(),
  status: z.string(),
  glyph: Glyph,
  reason: z.nullable(z.string()),
  message: z.nullable(z.string()),
  at: z.nullable(instant),
});

/** One object of the graph. `parent` is the id of the object above; ids are `Kind/name`. */
export const ObjectView = z.strictObject({
  id: z.string(),
  parent: z.nullable(z.string()),
  ref: ObjectRef,
  glyph: Glyph,
  summary: Message,
  at: z.nullable(instant),
  conditions: z.array(ConditionView),
});
export type ObjectView = z.infer<typeof ObjectView>;

/** The cluster page. `limited` is true for somebody outside the team who sees it by organisation visibility: pools, objects, steps and raw evidence are then empty. */
export const ClusterView = z.strictObject({
  ...ClusterRowView.omit({ state: true, stuck: true, glyph: true, sentence: true, since: true, evidenceAt: true, findings: true }).shape,
  description: z.nullable(z.string()),
  limited: z.boolean(),
  status: ClusterStatus,
  eksName: z.nullable(z.string()),
  endpoint: z.nullable(z.string()),
  vpcCidr: z.nullable(z.string()),
  createdAt: z.nullable(instant),
  requestedBy: z.nullable(z.string()),
  createRequest: z.nullable(z.string()),
  addons: z.array(z.strictObject({ name: z.string(), version: z.string(), status: z.nullable(z.string()) })),
  accessEntries: z.array(z.strictObject({ principal: z.string(), policies: z.array(z.string()) })),
  pools: z.array(PoolView),
  objects: z.array(ObjectView),
  can: z.strictObject({ connect: z.boolean(), delete: z.boolean(), whyNotConnect: z.nullable(Message), whyNotDelete: z.nullable(Message) }),
});
export type ClusterView = z.infer<typeof ClusterView>;
