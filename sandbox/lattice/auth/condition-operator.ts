import { BlockList, isIP } from "node:net";
import { type PatternOptions, wildcardPattern } from "./wildcard-pattern.ts";

/** Whether one value of the request fits one value of the policy. */
type Test = (actual: string, wanted: string, variables: PatternOptions["variables"]) => boolean;
export type ConditionOperator = {
  readonly quantifier: "ForAllValues" | "ForAnyValue" | null;
  readonly ifExists: boolean;
  /** `Null` asks whether the key is there; the others compare. */
  readonly compares: Test | "presence";
  /** Of the operators with Not: holds when nothing fits. */
  readonly negated: boolean;
};

const tests: Readonly<Record<string, Test>> = {
  StringEquals: (actual, wanted, variables) => fits(actual, wanted, { variables, wildcards: false }),
  StringEqualsIgnoreCase: (actual, wanted, variables) => fits(actual, wanted, { variables, wildcards: false, ignoreCase: true }),
  StringLike: (actual, wanted, variables) => fits(actual, wanted, { variables, wildcards: true }),
  NumericEquals: numbers((actual, wanted) => actual === wanted),
  NumericLessThan: numbers((actual, wanted) => actual < wanted),
  NumericLessThanEquals: numbers((actual, wanted) => actual <= wanted),
  NumericGreaterThan: numbers((actual, wanted) => actual > wanted),
  NumericGreaterThanEquals: numbers((actual, wanted) => actual >= wanted),
  DateEquals: dates((actual, wanted) => actual === wanted),
  DateLessThan: dates((actual, wanted) => actual < wanted),
  DateLessThanEquals: dates((actual, wanted) => actual <= wanted),
  DateGreaterThan: dates((actual, wanted) => actual > wanted),
  DateGreaterThanEquals: dates((actual, wanted) => actual >= wanted),
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: (actual, wanted) => actual === wanted,
  IpAddress: inRange,
  ArnLike: arnFits,
  ArnEquals: arnFits,
};
const negations: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
  ArnNotLike: "ArnLike",
  ArnNotEquals: "ArnEquals",
};

/** An operator by the name that a policy gives it, prefix and suffix included; null: IAM knows none of that name. */
export function conditionOperator(name: string): ConditionOperator | null {
  const [, prefix, base = "", suffix] = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(name) ?? [];
  const quantifier = prefix === "ForAllValues" || prefix === "ForAnyValue" ? prefix : null;
  const ifExists = suffix !== undefined;
  if (base === "Null") return ifExists || quantifier ? null : { quantifier, ifExists, compares: "presence", negated: false };
  const compares = tests[negations[base] ?? base];
  return compares ? { quantifier, ifExists, compares, negated: base in negations } : null;
}

function fits(actual: string, wanted: string, options: PatternOptions): boolean {
  return wildcardPattern(wanted, options)?.test(actual) ?? false;
}

function numbers(compare: (actual: number, wanted: number) => boolean): Test {
  return (actual, wanted) => [actual, wanted].every((one) => /^-?\d+(\.\d+)?$/.test(one)) && compare(Number(actual), Number(wanted));
}

function dates(compare: (actual: number, wanted: number) => boolean): Test {
  const read = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text));
  return (actual, wanted) => !Number.isNaN(read(actual)) && !Number.isNaN(read(wanted)) && compare(read(actual), read(wanted));
}

function inRange(actual: string, wanted: string): boolean {
  const family = isIP(actual) === 6 ? "ipv6" : "ipv4";
  const [address = "", bits = family === "ipv6" ? "128" : "32"] = wanted.split("/");
  if (isIP(actual) === 0 || isIP(address) !== isIP(actual)) return false;
  const range = new BlockList();
  range.addSubnet(address, Number(bits), family);
  return range.check(actual, family);
}

/** The six parts of an ARN are compared one by one, so that `*` never reaches over a colon but in the last. */
function arnFits(actual: string, wanted: string, variables: PatternOptions["variables"]): boolean {
  const [theirs, ours] = [partsOf(actual), partsOf(wanted)];
  return ours.length === 6 && theirs.length === 6 && ours.every((part, at) => fits(theirs[at] ?? "", part, { variables, wildcards: true }));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
