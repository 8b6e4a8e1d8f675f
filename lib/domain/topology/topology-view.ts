import { z } from "zod";
import { Glyph } from "../clusters/cluster-view.ts";
import { Message } from "../message.ts";

const instant = z.iso.datetime();

/** `route` is the Lattice service of a Trellis route; `lattice-service` one that Kubernetes does not own (EC2, Lambda, ALB, shared by RAM). */
export const NODE_KINDS = [
  "management-cluster",
  "account",
  "vpc",
  "cluster",
  "kube-service",
  "route",
  "lattice-service",
  "network",
  "target-group",
  "consumer",
] as const;
export const NodeKind = z.enum(NODE_KINDS);
export type NodeKind = z.infer<typeof NodeKind>;

/**
 * `owns`: management cluster → cluster, route. `runs-in`: cluster → VPC, VPC → account, kubeService → cluster, consumer → cluster or VPC.
 * `exports`: kubeService → target group. `routes-to`: route or Lattice service → target group, with its weight; while Lattice has no such
 * group, route → kubeService. `associated-with`: route, Lattice service or VPC → network. `may-call`: consumer → route. `shared-with`: network
 * or Lattice service → account (RAM). Where an end is folded, the edge ends at the node that stands for it.
 */
export const EDGE_KINDS = ["owns", "runs-in", "exports", "routes-to", "associated-with", "may-call", "shared-with"] as const;
export const EdgeKind = z.enum(EDGE_KINDS);
export type EdgeKind = z.infer<typeof EdgeKind>;

/** What stands behind a target group, in Lattice's words; `kubernetes` is an IP group that a ServiceExport feeds. */
export const TARGET_KINDS = ["kubernetes", "instance", "ip", "alb", "lambda"] as const;
export const TargetKind = z.enum(TARGET_KINDS);
export type TargetKind = z.infer<typeof TargetKind>;

/** The words before short facts; the texts stand under `topology.fact`. Values are shown as they are, `targetKind` under `topology.targetKind`. */
export const FACT_KEYS = [
  "id",
  "awsAccountId",
  "region",
  "cidr",
  /** VPCs with an overlapping range: joined through Lattice they need no other addresses. */
  "overlapsAllowed",
  "version",
  "protocol",
  "domainName",
  "listeners",
  "targetKind",
  "port",
  "targets",
  "vpc",
  "principal",
  "sharedFrom",
  "managedBy",
] as const;
export const FactKey = z.enum(FACT_KEYS);
export type FactKey = z.infer<typeof FactKey>;

/** How many things of each glyph a folded node stands for. */
export const GlyphCounts = z.partialRecord(Glyph, z.int());
export type GlyphCounts = z.infer<typeof GlyphCounts>;

/** One thing on the map. Ids are stable: `<kind>/<what names it for good>`, for example `cluster/mgmt-local/team-payments/checkout`. */
export const TopologyNode = z.strictObject({
  id: z.string(),
  kind: NodeKind,
  name: z.string(),
  /** The node it is drawn inside: the VPC of a cluster, the account of a VPC or network, the cluster of a kubeService; null at the top. */
  parent: z.nullable(z.string()),
  /** The team that owns it; null: the platform's, or nobody's in Trellis. */
  team: z.nullable(z.string()),
  /** Id of the account in the bootstrap file, the 12 digits of one that is not in it, or null. */
  account: z.nullable(z.string()),
  glyph: Glyph,
  /** One short line under the name: "22 nodes", "10.20.0.0/16", "5/6". */
  note: z.nullable(Message),
  /** The status sentence of the side panel and the table. */
  sentence: Message,
  /** The time of the evidence behind the glyph; null while there is none. */
  at: z.nullable(instant),
  /** Names its page: a cluster, route or directory entry. */
  ref: z.nullable(z.strictObject({ namespace: z.string(), name: z.string() })),
  /** Short facts for panel and table, in a fixed order; values are shown as they are. */
  facts: z.array(z.strictObject({ key: FactKey, value: z.string() })),
  /** What is wrong, in one line each, at most three; empty for readers with the limited view. */
  findings: z.array(Message),
  /** Set when the node stands for parts of its own that are not drawn; null: drawn whole. */
  folded: z.nullable(z.strictObject({ count: z.int(), byGlyph: GlyphCounts })),
});
export type TopologyNode = z.infer<typeof TopologyNode>;

export const TopologyEdge = z.strictObject({
  /** `<kind>:<from>><to>` */
  id: z.string(),
  kind: EdgeKind,
  from: z.string(),
  to: z.string(),
  team: z.nullable(z.string()),
  /** ok: works; failed: blocked; progressing: being set up; unknown: not known (drawn dashed). */
  glyph: Glyph,
  /** Share of the calls in percent, on `routes-to`. */
  weight: z.nullable(z.number()),
  sentence: Message,
  at: z.nullable(instant),
});
export type TopologyEdge = z.infer<typeof TopologyEdge>;

/** One source of evidence: a management cluster's watches, or one account's Lattice. The map draws what has arrived and says what has not. */
export const TopologySource = z.strictObject({
  id: z.string(),
  kind: z.enum(["management-cluster", "account"]),
  name: z.string(),
  glyph: Glyph,
  sentence: Message,
  at: z.nullable(instant),
});
export type TopologySource = z.infer<typeof TopologySource>;

/** The map as one reader may see it under one filter. Nodes and edges are sorted by id, so that the same facts give the same bytes. */
export const TopologyView = z.strictObject({
  nodes: z.array(TopologyNode),
  edges: z.array(TopologyEdge),
  sources: z.array(TopologySource),
  /** Before folding, after the filter. */
  total: z.int(),
  /** Things that are not drawn, by health; empty when all are. Only healthy things are ever folded. */
  folded: GlyphCounts,
  /** Of everything the reader may see, whatever the filter says: what the filter can choose from, and the number on "Only unhealthy". */
  choices: z.strictObject({
    teams: z.array(z.string()),
    accounts: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    networks: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    unhealthy: z.int(),
  }),
});
export type TopologyView = z.infer<typeof TopologyView>;

export const MAX_VISIBLE_NODES = 500;

/** The filter and focus of a map: the same words in the address of the page, in REST and in the topic. */
export const TopologyInput = z.strictObject({
  team: z.exactOptional(z.string().max(60)),
  account: z.exactOptional(z.string().max(60)),
  /** Name of a service network. */
  network: z.exactOptional(z.string().max(63)),
  /** `unhealthy`: what is neither ok nor resting, with what it is drawn in. */
  health: z.exactOptional(z.enum(["unhealthy"])),
  q: z.exactOptional(z.string().trim().max(100)),
  /** A node's id: only it and its neighbourhood of `depth` steps (default 2). */
  focus: z.exactOptional(z.string().max(400)),
  depth: z.exactOptional(z.coerce.number().int().min(1).max(6)),
  /** Ids of nodes whose folded parts are drawn. */
  expand: z.exactOptional(z.array(z.string().max(400)).max(50)),
  /** Ids of nodes that are drawn closed. */
  collapse: z.exactOptional(z.array(z.string().max(400)).max(200)),
});
export type TopologyInput = z.infer<typeof TopologyInput>;

/** What a topic pushes under the key "": what became another one since the last push, and what is gone. */
export const TopologyPatch = z.strictObject({
  nodes: z.array(TopologyNode),
  edges: z.array(TopologyEdge),
  /** Ids of nodes and edges that are gone. */
  removed: z.array(z.string()),
  /** Nodes and edges whose evidence only became another age, by that age: most of a quiet fleet's news. */
  ages: z.array(z.strictObject({ at: z.nullable(instant), ids: z.array(z.string()) })),
  sources: z.array(TopologySource),
  total: z.int(),
  folded: GlyphCounts,
  choices: TopologyView.shape.choices,
});
export type TopologyPatch = z.infer<typeof TopologyPatch>;
