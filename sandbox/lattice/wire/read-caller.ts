import type { Caller, KnownCaller, KnownRole } from "../callers.ts";
import { LatticeError } from "../lattice-error.ts";
import { type RoleSessions, sessionCaller } from "../store/role-sessions.ts";
import type { WireRequest } from "./resolve-call.ts";

export type Credential = {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly sessionToken: string | null;
};

/** Key, Region and service of the SigV4 scope; null without a signature. The signature itself is not verified. */
export function readCredential(headers: WireRequest["headers"]): Credential | null {
  const { authorization, "x-amz-security-token": token } = headers;
  const scope = /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(
    typeof authorization === "string" ? authorization : "",
  );
  const [, accessKeyId, region, service] = scope ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return null;
  return { accessKeyId, region, service, sessionToken: typeof token === "string" ? token : null };
}

type Known = {
  readonly now: number;
  readonly callers: ReadonlyMap<string, KnownCaller>;
  readonly roles: readonly KnownRole[];
  readonly sessions: RoleSessions;
};

/** Who calls; throws as AWS does for credentials that are absent, unknown, not whole or expired. */
export function readCaller(credential: Credential | null, { now, callers, roles, sessions }: Known): Caller {
  if (!credential) throw new LatticeError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  const known = callers.get(credential.accessKeyId);
  if (known) {
    const arn = `arn:aws:iam::${known.account}:user/${known.caller}`;
    return { name: known.caller, account: known.account, arn, access: "full" };
  }
  const session = sessions.find(credential.accessKeyId);
  const role = session ? roles.find(({ arn }) => arn === session.roleArn) : undefined;
  if (!session || !role || session.sessionToken !== credential.sessionToken)
    throw new LatticeError(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
  if (session.expiresAt <= now)
    throw new LatticeError(403, "ExpiredTokenException", "The security token included in the request is expired");
  return sessionCaller(session, role);
}
