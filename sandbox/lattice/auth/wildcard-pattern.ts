import type { RequestContext } from "./request-context.ts";

export type PatternOptions = {
  /** Whose values stand for `${…}`; null: the policy's version knows no variables. */
  readonly variables: RequestContext | null;
  readonly wildcards: boolean;
  readonly ignoreCase?: boolean;
};

/**
 * A text of a policy as what it matches: `*` any characters, `?` any one, `${key}` or `${key, 'otherwise'}` the request's own value, taken
 * literally; `${*}`, `${?}` and `${$}` those characters. Null when a variable has no value: such a text matches nothing.
 */
export function wildcardPattern(text: string, { variables, wildcards, ignoreCase = false }: PatternOptions): RegExp | null {
  let source = "";
  let rest = text;
  while (rest !== "") {
    const variable = variables === null ? null : /^\$\{([^}]*)\}/.exec(rest);
    if (variables !== null && variable) {
      const value = valueOf(variables, variable[1] ?? "");
      if (value === null) return null;
      source += escaped(value);
      rest = rest.slice(variable[0].length);
      continue;
    }
    const next = rest.slice(0, 1);
    source += wildcards && next === "*" ? ".*" : wildcards && next === "?" ? "." : escaped(next);
    rest = rest.slice(1);
  }
  return new RegExp(`^${source}$`, ignoreCase ? "is" : "s");
}

function valueOf(variables: RequestContext, inside: string): string | null {
  if (inside === "*" || inside === "?" || inside === "$") return inside;
  const [, key = "", otherwise] = /^([^,]*)(?:,\s*'(.*)')?$/.exec(inside.trim()) ?? [];
  const values = variables.get(key.trim().toLowerCase()) ?? [];
  // A key with several values cannot stand for one.
  return values.length === 1 ? (values[0] ?? null) : values.length === 0 ? (otherwise ?? null) : null;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
