import type { ListenerRecord, RuleMatch, RuleRecord } from "../store/records.ts";
import type { CallToCarry } from "./carry-input.ts";

type HttpMatch = RuleMatch["httpMatch"];
type TextMatch = { exact: string } | { prefix: string } | { contains: string };
type HttpCall = Pick<CallToCarry, "method" | "path" | "headers">;

/** The rule with the lowest priority whose match fits; the default rule comes last. Without HTTP (TLS passthrough) only that one. */
export function findRule(listener: ListenerRecord, call: HttpCall | null): RuleRecord {
  const rules = listener.rules.filter((rule) => rule.match !== null).sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  const found = call ? rules.find((rule) => rule.match !== null && matches(rule.match.httpMatch, call)) : undefined;
  const rule = found ?? listener.rules.find((one) => one.isDefault);
  if (!rule) throw new Error(`${listener.arn} has no default rule`);
  return rule;
}

function matches(match: HttpMatch, call: HttpCall): boolean {
  // Methods are compared exactly, whatever the other parts do.
  if (match.method !== undefined && match.method !== call.method) return false;
  if (match.pathMatch && !fits(match.pathMatch.match, call.path, match.pathMatch.caseSensitive)) return false;
  return (match.headerMatches ?? []).every(({ name, match: wanted, caseSensitive }) => {
    const [, value] = Object.entries(call.headers).find(([given]) => given.toLowerCase() === name.toLowerCase()) ?? [];
    return value !== undefined && fits(wanted, value, caseSensitive);
  });
}

/** A prefix is a prefix of the text: `/api` also takes `/apiv2`. */
function fits(wanted: TextMatch, given: string, caseSensitive: boolean): boolean {
  const read = (text: string) => (caseSensitive ? text : text.toLowerCase());
  const text = read(given);
  if ("exact" in wanted) return text === read(wanted.exact);
  return "prefix" in wanted ? text.startsWith(read(wanted.prefix)) : text.includes(read(wanted.contains));
}
