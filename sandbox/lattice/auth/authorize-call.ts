import { type Decision, evaluatePolicy, type PolicyRequest } from "./evaluate-policy.ts";
import { parsePolicy } from "./policy-document.ts";
import { sessionArn } from "./request-context.ts";

type Guarded = { readonly authType: "AWS_IAM" | "NONE"; readonly policy: string | null };
export type Refusal = { readonly layer: "network-policy" | "service-policy" | "identity-policy"; readonly reason: string };

/**
 * The policies a call must pass, in order: the network's and the service's where their auth type is AWS_IAM, then, if one of them is, the
 * policy of the caller who signed. A policy that is missing or malformed allows nothing. Null: the call may pass.
 */
export function authorizeCall(
  request: PolicyRequest,
  { network, service, identityPolicy }: { network: Guarded; service: Guarded; identityPolicy: string | null },
): Refusal | null {
  const guards = [
    { layer: "network-policy", words: "network-based policy", ...network },
    { layer: "service-policy", words: "service-based policy", ...service },
  ] as const;
  const active = guards.filter((guard) => guard.authType === "AWS_IAM");
  for (const { layer, words, policy } of active) {
    const decision = decide(policy, request, "resource");
    if (decision.effect !== "allow") return { layer, reason: words403(request, words, decision) };
  }
  if (active.length === 0 || request.identity === null || identityPolicy === null) return null;
  const decision = decide(identityPolicy, request, "identity");
  return decision.effect === "allow" ? null : { layer: "identity-policy", reason: words403(request, "identity-based policy", decision) };
}

function decide(policy: string | null, request: PolicyRequest, kind: "resource" | "identity"): Decision {
  const parsed = policy === null ? null : parsePolicy(policy);
  return parsed ? evaluatePolicy(parsed, request, kind) : { effect: "implicit-deny", statement: null };
}

function words403({ identity, action, resource }: PolicyRequest, policy: string, { effect }: Decision): string {
  const who = identity ? sessionArn(identity) : "anonymous";
  const why = effect === "explicit-deny" ? `with an explicit deny in a ${policy}` : `because no ${policy} allows the ${action} action`;
  return `AccessDeniedException: User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
