import type { AuthStatement } from "./auth-policy.ts";
import { keepsAnonymousOut } from "./explain-policy.ts";
import type { ObservedServiceNetwork } from "./observed-network.ts";
import { parseAuthPolicy } from "./parse-auth-policy.ts";

/** `some`: callers named by role must sign, others (a VPC) pass without. */
export type Signing = "none" | "some" | "all";

/**
 * Must a caller sign? `authType` as Lattice says it, null while that is not known; `policy` the text in force, or else the one asked for. A service with
 * `AWS_IAM` whose policy is missing or unreadable counts as one that asks for signatures (lattice.md §3.5).
 */
export function signingNeeded({ authType, policy }: { readonly authType: string | null; readonly policy: string | null }): Signing {
  if (policy === null) return authType === "AWS_IAM" ? "all" : "none";
  const read = parseAuthPolicy(policy);
  if (!read.ok || read.policy.statements.some(deniesAnonymous)) return "all";
  const allowing = read.policy.statements.filter(({ effect }) => effect === "Allow");
  const unsigned = allowing.filter(takesUnsigned);
  if (unsigned.length === 0) return "all";
  return unsigned.length === allowing.length ? "none" : "some";
}

type Doors = { readonly service: Signing; readonly networks: readonly Pick<ObservedServiceNetwork, "detail" | "policy">[] };

/** A call passes the policy of the network it comes through and that of the service; where networks differ, some callers must sign. */
export function signingThrough({ service, networks }: Doors): Signing {
  const asked = new Set(networks.map(signingAt));
  const [only = "none"] = asked;
  const atNetworks = asked.size > 1 ? "some" : only;
  if (service === "all" || atNetworks === "all") return "all";
  return service === "some" || atNetworks === "some" ? "some" : "none";
}

function signingAt({ detail, policy }: Doors["networks"][number]): Signing {
  if (detail?.value.authType !== "AWS_IAM") return "none";
  return signingNeeded({ authType: "AWS_IAM", policy: policy?.value?.policy ?? null });
}

/** `Principal "*"` and a NotPrincipal take unsigned callers too, unless a condition keeps them out. */
function takesUnsigned({ principal, notPrincipal, conditions }: AuthStatement): boolean {
  const isOpen = principal.type === "any" ? !notPrincipal : notPrincipal;
  return isOpen && !conditions.some(keepsAnonymousOut);
}

function deniesAnonymous({ effect, principal, conditions }: AuthStatement): boolean {
  if (effect !== "Deny" || principal.type !== "any") return false;
  return conditions.some(
    ({ operator, key, values }) =>
      /^String(?:Equals|Like)/.test(operator) && key.toLowerCase() === "aws:principaltype" && values.includes("Anonymous"),
  );
}
