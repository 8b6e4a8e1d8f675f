import { type Message, message } from "../message.ts";
import { grpcPath, type LatticeMatch, latticeMatchOf } from "./lattice-match.ts";
import type { RouteMatch } from "./route-input.ts";

/** A call to try. Header names in any case; `path` may carry a query, which no rule looks at. */
export type TriedCall = {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
};

/** What the rules make of a call. `rule` counts from 1; null: Lattice answers 404. */
export type CallAnswer = {
  readonly rule: number | null;
  readonly sentence: Message;
  /** Each rule that was tried, in order, up to the one that answers, with what decided. */
  readonly tried: readonly { readonly rule: number; readonly takes: boolean; readonly why: Message }[];
};

/**
 * Which rule answers a call, and why the earlier ones do not. As Lattice does it (lattice.md §1.4): rules in their order, paths letter by letter
 * with case, header names and values without case, no match is 404.
 */
export function explainCall(rules: readonly { readonly match: RouteMatch }[], call: TriedCall): CallAnswer {
  const path = call.path.split(/[?#]/, 1)[0] ?? "";
  const tried: CallAnswer["tried"][number][] = [];
  for (const [index, rule] of rules.entries()) {
    const difference = firstDifference(latticeMatchOf(rule.match), { ...call, path });
    tried.push({ rule: index + 1, takes: difference === null, why: difference ?? message("routes.call.why.fits") });
    if (difference === null) return { rule: index + 1, sentence: message("routes.call.answered", { rule: index + 1 }), tried };
  }
  return { rule: null, sentence: message("routes.call.notFound", { count: rules.length }), tried };
}

/** A gRPC call as the HTTP call it is. */
export function grpcCall(service: string, method: string, headers: TriedCall["headers"] = []): TriedCall {
  return { method: "POST", path: grpcPath({ service, method }).value, headers };
}

function firstDifference({ method, path, headers }: LatticeMatch, call: TriedCall): Message | null {
  if (path.type === "exact" && call.path !== path.value) return message("routes.call.why.notExact", { path: path.value });
  if (path.type === "prefix" && !call.path.startsWith(path.value)) return message("routes.call.why.notPrefix", { path: path.value });
  if (method !== null && method !== call.method.toUpperCase()) return message("routes.call.why.method", { method });
  const missing = headers.find(({ name, value }) => !hasHeader(call, name, value));
  return missing === undefined ? null : message("routes.call.why.header", { name: missing.name, value: missing.value });
}

function hasHeader(call: TriedCall, name: string, value: string): boolean {
  return call.headers.some((header) => header.name.toLowerCase() === name && header.value.toLowerCase() === value);
}
