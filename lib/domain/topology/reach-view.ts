import { z } from "zod";
import { Glyph } from "../clusters/cluster-view.ts";
import { Message } from "../message.ts";

const instant = z.iso.datetime();

/** The layers a call passes, in this order; the first that fails is the answer. */
export const REACH_LAYERS = [
  "vpc",
  "association",
  "share",
  "security-groups",
  "dns",
  "listener",
  "rule",
  "target-groups",
  "targets",
  "network-policy",
  "service-policy",
  "identity-policy",
  "signing",
] as const;
export const ReachLayerId = z.enum(REACH_LAYERS);
export type ReachLayerId = z.infer<typeof ReachLayerId>;

/**
 * `not-checkable`: nobody outside the caller can read it (a name's resolution, the caller's own policy). `unknown`: could be read, but was
 * not or not lately. `not-needed`: does not apply to this call. Neither of the three is ever counted as passed.
 */
export const ReachState = z.enum(["passed", "failed", "unknown", "not-checkable", "not-needed"]);
export type ReachState = z.infer<typeof ReachState>;

export const ReachActor = z.enum(["caller", "owner", "platform", "aws"]);
export type ReachActor = z.infer<typeof ReachActor>;

export const ReachLayer = z.strictObject({
  id: ReachLayerId,
  state: ReachState,
  glyph: Glyph,
  label: Message,
  sentence: Message,
  /** What was seen, raw: statuses, ids, the statement that decides. Null for readers with the limited view. */
  evidence: z.nullable(z.string()),
  at: z.nullable(instant),
  /** Who can change it, when it failed or may fail. */
  actor: z.nullable(ReachActor),
});
export type ReachLayer = z.infer<typeof ReachLayer>;

/** Who calls, in the words of the address: `cluster/<namespace>/<name>`, `cluster/<namespace>/<name>/<kube namespace>/<service account>`, `vpc/<id>`, `role/<arn>`. */
export const ReachCaller = z.strictObject({
  id: z.string(),
  kind: z.enum(["cluster", "service-account", "vpc", "role"]),
  name: z.string(),
  team: z.nullable(z.string()),
  vpcId: z.nullable(z.string()),
  roleArn: z.nullable(z.string()),
});
export type ReachCaller = z.infer<typeof ReachCaller>;

export const ReachService = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  team: z.nullable(z.string()),
  domainName: z.nullable(z.string()),
  networks: z.array(z.string()),
});
export type ReachService = z.infer<typeof ReachService>;

/** Can this caller call this service with this call? `unknown` when no layer fails and one that could be read is not known. */
export const ReachAnswer = z.strictObject({
  caller: ReachCaller,
  service: ReachService,
  call: z.strictObject({
    method: z.string(),
    path: z.string(),
    headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  }),
  verdict: z.enum(["yes", "no", "unknown"]),
  glyph: Glyph,
  /** The first failure and who must act, or what is not known, or that the call arrives. */
  sentence: Message,
  firstFailure: z.nullable(ReachLayerId),
  layers: z.array(ReachLayer),
  /** The oldest evidence that the verdict rests on. */
  at: z.nullable(instant),
});
export type ReachAnswer = z.infer<typeof ReachAnswer>;

export const ReachQuery = z.strictObject({
  caller: z.string().min(1).max(2200),
  /** `<namespace>/<name>` as in the directory. */
  service: z.string().min(3).max(320),
  method: z.exactOptional(z.string().max(20)),
  /** Without a path: the call that the service's first rule takes. */
  path: z.exactOptional(z.string().max(2000)),
  /** Of the listener; without it the one that a caller would choose, encrypted before plain. */
  port: z.exactOptional(z.coerce.number().int().min(1).max(65_535)),
  /** `name: value`, one a text. */
  header: z.exactOptional(
    z
      .array(
        z
          .string()
          .max(400)
          .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+:/),
      )
      .max(10),
  ),
  /** Where a role calls from, when its team has more than one place. */
  vpc: z.exactOptional(z.string().max(40)),
});
export type ReachQuery = z.infer<typeof ReachQuery>;

/** Whom and what the reader may ask about. */
export const ReachOptions = z.strictObject({
  callers: z.array(ReachCaller),
  services: z.array(ReachService),
  networks: z.array(z.string()),
});
export type ReachOptions = z.infer<typeof ReachOptions>;

export const ReachMatrixQuery = z.strictObject({ network: z.string().min(1).max(63) });
export type ReachMatrixQuery = z.infer<typeof ReachMatrixQuery>;

/** All callers of a network against all its services. `cells[row][column]` is an index into `outcomes`; rows follow `callers`, columns `services`. */
export const ReachMatrix = z.strictObject({
  network: z.string(),
  callers: z.array(ReachCaller),
  services: z.array(ReachService),
  outcomes: z.array(
    z.strictObject({ verdict: z.enum(["yes", "no", "unknown"]), layer: z.nullable(ReachLayerId), glyph: Glyph, words: Message }),
  ),
  cells: z.array(z.array(z.int())),
  at: z.nullable(instant),
});
export type ReachMatrix = z.infer<typeof ReachMatrix>;
