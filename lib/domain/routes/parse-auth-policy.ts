import { z } from "zod";
import type { MessageValues } from "../portal-error.ts";
import { type AuthCondition, type AuthPolicy, type AuthPrincipal, type AuthStatement, writeAuthPolicy } from "./auth-policy.ts";
import { duplicateMember } from "./duplicate-member.ts";

/** `text` is the policy normalised and minified; `rule` names the message `errors.routes.field.<rule>`. */
export type ReadAuthPolicy =
  | { readonly ok: true; readonly policy: AuthPolicy; readonly text: string }
  | { readonly ok: false; readonly rule: string; readonly values: MessageValues };

const MAX_STATEMENTS = 100;
const PRINCIPAL =
  /^(?:[0-9]{12}|arn:aws[a-z-]*:(?:iam|sts)::[0-9]{12}:(?:root|(?:user|role|assumed-role|federated-user)\/[\w+=,.@/-]{1,512}))$/;
const ACTION = /^(?:\*|[A-Za-z0-9-]+:[A-Za-z*?]+)$/;
const RESOURCE = /^(?:\*|arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:[^\s]+)$/;
const OPERATOR =
  /^(?:(?:ForAnyValue|ForAllValues):)?(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)|Arn(?:Not)?(?:Equals|Like)|Bool|BinaryEquals|Date(?:Not)?Equals|Date(?:Less|Greater)Than(?:Equals)?|Numeric(?:Not)?Equals|Numeric(?:Less|Greater)Than(?:Equals)?|(?:Not)?IpAddress)(?:IfExists)?$|^Null$/;

const Texts = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1)]);
const Value = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const Values = z.union([Value.transform((value) => [value]), z.array(Value).min(1)]);
const Principal = z.union([z.literal("*"), z.strictObject({ AWS: Texts })]);
const Statement = z.strictObject({
  Sid: z.exactOptional(z.string().regex(/^[A-Za-z0-9]{0,64}$/)),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.exactOptional(Principal),
  NotPrincipal: z.exactOptional(Principal),
  Action: z.exactOptional(Texts),
  NotAction: z.exactOptional(Texts),
  Resource: z.exactOptional(Texts),
  NotResource: z.exactOptional(Texts),
  Condition: z.exactOptional(z.record(z.string(), z.record(z.string().min(1).max(300), Values))),
});
type Statement = z.infer<typeof Statement>;
const Document = z.strictObject({
  Version: z.exactOptional(z.literal("2012-10-17")),
  Id: z.exactOptional(z.string()),
  Statement: z.union([Statement.transform((one) => [one]), z.array(Statement).min(1).max(MAX_STATEMENTS)]),
});

/**
 * A policy that somebody wrote by hand (IAM's policy grammar, as far as Lattice takes it: lattice.md §3.5): strict JSON, no member twice, no unknown member, one of each
 * element, principals as `*`, account, role, user or session. The document's Id is dropped, lists are sorted.
 */
export function parseAuthPolicy(text: string): ReadAuthPolicy {
  const json = parseJson(text);
  if (json === undefined) return refused("policyJson");
  const twice = duplicateMember(text);
  if (twice !== null) return refused("policyDuplicate", { member: twice.slice(0, 80) });
  const document = Document.safeParse(json);
  if (!document.success) return refused("policyShape", { at: document.error.issues[0]?.path.join(".") || "Statement" });
  const statements: AuthStatement[] = [];
  for (const [index, raw] of document.data.Statement.entries()) {
    const read = readStatement(raw, index + 1);
    if ("rule" in read) return read;
    statements.push(read);
  }
  const policy = { statements };
  return { ok: true, policy, text: writeAuthPolicy(policy) };
}

type Refusal = Extract<ReadAuthPolicy, { ok: false }>;

function refused(rule: string, values: MessageValues = {}): Refusal {
  return { ok: false, rule, values };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readStatement(raw: Statement, n: number): AuthStatement | Refusal {
  const principal = raw.Principal ?? raw.NotPrincipal;
  const actions = raw.Action ?? raw.NotAction;
  const resources = raw.Resource ?? raw.NotResource;
  const isDouble =
    (raw.Principal !== undefined && raw.NotPrincipal !== undefined) ||
    (raw.Action !== undefined && raw.NotAction !== undefined) ||
    (raw.Resource !== undefined && raw.NotResource !== undefined);
  if (principal === undefined || actions === undefined || resources === undefined || isDouble) return refused("policyElements", { n });
  const who = readPrincipal(principal);
  const oddPrincipal = who.type === "any" ? undefined : who.arns.find((arn) => !PRINCIPAL.test(arn));
  if (oddPrincipal !== undefined) return refused("policyPrincipal", { n, principal: oddPrincipal.slice(0, 200) });
  const oddAction = actions.find((action) => !ACTION.test(action));
  if (oddAction !== undefined) return refused("policyAction", { n, action: oddAction.slice(0, 200) });
  const oddResource = resources.find((resource) => !RESOURCE.test(resource));
  if (oddResource !== undefined) return refused("policyResource", { n, resource: oddResource.slice(0, 200) });
  const conditions = readConditions(raw.Condition ?? {});
  const oddOperator = conditions.find(({ operator }) => !OPERATOR.test(operator))?.operator;
  if (oddOperator !== undefined) return refused("policyOperator", { n, operator: oddOperator.slice(0, 80) });
  return {
    sid: raw.Sid ?? null,
    effect: raw.Effect,
    principal: who,
    notPrincipal: raw.NotPrincipal !== undefined,
    actions: sorted(actions),
    notAction: raw.NotAction !== undefined,
    resources: sorted(resources),
    notResource: raw.NotResource !== undefined,
    conditions,
  };
}

// In a resource policy {"AWS": "*"} and "*" are the same (IAM User Guide, "AWS JSON policy elements: Principal").
function readPrincipal(principal: z.infer<typeof Principal>): AuthPrincipal {
  if (principal === "*" || principal.AWS.includes("*")) return { type: "any" };
  return { type: "aws", arns: sorted(principal.AWS) };
}

function readConditions(blocks: NonNullable<Statement["Condition"]>): readonly AuthCondition[] {
  return Object.entries(blocks)
    .sort(byName)
    .flatMap(([operator, keys]) =>
      Object.entries(keys)
        .sort(byName)
        .map(([key, values]) => ({ operator, key, values: sorted(values) })),
    );
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
