import type { MessageValues } from "../portal-error.ts";
import type { AuthPolicy } from "./auth-policy.ts";
import { isAllowed } from "./is-allowed.ts";
import type { LatticeAuthPolicy, Seen } from "./lattice-facts.ts";
import { parseAuthPolicy, type ReadAuthPolicy } from "./parse-auth-policy.ts";
import type { PolicyCall } from "./policy-call.ts";

/** What one level (network or service) asks of callers; null members were never read. */
export type AccessFacts = { readonly authType: string | null; readonly policy: Seen<LatticeAuthPolicy | null> | null };

/**
 * What one level makes of a call. `open`: it asks for no policy. `missing`: AWS_IAM without a policy refuses everybody. `inactive`: there is one that is not in
 * force. `unreadable`: the parser refuses it, so it is counted as denied-or-unknown, never as allowed. `hangs`: a statement hangs on what only AWS knows.
 */
export type AccessDecision = { readonly result: "allowed" | "denied" | "unknown" } & (
  | { readonly why: "open" | "missing" | "inactive" | "unread" }
  | { readonly why: "unreadable"; readonly rule: string; readonly values: MessageValues }
  | { readonly why: "allow" | "explicit" | "implicit" | "hangs"; readonly statement: number | null; readonly policy: AuthPolicy }
);

/** lattice.md §3.5, for one of the two levels; a call must pass both, and the caller's own policy. */
export function decideAccess({ authType, policy }: AccessFacts, call: PolicyCall): AccessDecision {
  if (authType === "NONE") return { result: "allowed", why: "open" };
  if (authType !== "AWS_IAM" || policy === null) return { result: "unknown", why: "unread" };
  if (policy.value === null) return { result: "denied", why: "missing" };
  if (policy.value.state !== "Active") return { result: "denied", why: "inactive" };
  const read = readOnce(policy.value);
  if (!read.ok) return { result: "unknown", why: "unreadable", rule: read.rule, values: read.values };
  const { result, statement } = isAllowed(read.policy, call);
  const why = result === "allowed" ? "allow" : result === "unknown" ? "hangs" : statement === null ? "implicit" : "explicit";
  return { result, why, statement, policy: read.policy };
}

/** Facts stay the same objects while nothing changes: ten thousand questions parse a policy once. */
const known = new WeakMap<LatticeAuthPolicy, ReadAuthPolicy>();

function readOnce(held: LatticeAuthPolicy): ReadAuthPolicy {
  const read = known.get(held) ?? parseAuthPolicy(held.policy);
  known.set(held, read);
  return read;
}
