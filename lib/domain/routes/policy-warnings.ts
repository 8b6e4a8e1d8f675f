import { type Message, message } from "../message.ts";
import { type AuthPolicy, type AuthStatement, MAX_POLICY_BYTES, policyBytes, SOURCE_VPC, writeAuthPolicy } from "./auth-policy.ts";
import { keepsAnonymousOut } from "./explain-policy.ts";

/** Condition keys that Lattice and IAM know here (lattice.md §3.5); a misspelt one never holds, or always when it is negated. */
const KNOWN_KEY =
  /^(?:vpc-lattice-svcs:(?:port|requestmethod|requestpath|requestheader\/.+|requestquerystring\/.+|servicearn|servicenetworkarn|sourcevpc|sourcevpcowneraccount)|aws:[a-z]+(?:\/.+)?)$/i;
const KNOWN_ACTION = /^(?:\*|vpc-lattice-svcs:(?:\*|Invoke))$/i;
/** From this share of the quota a change of callers may no longer fit. */
const NEARLY_FULL = 0.9;

/** What is legal in a policy but opens more, or less, than it seems. Statements count from 1. */
export function policyWarnings(policy: AuthPolicy): readonly Message[] {
  const bytes = policyBytes(writeAuthPolicy(policy));
  const size = bytes > MAX_POLICY_BYTES * NEARLY_FULL ? [message("routes.policy.warning.size", { bytes, maximum: MAX_POLICY_BYTES })] : [];
  const lets = policy.statements.some(({ effect }) => effect === "Allow") ? [] : [message("routes.policy.warning.noAllow")];
  return [...policy.statements.flatMap((statement, index) => statementWarnings(statement, index + 1)), ...lets, ...size];
}

function statementWarnings(statement: AuthStatement, n: number): Message[] {
  const { effect, notPrincipal, notAction, notResource, actions, conditions } = statement;
  const warn = (name: string, values: Readonly<Record<string, string | number>> = {}) =>
    message(`routes.policy.warning.${name}`, { n, ...values });
  return [
    ...principalWarnings(statement).map((name) => warn(name)),
    ...(notPrincipal && effect === "Allow" ? [warn("notPrincipal")] : []),
    ...(notAction || notResource ? [warn("notElement", { element: notAction ? "NotAction" : "NotResource" })] : []),
    ...(effect === "Deny" ? [warn("deny")] : []),
    ...actions.filter((action) => !KNOWN_ACTION.test(action)).map((action) => warn("action", { action })),
    ...conditions.filter(({ key }) => !KNOWN_KEY.test(key)).map(({ key }) => warn("conditionKey", { key })),
  ];
}

function principalWarnings({ effect, principal, notPrincipal, conditions }: AuthStatement): string[] {
  if (effect === "Deny" || principal.type !== "any" || notPrincipal) return [];
  if (conditions.some(keepsAnonymousOut)) return ["wildcard"];
  const isOneVpc = conditions.some(({ operator, key }) => operator === "StringEquals" && key.toLowerCase() === SOURCE_VPC.toLowerCase());
  return [isOneVpc ? "vpcOnly" : "anonymous"];
}
