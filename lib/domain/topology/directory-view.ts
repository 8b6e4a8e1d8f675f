import { z } from "zod";
import { Glyph, Visibility } from "../clusters/cluster-view.ts";
import { Message } from "../message.ts";
import { ConsumerView } from "../routes/route-view.ts";
import { TargetKind } from "./topology-view.ts";

const instant = z.iso.datetime();

/**
 * One callable service. A route's address is its namespace and name; a Lattice service that Kubernetes does not own has the namespace
 * `aws.<account>` (no Kubernetes namespace has a dot) and its Lattice name.
 */
export const DirectoryRow = z.strictObject({
  /** `namespace/name` */
  key: z.string(),
  namespace: z.string(),
  name: z.string(),
  source: z.enum(["route", "lattice"]),
  team: z.nullable(z.string()),
  description: z.nullable(z.string()),
  visibility: Visibility,
  networks: z.array(z.string()),
  domainName: z.nullable(z.string()),
  protocol: z.enum(["http", "grpc", "tls"]),
  targets: z.array(TargetKind),
  /** "cart of shop; GET /v1/*", in one line. */
  mayCall: Message,
  state: Message,
  glyph: Glyph,
  sentence: Message,
  changedAt: z.nullable(instant),
  evidenceAt: z.nullable(instant),
});
export type DirectoryRow = z.infer<typeof DirectoryRow>;

export const SNIPPETS = ["curl", "typescript", "python", "go", "java"] as const;

/** The page of one service: what a caller must know, and whom to ask. */
export const DirectoryEntry = z.strictObject({
  ...DirectoryRow.shape,
  url: z.nullable(z.string()),
  signed: z.boolean(),
  /** What to do, in the order in which a caller stumbles: network to associate, security groups, address, signing. */
  steps: z.array(z.strictObject({ title: Message, text: Message, raw: z.nullable(z.string()) })),
  snippets: z.array(z.strictObject({ id: z.enum(SNIPPETS), code: z.string() })),
  callers: z.array(Message),
  consumers: z.array(ConsumerView),
  accessLogs: z.strictObject({ state: z.enum(["on", "off", "unknown"]), sentence: Message }),
  can: z.strictObject({ askToCall: z.boolean(), whyNotAskToCall: z.nullable(Message) }),
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;
