import { type AuthStatement, SOURCE_VPC } from "./auth-policy.ts";
import type { ObservedConsumer, ObservedRoute } from "./observed-route.ts";
import { parseAuthPolicy } from "./parse-auth-policy.ts";

/**
 * Does the policy that Lattice holds let this consumer in at all? `open`: the service asks for none. `inactive`: there is one that is not in force. A
 * statement must name the role, its account or everybody, and a condition on the VPC must hold (lattice.md §3.5); which calls it may make is another question.
 */
export type PolicyAnswer = "open" | "named" | "not-named" | "inactive" | "unread";

export function policyNames({ lattice }: Pick<ObservedRoute, "lattice">, consumer: ObservedConsumer): PolicyAnswer {
  if (lattice === null || lattice.detail === null) return "unread";
  if (lattice.detail.value.authType !== "AWS_IAM") return "open";
  if (lattice.policy === null) return "unread";
  const held = lattice.policy.value;
  // AWS_IAM without a policy refuses everybody.
  if (held === null) return "not-named";
  if (held.state !== "Active") return "inactive";
  const read = parseAuthPolicy(held.policy);
  if (!read.ok) return "unread";
  const { statements } = read.policy;
  const isDenied = statements.some((one) => one.effect === "Deny" && one.conditions.length === 0 && isWhole(one) && isAbout(one, consumer));
  return !isDenied && statements.some((one) => one.effect === "Allow" && isAbout(one, consumer)) ? "named" : "not-named";
}

function isWhole({ resources, notResource }: AuthStatement): boolean {
  return !notResource && resources.includes("*");
}

function isAbout(statement: AuthStatement, { roleArn, vpcId }: ObservedConsumer): boolean {
  const { principal, notPrincipal, conditions } = statement;
  const isNamed = principal.type === "any" || principal.arns.some((arn) => namesOf(roleArn).includes(arn));
  const vpcs = conditions.find(
    ({ operator, key }) => /^String(Equals|Like)$/.test(operator) && key.toLowerCase() === SOURCE_VPC.toLowerCase(),
  );
  const isFromThere = vpcs === undefined || (vpcId !== null && vpcs.values.includes(vpcId));
  return isNamed !== notPrincipal && isFromThere;
}

/** A role is named by its ARN, its account's id, or its account's root. */
function namesOf(roleArn: string | null): readonly string[] {
  const parts = /^(arn:aws[a-z-]*):iam::(\d{12}):role\//.exec(roleArn ?? "");
  if (roleArn === null || parts === null) return [];
  return [roleArn, parts[2] ?? "", `${parts[1]}:iam::${parts[2]}:root`];
}
