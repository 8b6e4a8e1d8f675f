import { message } from "../message.ts";
import { type AccessLevel, accessLevels } from "../routes/access-levels.ts";
import { accountOf } from "../routes/account-of.ts";
import type { AuthPolicy } from "../routes/auth-policy.ts";
import { INVOKE, writeAuthPolicy } from "../routes/auth-policy.ts";
import { type AccessDecision, type AccessFacts, decideAccess } from "../routes/decide-access.ts";
import type { WayIn } from "../routes/find-way-in.ts";
import type { LatticeListener } from "../routes/lattice-facts.ts";
import { CONNECT, type PolicyCall } from "../routes/policy-call.ts";
import type { ReachCall, ReachFacts, ReachFrom } from "./reach-facts.ts";
import { type Age, notChecked, staleness, toLayer } from "./reach-layer.ts";
import type { ReachLayer } from "./reach-view.ts";

type Asked = {
  readonly facts: ReachFacts;
  readonly from: ReachFrom;
  readonly call: ReachCall;
  readonly way: WayIn;
  readonly listener: LatticeListener | null;
  readonly age: Age;
};

/** Network policy, service policy, the caller's own policy, signing (lattice.md §3.5). */
export function accessLayers(asked: Asked): readonly ReachLayer[] {
  const { facts, way, from } = asked;
  const isPassthrough = facts.protocol === "tls" || asked.listener?.protocol === "TLS_PASSTHROUGH";
  const signs = from.signs && !isPassthrough;
  const policyCall = policyCallOf(asked, { signs, isPassthrough });
  const { lattice } = facts;
  const [atNetwork, atService] = accessLevels(lattice, way.network);
  // Which of an account's resources a ResourceTag condition of a network's policy means is not documented.
  const network = levelLayer("network-policy", { level: atNetwork, call: policyCall, actor: "platform", age: asked.age });
  const ofService = lattice?.tags == null ? policyCall : { ...policyCall, resourceTags: lattice.tags.value };
  const service = levelLayer("service-policy", { level: atService, call: ofService, actor: "owner", age: asked.age });
  const levels = [network, service];
  const isAsked = !levels.every(({ state }) => state === "not-needed");
  return [network, service, identityLayer(signs, isAsked), signingLayer(levels, { signs, isAsked, isPassthrough })];
}

function policyCallOf(
  { facts, from, call, way, listener }: Asked,
  { signs, isPassthrough }: { readonly signs: boolean; readonly isPassthrough: boolean },
): PolicyCall {
  const vpcOwner = accountOf(way.vpc?.arn);
  return {
    roleArn: signs ? from.view.roleArn : null,
    isSigned: signs,
    vpcId: from.view.vpcId,
    method: call.method.toUpperCase(),
    path: call.path,
    headers: call.headers,
    sessionTags: from.sessionTags,
    action: isPassthrough ? CONNECT : INVOKE,
    ...(vpcOwner === null ? {} : { vpcOwner }),
    ...(listener?.port == null ? {} : { port: listener.port }),
    ...(facts.arn === null ? {} : { serviceArn: facts.arn }),
    ...(way.network?.arn == null ? {} : { networkArn: way.network.arn }),
  };
}

type Level = {
  readonly level: AccessLevel;
  readonly call: PolicyCall;
  readonly actor: "platform" | "owner";
  readonly age: Age;
};

function levelLayer(id: "network-policy" | "service-policy", { level: { access, at, maxAgeMs }, call, actor, age }: Level): ReachLayer {
  const old = staleness(at, maxAgeMs, age);
  if (old !== null) return notChecked(id, old);
  const decision = decideAccess(access, call);
  const n = "statement" in decision ? (decision.statement ?? 0) : 0;
  const state =
    decision.why === "open" ? "not-needed" : decision.result === "allowed" ? "passed" : decision.result === "denied" ? "failed" : "unknown";
  const parser =
    decision.why === "unreadable" ? message(`errors.routes.field.${decision.rule}`, decision.values) : message("reach.caller.none");
  const who = message(`reach.caller.${call.isSigned !== true ? "unsigned" : call.roleArn === null ? "anyRole" : "role"}`, {
    role: call.roleArn ?? "",
  });
  return toLayer(id, {
    state,
    key: decision.why,
    values: { n, parser, who },
    evidence: evidenceOf(decision, access),
    at,
    actor: state === "passed" || state === "not-needed" ? null : actor,
  });
}

/** The statement that decides, or the whole policy where none does or none can be read. */
function evidenceOf(decision: AccessDecision, { authType, policy }: AccessFacts): string | null {
  const whole = policy?.value?.policy ?? null;
  if (!("statement" in decision)) return decision.why === "open" ? `authType ${authType ?? "–"}` : (whole ?? `authType ${authType ?? "–"}`);
  const decides = decision.statement === null ? undefined : decision.policy.statements[decision.statement - 1];
  return decides === undefined ? whole : statementText(decides);
}

type Statement = AuthPolicy["statements"][number];

/** Policies are parsed once and their statements stay the same objects: a matrix writes each of them once. */
const texts = new WeakMap<Statement, string>();

function statementText(statement: Statement): string {
  const text = texts.get(statement) ?? writeAuthPolicy({ statements: [statement] });
  texts.set(statement, text);
  return text;
}

function identityLayer(signs: boolean, isAsked: boolean): ReachLayer {
  if (!signs) return toLayer("identity-policy", { state: "not-needed", key: "unsigned" });
  if (!isAsked) return toLayer("identity-policy", { state: "not-needed", key: "open" });
  return toLayer("identity-policy", { state: "not-checkable", key: "notReadable", actor: "caller" });
}

function signingLayer(
  levels: readonly ReachLayer[],
  { signs, isAsked, isPassthrough }: { readonly signs: boolean; readonly isAsked: boolean; readonly isPassthrough: boolean },
): ReachLayer {
  if (isPassthrough) return toLayer("signing", { state: "not-needed", key: "passthrough" });
  if (!isAsked) return toLayer("signing", { state: "not-needed", key: "open" });
  if (signs) return toLayer("signing", { state: "not-checkable", key: "needed", actor: "caller" });
  if (levels.some(({ state }) => state === "failed")) return toLayer("signing", { state: "failed", key: "missing", actor: "caller" });
  return levels.some(({ state }) => state === "unknown")
    ? toLayer("signing", { state: "unknown", key: "unknown", actor: "caller" })
    : toLayer("signing", { state: "not-needed", key: "anonymous" });
}
