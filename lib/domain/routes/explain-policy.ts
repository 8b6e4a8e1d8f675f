import { type Message, message } from "../message.ts";
import { type AuthCondition, type AuthPolicy, type AuthStatement, REQUEST_METHOD, SOURCE_VPC } from "./auth-policy.ts";

/** A name for a role ARN or a VPC id: "cart (shop)"; null when nobody knows one. */
export type NameOf = (principal: string) => string | null;

/** One sentence for each statement: who may, or may not, call what, and under which conditions. */
export function explainPolicy({ statements }: AuthPolicy, nameOf: NameOf = () => null): readonly Message[] {
  return statements.map((statement) => explainStatement(statement, nameOf));
}

function explainStatement(statement: AuthStatement, nameOf: NameOf): Message {
  const { conditions } = statement;
  const methods = conditions.find(isOneOf(REQUEST_METHOD));
  const vpcs = statement.principal.type === "any" ? conditions.find(isOneOf(SOURCE_VPC)) : undefined;
  const signed = statement.principal.type === "any" ? conditions.find(keepsAnonymousOut) : undefined;
  const rest = conditions.filter((condition) => condition !== methods && condition !== vpcs && condition !== signed);
  const key = `routes.policy.${statement.effect === "Allow" ? "allow" : "deny"}${rest.length === 0 ? "" : "When"}`;
  return message(key, {
    who: whoOf(statement, { vpcs: vpcs?.values ?? null, isSigned: signed !== undefined, nameOf }),
    methods:
      methods === undefined
        ? message("routes.policy.methods.any")
        : message("routes.policy.methods.some", { methods: methods.values.join(", ") }),
    paths: pathsOf(statement),
    ...(rest.length === 0 ? {} : { when: rest.map((one) => `${one.key} ${one.operator} ${one.values.join(", ")}`).join("; ") }),
  });
}

type Who = { readonly vpcs: readonly string[] | null; readonly isSigned: boolean; readonly nameOf: NameOf };

function whoOf({ principal, notPrincipal }: AuthStatement, { vpcs, isSigned, nameOf }: Who): Message {
  const named = (values: readonly string[]) => values.map((value) => withName(value, nameOf)).join(", ");
  if (principal.type === "aws")
    return message(notPrincipal ? "routes.policy.who.allBut" : "routes.policy.who.roles", {
      count: principal.arns.length,
      roles: named(principal.arns),
    });
  if (notPrincipal) return message("routes.policy.who.nobody");
  if (vpcs !== null)
    return message(isSigned ? "routes.policy.who.vpcSigned" : "routes.policy.who.vpc", { count: vpcs.length, vpcs: named(vpcs) });
  return message(isSigned ? "routes.policy.who.signed" : "routes.policy.who.anybody");
}

function withName(value: string, nameOf: NameOf): string {
  const name = nameOf(value);
  return name === null ? value : `${name} (${value})`;
}

const SERVICE_PATH = /^arn:[^/]*:service\/[^/]*(\/.+)$/;

function pathsOf({ resources, notResource }: AuthStatement): Message {
  if (!notResource && resources.includes("*")) return message("routes.policy.paths.any");
  const paths = resources.map((resource) => SERVICE_PATH.exec(resource)?.[1] ?? resource);
  return message(notResource ? "routes.policy.paths.allBut" : "routes.policy.paths.some", { paths: paths.join(", ") });
}

function isOneOf(key: string): (condition: AuthCondition) => boolean {
  return (condition) => condition.operator === "StringEquals" && condition.key.toLowerCase() === key.toLowerCase();
}

/** Unsigned callers have the principal type Anonymous (lattice.md §3.5). */
export function keepsAnonymousOut({ operator, key, values }: AuthCondition): boolean {
  const name = key.toLowerCase();
  if (name === "aws:principaltype") return /^StringNot(?:Equals|Like)/.test(operator) && values.includes("Anonymous");
  // An unsigned call has none of these keys, so a condition that demands a value never holds for it.
  return (
    /^aws:principal(?:orgid|arn|account|orgpaths|tag\/.+)$/.test(name) && /^(?:String|Arn)(?:Equals|Like|EqualsIgnoreCase)$/.test(operator)
  );
}
