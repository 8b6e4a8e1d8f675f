import { conditionsHold } from "./conditions-hold.ts";
import type { PolicyDocument, PolicyStatement } from "./policy-document.ts";
import { principalFits } from "./principal-fits.ts";
import type { RequestContext, SigningIdentity } from "./request-context.ts";
import { wildcardPattern } from "./wildcard-pattern.ts";

export type PolicyRequest = {
  readonly identity: SigningIdentity | null;
  readonly action: "vpc-lattice-svcs:Invoke" | "vpc-lattice-svcs:Connect";
  /** `<arn of the service>/<path>` */
  readonly resource: string;
  readonly context: RequestContext;
};
/** `statement`: place of the one that decides; null when none fits. */
export type Decision = { readonly effect: "allow" | "explicit-deny" | "implicit-deny"; readonly statement: number | null };

/**
 * One policy's word on one request: an explicit deny, else an allow, else the implicit deny. `kind` `identity`: the policy hangs on the
 * caller and names no principal.
 */
export function evaluatePolicy(policy: PolicyDocument, request: PolicyRequest, kind: "resource" | "identity" = "resource"): Decision {
  const variables = policy.Version === "2012-10-17" ? request.context : null;
  let allowedBy: number | null = null;
  for (const [place, statement] of policy.Statement.entries()) {
    if (!applies(statement, { request, variables, kind })) continue;
    if (statement.Effect === "Deny") return { effect: "explicit-deny", statement: place };
    allowedBy ??= place;
  }
  return { effect: allowedBy === null ? "implicit-deny" : "allow", statement: allowedBy };
}

type Applied = { request: PolicyRequest; variables: RequestContext | null; kind: "resource" | "identity" };

function applies(statement: PolicyStatement, { request, variables, kind }: Applied): boolean {
  const action = (pattern: string) =>
    wildcardPattern(pattern, { variables: null, wildcards: true, ignoreCase: true })?.test(request.action) ?? false;
  const resource = (pattern: string) => wildcardPattern(pattern, { variables, wildcards: true })?.test(request.resource) ?? false;
  return (
    (kind === "identity" || principalApplies(statement, request.identity)) &&
    anyOrNone(statement.Action, statement.NotAction, action) &&
    anyOrNone(statement.Resource, statement.NotResource, resource) &&
    conditionsHold(statement.Condition, request.context, variables)
  );
}

function principalApplies({ Principal, NotPrincipal }: PolicyStatement, identity: SigningIdentity | null): boolean {
  if (Principal) return Principal.some((name) => principalFits(name, identity));
  return NotPrincipal?.every((name) => !principalFits(name, identity)) ?? false;
}

function anyOrNone(any: readonly string[] | undefined, none: readonly string[] | undefined, fits: (one: string) => boolean): boolean {
  return any ? any.some(fits) : (none?.every((one) => !fits(one)) ?? false);
}
