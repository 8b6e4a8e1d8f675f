import type { JsonObject } from "../json.ts";
import type { RouteCaller } from "./route-input.ts";

/** Fixed quota of Lattice (lattice.md §3.5). */
export const MAX_POLICY_BYTES = 10_240;
export const INVOKE = "vpc-lattice-svcs:Invoke";
export const SOURCE_VPC = "vpc-lattice-svcs:SourceVpc";
export const REQUEST_METHOD = "vpc-lattice-svcs:RequestMethod";

/** Who a statement is about. `any` is `Principal "*"`: unsigned callers too, unless a condition keeps them out (lattice.md §3.5). */
export type AuthPrincipal = { readonly type: "any" } | { readonly type: "aws"; readonly arns: readonly string[] };
export type AuthCondition = { readonly operator: string; readonly key: string; readonly values: readonly string[] };

/** One statement of an auth policy. `not…` says that the element is written as NotPrincipal, NotAction, NotResource. */
export type AuthStatement = {
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny";
  readonly principal: AuthPrincipal;
  readonly notPrincipal: boolean;
  readonly actions: readonly string[];
  readonly notAction: boolean;
  readonly resources: readonly string[];
  readonly notResource: boolean;
  readonly conditions: readonly AuthCondition[];
};
export type AuthPolicy = { readonly statements: readonly AuthStatement[] };

/** `vpcOf` answers a tenant cluster's VPC; a calling cluster without one gets no statement, so nobody is let in by mistake. */
export type CallersToAllow = {
  readonly callers: readonly RouteCaller[];
  readonly vpcOf: (cluster: string) => string | null;
  /** Of the Region; `aws` when absent. */
  readonly partition?: string;
};

/**
 * The policy of a caller list as minified JSON (lattice.md §3.5, §9.3): one statement for each caller, in an order that does not depend on that of the list. Roles by
 * ARN, so that calls must be signed; clusters by their VPC with `Principal "*"`, so that unsigned calls of its pods pass too.
 */
export function buildAuthPolicy({ callers, vpcOf, partition = "aws" }: CallersToAllow): string {
  const statements = callers.flatMap((caller) => toStatement(caller, vpcOf, partition));
  return writeAuthPolicy({ statements: sortedByText(statements) });
}

/** The policy as the text that Lattice stores: no white space, members in IAM's usual order, one value as a string and several as a list. */
export function writeAuthPolicy({ statements }: AuthPolicy): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map(writeStatement) });
}

export function policyBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * The paths of a service as a Resource. An ARN pattern, because the service has no id before it exists: the id is 17 characters after `svc-`, so the path
 * begins exactly there and `/v1/*` does not take `/other/v1/x`, as `service/*` would.
 */
export function pathResource(path: string, partition: string): string {
  return `arn:${partition}:vpc-lattice:*:*:service/svc-${"?".repeat(17)}${path}`;
}

function toStatement({ principal, methods, paths }: RouteCaller, vpcOf: CallersToAllow["vpcOf"], partition: string): AuthStatement[] {
  const vpcId = principal.type === "cluster" ? vpcOf(principal.cluster) : null;
  if (principal.type === "cluster" && vpcId === null) return [];
  const conditions: AuthCondition[] = [
    ...(methods.length === 0 ? [] : [{ operator: "StringEquals", key: REQUEST_METHOD, values: unique(methods) }]),
    ...(vpcId === null ? [] : [{ operator: "StringEquals", key: SOURCE_VPC, values: [vpcId] }]),
  ];
  return [
    {
      sid: null,
      effect: "Allow",
      principal: principal.type === "role" ? { type: "aws", arns: [principal.roleArn] } : { type: "any" },
      notPrincipal: false,
      actions: [INVOKE],
      notAction: false,
      resources: paths.length === 0 ? ["*"] : unique(paths.map((path) => pathResource(path, partition))),
      notResource: false,
      conditions,
    },
  ];
}

function writeStatement(statement: AuthStatement): JsonObject {
  const { sid, effect, principal, notPrincipal, actions, notAction, resources, notResource, conditions } = statement;
  return {
    ...(sid === null ? {} : { Sid: sid }),
    Effect: effect,
    [notPrincipal ? "NotPrincipal" : "Principal"]: principal.type === "any" ? "*" : { AWS: oneOrMany(principal.arns) },
    [notAction ? "NotAction" : "Action"]: oneOrMany(actions),
    [notResource ? "NotResource" : "Resource"]: oneOrMany(resources),
    ...(conditions.length === 0 ? {} : { Condition: writeConditions(conditions) }),
  };
}

function writeConditions(conditions: readonly AuthCondition[]): JsonObject {
  const operators = [...new Set(conditions.map(({ operator }) => operator))];
  return Object.fromEntries(
    operators.map((operator) => [
      operator,
      Object.fromEntries(conditions.filter((one) => one.operator === operator).map(({ key, values }) => [key, oneOrMany(values)])),
    ]),
  );
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

function sortedByText(statements: readonly AuthStatement[]): readonly AuthStatement[] {
  const texts = new Map(statements.map((statement) => [JSON.stringify(writeStatement(statement)), statement]));
  return [...texts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, statement]) => statement);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
