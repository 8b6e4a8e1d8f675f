import { randomBytes } from "node:crypto";
import type { AssumeRoleResponse, GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import { z } from "zod";
import { LatticeError } from "../lattice-error.ts";
import type { Call } from "../operations/call.ts";
import type { Access } from "../operations/operation.ts";
import { assumedRoleArn } from "../store/role-sessions.ts";

/** One operation of a Query API: a form in, XML out. */
type QueryOperation = {
  readonly name: string;
  readonly access: Access;
  readonly run: (call: Call, form: Readonly<Record<string, string>>) => object;
};

const AssumeRole = z.object({
  RoleArn: z.string().min(20).max(2_048),
  RoleSessionName: z
    .string()
    .min(2)
    .max(64)
    .regex(/^[\w+=,.@-]*$/),
  ExternalId: z.string().min(2).max(1_224).optional(),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3_600),
});

/** STS as far as the portal uses it. Both are reads to the role's `access`: they change nothing in the account. */
export const securityTokenOperations: readonly QueryOperation[] = [
  { name: "AssumeRole", access: "read", run: assumeRole },
  {
    name: "GetCallerIdentity",
    access: "read",
    run: ({ caller }): GetCallerIdentityResponse => ({ UserId: `AIDA${caller.account}`, Account: caller.account, Arn: caller.arn }),
  },
];

/** One sentence for a role that is absent, does not trust the caller, or wants another external id: AWS does not tell them apart either. */
function assumeRole(call: Call, form: Readonly<Record<string, string>>): AssumeRoleResponse {
  const parsed = AssumeRole.safeParse(form);
  if (!parsed.success) throw new LatticeError(400, "ValidationError", parsed.error.issues.map((one) => one.message).join("; "));
  const { RoleArn, RoleSessionName, ExternalId, DurationSeconds } = parsed.data;
  const role = call.roles.find((one) => one.arn === RoleArn);
  const trusted = role !== undefined && (role.trusted === undefined || role.trusted.includes(call.caller.name));
  if (!trusted || (role.externalId !== null && role.externalId !== ExternalId)) {
    const message = `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`;
    throw new LatticeError(403, "AccessDenied", message);
  }
  const session = call.sessions.open(RoleArn, { sessionName: RoleSessionName, now: call.now, seconds: DurationSeconds });
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: randomBytes(30).toString("base64"),
      SessionToken: session.sessionToken,
      Expiration: new Date(session.expiresAt),
    },
    AssumedRoleUser: { AssumedRoleId: `AROA${role.arn.split(":")[4] ?? ""}:${RoleSessionName}`, Arn: assumedRoleArn(session) },
  };
}
