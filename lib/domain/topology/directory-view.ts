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

/** `grpcurl` instead of curl for gRPC, `openssl` for TLS passthrough; not every service has every one. */
export const SNIPPETS = ["curl", "grpcurl", "openssl", "typescript", "python", "go", "java"] as const;
export const DirectorySnippet = z.strictObject({ id: z.enum(SNIPPETS), code: z.string() });
export type DirectorySnippet = z.infer<typeof DirectorySnippet>;

/** What lies behind the filter "health": everything that is neither well nor at rest counts as `unhealthy`. */
export const DIRECTORY_HEALTH = ["healthy", "unhealthy"] as const;
export type DirectoryHealth = (typeof DIRECTORY_HEALTH)[number];

/** The page of one service: what a caller must know, and whom to ask. */
export const DirectoryEntry = z.strictObject({
  ...DirectoryRow.shape,
  /** Only what product.md §2 names: the reader is outside its team. */
  limited: z.boolean(),
  url: z.nullable(z.string()),
  /** Must at least some callers sign? */
  signed: z.boolean(),
  /** What to do, in the order in which a caller stumbles: network to associate, security groups, address, signing. */
  steps: z.array(z.strictObject({ title: Message, text: Message, raw: z.nullable(z.string()) })),
  snippets: z.array(DirectorySnippet),
  callers: z.array(Message),
  consumers: z.array(ConsumerView),
  /** Null for readers with the limited view. */
  accessLogs: z.nullable(z.strictObject({ state: z.enum(["on", "off", "unknown"]), sentence: Message })),
  can: z.strictObject({ askToCall: z.boolean(), whyNotAskToCall: z.nullable(Message) }),
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;
