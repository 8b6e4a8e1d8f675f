import { z } from "zod";
import { accountOf } from "../auth/request-context.ts";

const tokenText = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const Identity = z.strictObject({
  roleArn: z.string().regex(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/),
  sessionName: z.string().min(1).default("sandbox"),
  /** Tags of the session: what `aws:PrincipalTag/…` sees. */
  tags: z.record(z.string(), z.string()).default({}),
  orgId: z.nullable(z.string()).default(null),
  /** The caller's own policy as JSON; null: it allows every call. */
  policy: z.nullable(z.string()).default(null),
});

/**
 * One call as it leaves a workload. What Lattice's API does not hold is told with it: who calls and how it signs, the caller's security
 * groups, whether its VPC resolves a custom domain name.
 */
export const CallToCarry = z
  .strictObject({
    callerVpcId: z.string().min(1),
    /** `vpcOwner`: account of the VPC; absent: the account of its association. */
    vpcOwner: z.string().optional(),
    clientSecurityGroupIds: z.array(z.string()).default([]),
    identity: z.nullable(Identity).default(null),
    /** `good` needs an identity; `bad` is a signature that does not verify, a wrong scope or a signed payload. */
    signing: z.enum(["none", "good", "bad"]).default("none"),
    customNameResolves: z.boolean().default(true),
    scheme: z.enum(["http", "https"]).default("http"),
    host: z.string().min(1),
    port: z.int().min(1).max(65_535),
    method: z.string().regex(tokenText).default("GET"),
    path: z.string().startsWith("/").default("/"),
    /** Without the question mark. */
    query: z.string().default(""),
    headers: z.record(z.string().regex(tokenText), z.string()).default({}),
    body: z.string().default(""),
    /** Instead of chance when a group is chosen by weight. */
    random: z.number().min(0).lt(1).optional(),
  })
  .refine((call) => call.signing !== "good" || call.identity !== null, "a call that is signed well needs an identity");
export type CallToCarry = z.output<typeof CallToCarry>;

/** Which callers a security group of a VPC association lets in. A group that was never told about lets in everybody. */
export const SecurityGroup = z.strictObject({
  id: z.string().min(1),
  admits: z.array(z.strictObject({ port: z.nullable(z.int()).default(null), from: z.nullable(z.string()).default(null) })),
});
export type SecurityGroup = z.output<typeof SecurityGroup>;

/** How the program behind a target behaves, health checks apart: `targetGroup` (id or name) and `ip` narrow it, the last word counts. */
export const TargetBehaviour = z.strictObject({
  targetGroup: z.string().optional(),
  ip: z.string().optional(),
  answers: z.enum(["echo", "refuses", "hangs-up", "is-silent", "error"]),
});
export type TargetBehaviour = z.output<typeof TargetBehaviour>;

export function vpcOwnerOf(call: CallToCarry, associationArn: string): string {
  return call.vpcOwner ?? accountOf(associationArn);
}
