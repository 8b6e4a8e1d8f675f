import type { AccessLevel } from "./access-levels.ts";
import type { AuthCondition, AuthStatement } from "./auth-policy.ts";
import { type AccessDecision, decideAccess } from "./decide-access.ts";
import { globMeet } from "./glob.ts";
import { CONNECT, type PolicyCall } from "./policy-call.ts";

/** The calls that a caller was let in for; empty lists: all of them. Paths are patterns, as a Resource holds them. */
type CallKind = { readonly methods: readonly string[]; readonly paths: readonly string[] };

/** `of`: the door that decides; null when both are open. */
export type AnyCallDecision = {
  readonly result: AccessDecision["result"];
  readonly of: AccessLevel["of"] | null;
  readonly why: AccessDecision["why"];
};

type Asked = {
  readonly levels: readonly AccessLevel[];
  readonly kind: CallKind;
  /** Everything of the calls but method, path and headers. */
  readonly call: PolicyCall;
  /** What only the service's door compares. */
  readonly resourceTags: PolicyCall["resourceTags"] | null;
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"] as const;

/** So many single calls are tried at most; what is not found then is not known. */
const MAX_TRIES = 64;

/**
 * Does some call of this kind pass every door? Yes needs one that is known to pass, no needs that none can; all by `decideAccess`. Whole patterns of calls are asked
 * about first, then single calls that the statements themselves name; what passes neither way and is not refused altogether is not known.
 */
export function decideAnyCall(asked: Asked): AnyCallDecision {
  const { kind, call } = asked;
  // Nothing of a call inside a passed-through connection is seen: it is one call.
  if (call.action === CONNECT) return decideAll(asked, call);
  const paths = kind.paths.length === 0 ? ["/*"] : kind.paths;
  const first = decidePatterns(asked, toPatterns(call, paths, kind.methods.length === 0 ? [null] : kind.methods));
  if (first.result !== "unknown") return first;
  // What is not so for every method may be so for each of them.
  const patterns = toPatterns(call, paths, kind.methods.length === 0 ? METHODS : kind.methods);
  const second = kind.methods.length === 0 ? decidePatterns(asked, patterns) : first;
  if (second.result !== "unknown") return second;
  for (const one of singleCalls(asked, patterns)) {
    const answer = decideAll(asked, one);
    if (answer.result === "allowed") return answer;
  }
  return second;
}

function toPatterns(call: PolicyCall, paths: readonly string[], methods: readonly (string | null)[]): readonly PolicyCall[] {
  return paths.flatMap((path) => methods.map((method): PolicyCall => ({ ...call, method, path, isPattern: true })));
}

/** One pattern that passes is enough, all must be refused. */
function decidePatterns(asked: Asked, patterns: readonly PolicyCall[]): AnyCallDecision {
  const answers: AnyCallDecision[] = [];
  for (const pattern of patterns) {
    const answer = decideAll(asked, pattern);
    if (answer.result === "allowed") return answer;
    answers.push(answer);
  }
  return answers.find(({ result }) => result === "unknown") ?? answers[0] ?? { result: "unknown", of: null, why: "unread" };
}

function decideAll({ levels, resourceTags }: Asked, call: PolicyCall): AnyCallDecision {
  const decisions = levels.map(({ of, access }): AnyCallDecision => {
    const { result, why } = decideAccess(access, of === "network" || resourceTags == null ? call : { ...call, resourceTags });
    return { result, of, why };
  });
  const decides =
    decisions.find(({ result }) => result === "denied") ??
    decisions.find(({ result }) => result === "unknown") ??
    decisions.find(({ why }) => why !== "open");
  return decides ?? { result: "allowed", of: null, why: "open" };
}

/** Calls of the kind that allowing statements name by method, path or header. */
function* singleCalls({ levels, call }: Asked, patterns: readonly PolicyCall[]): Generator<PolicyCall> {
  let tries = 0;
  for (const { access } of levels) {
    const decision = decideAccess(access, call);
    const statements = "policy" in decision ? decision.policy.statements.filter(({ effect }) => effect === "Allow") : [];
    for (const statement of statements)
      for (const { isPattern: _isPattern, ...pattern } of patterns)
        for (const path of pathsIn(statement, pattern)) {
          tries += 1;
          if (tries > MAX_TRIES) return;
          yield { ...pattern, path, headers: headersIn(statement) };
        }
  }
}

const SERVICE_PART = /^arn:[^/]*:service\/[^/]*/;

function pathsIn({ resources, notResource, conditions }: AuthStatement, { path }: PolicyCall): readonly string[] {
  const named = notResource ? [] : resources.flatMap((resource) => SERVICE_PART.exec(resource)?.[0] ?? []);
  const texts = [
    ...(named.length === 0 ? ["*"] : resources.map((resource) => resource.slice(SERVICE_PART.exec(resource)?.[0].length ?? 0) || "*")),
    ...conditions.filter(({ key }) => key.toLowerCase() === "vpc-lattice-svcs:requestpath").flatMap(({ values }) => values),
  ];
  return texts.flatMap((text) => {
    const met = globMeet(text, path);
    return met === null || met === "unknown" ? [] : [met.text];
  });
}

function headersIn({ conditions }: AuthStatement): NonNullable<PolicyCall["headers"]> {
  const prefix = "vpc-lattice-svcs:requestheader/";
  return conditions
    .filter((one) => isEqual(one) && one.key.toLowerCase().startsWith(prefix))
    .map(({ key, values }) => ({ name: key.slice(prefix.length), value: values[0] ?? "" }));
}

function isEqual({ operator }: AuthCondition): boolean {
  return operator === "StringEquals";
}
