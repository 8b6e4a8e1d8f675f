import { type AuthPolicy, type AuthStatement, INVOKE } from "./auth-policy.ts";
import { evaluateCondition, every, not, type PolicyCall, some, type Verdict } from "./evaluate-condition.ts";
import { globMatches } from "./glob.ts";

/** `statement` counts from 1 and is the one that decides, or on which it hangs; null when no statement lets the call in. */
export type PolicyAnswer = { readonly result: "allowed" | "denied" | "unknown"; readonly statement: number | null };

/**
 * Does the policy let this call in (lattice.md §3.5)? A deny that fits wins, then an allow that fits; what hangs on something only AWS knows is `unknown`. The caller's
 * own IAM policy and the network's policy are not looked at.
 */
export function isAllowed({ statements }: AuthPolicy, call: PolicyCall): PolicyAnswer {
  const verdicts = statements.map((statement, index) => ({ n: index + 1, effect: statement.effect, fits: fits(statement, call) }));
  const first = (effect: AuthStatement["effect"], verdict: Verdict) =>
    verdicts.find((one) => one.effect === effect && one.fits === verdict)?.n;
  const denied = first("Deny", "yes");
  if (denied !== undefined) return { result: "denied", statement: denied };
  const allowed = first("Allow", "yes");
  const open = first("Deny", "unknown") ?? (allowed === undefined ? first("Allow", "unknown") : undefined);
  // A deny that may fit matters only where something would let the call in.
  const isOpen = open !== undefined && (allowed !== undefined || first("Allow", "unknown") !== undefined);
  if (isOpen) return { result: "unknown", statement: open };
  return allowed === undefined ? { result: "denied", statement: null } : { result: "allowed", statement: allowed };
}

function fits(statement: AuthStatement, call: PolicyCall): Verdict {
  const { notPrincipal, notAction, notResource } = statement;
  const principal = principalFits(statement.principal, call.roleArn);
  const action = some(statement.actions.map((one) => (globMatches(one.toLowerCase(), INVOKE.toLowerCase()) ? "yes" : "no")));
  const resource = some(statement.resources.map((one) => resourceFits(one, call)));
  return every([
    notPrincipal ? not(principal) : principal,
    notAction ? not(action) : action,
    notResource ? not(resource) : resource,
    ...statement.conditions.map((condition) => evaluateCondition(condition, call)),
  ]);
}

function principalFits(principal: AuthStatement["principal"], roleArn: string | null): Verdict {
  if (principal.type === "any") return "yes";
  if (roleArn === null) return "no";
  return some(principal.arns.map((arn) => arnFits(arn, roleArn)));
}

/** The role itself, its whole account, or a session of it: which session calls, nobody knows beforehand. */
function arnFits(arn: string, roleArn: string): Verdict {
  const account = roleArn.split(":")[4];
  if (arn === roleArn || arn === account || (arn.endsWith(":root") && arn.split(":")[4] === account)) return "yes";
  const [, sessionOf] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return sessionOf !== undefined && arn.split(":")[4] === account && roleArn.endsWith(`/${sessionOf}`) ? "unknown" : "no";
}

const ANY_SERVICE = `arn:aws:vpc-lattice:region:000000000000:service/svc-${"0".repeat(17)}`;
const SERVICE_PART = /^arn:[^/]*:service\/[^/]*/;
/** Says nothing about which service it is: wildcards for Region and account, and for the id. */
const NO_SERVICE = /^arn:[^:]+:vpc-lattice:\*:\*:service\/(?:\*|svc-\*|svc-\?{17})$/;

function resourceFits(resource: string, { path, serviceArn }: PolicyCall): Verdict {
  if (resource === "*") return "yes";
  if (serviceArn !== undefined) return globMatches(resource, serviceArn + path) ? "yes" : "no";
  const service = SERVICE_PART.exec(resource)?.[0] ?? "";
  const rest = resource.slice(service.length);
  if (NO_SERVICE.test(service)) return globMatches(resource.replace(/^arn:[^:]+:/, "arn:aws:"), ANY_SERVICE + path) ? "yes" : "no";
  return globMatches(`*${rest}`, ANY_SERVICE + path) ? "unknown" : "no";
}
