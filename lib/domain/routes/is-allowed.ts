import { type AuthPolicy, type AuthStatement, INVOKE } from "./auth-policy.ts";
import { evaluateCondition, every, not, some, type Verdict } from "./evaluate-condition.ts";
import { arnMatches, arnsMeet, globCovers, globMatches, globMeet } from "./glob.ts";
import { CONNECT, isSigned, type PolicyCall, pathOf } from "./policy-call.ts";

/** `statement` counts from 1 and is the one that decides, or on which it hangs; null when no statement lets the call in. */
export type PolicyAnswer = { readonly result: "allowed" | "denied" | "unknown"; readonly statement: number | null };

/**
 * Does the policy let this call in (lattice.md §3.5; IAM User Guide, "Policy evaluation logic")? A deny that fits wins, then an allow that fits; what hangs on something
 * only AWS knows is `unknown`, never allowed. One policy by itself: the caller's own and the other level's are other questions.
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
  const { notAction, notResource } = statement;
  const wanted = (call.action ?? INVOKE).toLowerCase();
  const who = whoFits(statement, call);
  if (who === "no") return "no";
  const action = some(statement.actions.map((one) => (globMatches(one.toLowerCase(), wanted) ? "yes" : "no")));
  // Cheap questions first: most statements are about somebody else.
  const soFar = [who, notAction ? not(action) : action];
  for (const condition of statement.conditions) {
    const holds = evaluateCondition(condition, call);
    if (holds === "no") return "no";
    soFar.push(holds);
  }
  const resource = some(statement.resources.map((one) => resourceFits(one, call)));
  return every([...soFar, notResource ? not(resource) : resource]);
}

/**
 * A Deny with NotPrincipal spares a role only when its account, the role and the session are all named (IAM User Guide, "AWS JSON policy elements: NotPrincipal"), and which
 * session calls is not known beforehand.
 */
function whoFits({ effect, principal, notPrincipal }: AuthStatement, call: PolicyCall): Verdict {
  const named = principalFits(principal, call);
  if (!notPrincipal) return named;
  return effect === "Deny" && named === "yes" && principal.type === "aws" ? "unknown" : not(named);
}

function principalFits(principal: AuthStatement["principal"], call: PolicyCall): Verdict {
  if (principal.type === "any") return "yes";
  if (!isSigned(call)) return "no";
  const { roleArn } = call;
  return roleArn === null ? "unknown" : some(principal.arns.map((arn) => arnFits(arn, roleArn)));
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

function resourceFits(resource: string, call: PolicyCall): Verdict {
  if (resource === "*") return "yes";
  if (resource.includes("${")) return "unknown";
  if (call.isPattern === true) return patternFits(resource, call);
  const path = pathOf(call);
  if (call.serviceArn !== undefined) return knownServiceFits(resource, call.serviceArn, call);
  const service = SERVICE_PART.exec(resource)?.[0] ?? "";
  const rest = resource.slice(service.length);
  if (NO_SERVICE.test(service)) return globMatches(resource.replace(/^arn:[^:]+:/, "arn:aws:"), ANY_SERVICE + path) ? "yes" : "no";
  return globMatches(`*${rest}`, ANY_SERVICE + path) ? "unknown" : "no";
}

/** A passthrough connection has no path that anybody sees; which Resource AWS compares then is said for the service itself only. */
function knownServiceFits(resource: string, serviceArn: string, call: PolicyCall): Verdict {
  if (call.action === CONNECT) {
    if (globMatches(resource, serviceArn)) return "yes";
    return globMatches(resource, `${serviceArn}/`) || resource.startsWith(`${serviceArn}/`) ? "unknown" : "no";
  }
  const wanted = serviceArn + pathOf(call);
  const isWhole = globMatches(resource, wanted);
  // Whether a wildcard in a Resource crosses colons is not documented for every part.
  return isWhole === (arnMatches(resource, wanted) === "yes") ? (isWhole ? "yes" : "no") : "unknown";
}

/** All paths of the pattern, none of them, or some: then nobody can say it of all. */
function patternFits(resource: string, { serviceArn, path }: PolicyCall): Verdict {
  const service = SERVICE_PART.exec(resource)?.[0] ?? "";
  if (serviceArn === undefined && !NO_SERVICE.test(service))
    return globMeet(`*${resource.slice(service.length)}`, path) === null ? "no" : "unknown";
  const wanted = serviceArn === undefined ? resource.replace(/^arn:[^:]+:/, "arn:aws:") : resource;
  const texts = (serviceArn ?? ANY_SERVICE) + path;
  if (!arnsMeet(wanted, texts)) return "no";
  return globCovers(wanted, texts) && (serviceArn === undefined || arnMatches(wanted, texts) === "yes") ? "yes" : "unknown";
}
