import { type AuthCondition, REQUEST_METHOD, SOURCE_VPC } from "./auth-policy.ts";
import { globMatches } from "./glob.ts";

/** A call as far as it is known. `roleArn` null: not signed. `vpcId` null: not known. */
export type PolicyCall = {
  readonly roleArn: string | null;
  readonly vpcId: string | null;
  readonly method: string;
  readonly path: string;
  readonly serviceArn?: string;
};

export type Verdict = "yes" | "no" | "unknown";

export function not(verdict: Verdict): Verdict {
  if (verdict === "unknown") return "unknown";
  return verdict === "yes" ? "no" : "yes";
}

/** All must hold: one `no` decides, else one `unknown` leaves it open. */
export function every(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("no")) return "no";
  return verdicts.includes("unknown") ? "unknown" : "yes";
}

/** One is enough. */
export function some(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("yes")) return "yes";
  return verdicts.includes("unknown") ? "unknown" : "no";
}

/** Condition keys whose value is known from a call; `absent` when the call has no such key at all, `unknown` when only AWS can say (lattice.md §3.5). */
type Known = { readonly value: string } | "absent" | "unknown";

/** Does one condition hold for a call (IAM User Guide, "Condition operators")? Operators and keys that need more than we know are `unknown`. */
export function evaluateCondition({ operator, key, values }: AuthCondition, call: PolicyCall): Verdict {
  const known = valueOf(key.toLowerCase(), call);
  const plain = operator.replace(/^For(?:Any|All)Values?:/, "").replace(/IfExists$/, "");
  if (known === "unknown") return "unknown";
  if (plain === "Null") return values.includes("true") === (known === "absent") ? "yes" : "no";
  const isNegated = /Not/.test(plain);
  if (known === "absent") return isNegated || operator.endsWith("IfExists") || operator.startsWith("ForAllValues:") ? "yes" : "no";
  const matched = matches(plain.replace("Not", ""), known.value, values);
  return isNegated ? not(matched) : matched;
}

function matches(operator: string, value: string, wanted: readonly string[]): Verdict {
  const hit = (test: (one: string) => boolean): Verdict => (wanted.some(test) ? "yes" : "no");
  if (wanted.some((one) => one.includes("${"))) return "unknown";
  if (operator === "StringEquals") return hit((one) => one === value);
  if (operator === "StringEqualsIgnoreCase") return hit((one) => one.toLowerCase() === value.toLowerCase());
  if (operator === "StringLike" || operator === "ArnLike" || operator === "ArnEquals") return hit((one) => globMatches(one, value));
  return "unknown";
}

function valueOf(key: string, { roleArn, vpcId, method, path, serviceArn }: PolicyCall): Known {
  const known = (value: string | null | undefined, otherwise: "absent" | "unknown"): Known => (value == null ? otherwise : { value });
  if (key === SOURCE_VPC.toLowerCase()) return known(vpcId, "unknown");
  if (key === REQUEST_METHOD.toLowerCase()) return { value: method };
  if (key === "vpc-lattice-svcs:requestpath") return { value: path };
  if (key === "vpc-lattice-svcs:servicearn") return known(serviceArn, "unknown");
  if (key === "aws:principaltype") return { value: roleArn === null ? "Anonymous" : "AssumedRole" };
  if (key === "aws:principalarn") return known(roleArn, "absent");
  if (key === "aws:principalaccount") return known(roleArn?.split(":")[4], "absent");
  return key.startsWith("aws:principal") && roleArn === null ? "absent" : "unknown";
}
