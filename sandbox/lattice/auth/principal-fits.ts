import { accountOf, type SigningIdentity, sessionArn } from "./request-context.ts";

/**
 * Whether a name in a `Principal` means this caller: everybody, an account by number or root, a role, or one session of it. Wildcards inside
 * an ARN mean nothing here. Without an identity only everybody fits.
 */
export function principalFits(name: string, identity: SigningIdentity | null): boolean {
  if (name === "*") return true;
  if (!identity) return false;
  const account = accountOf(identity.roleArn);
  const partition = identity.roleArn.split(":")[1] ?? "aws";
  return [account, `arn:${partition}:iam::${account}:root`, identity.roleArn, sessionArn(identity)].includes(name);
}
