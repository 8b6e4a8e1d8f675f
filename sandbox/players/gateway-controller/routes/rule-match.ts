import type { HeaderMatch, PathMatch, RuleMatch } from "@aws-sdk/client-vpc-lattice";
import type { RouteMatch, RouteRule } from "../network-objects.ts";

const mostHeaders = 5;

/** What Lattice can match of a rule, or an error whose text only an Event will show (lattice.md §1.4). Filters, timeouts and retries are not looked at. */
export function ruleMatch(rule: RouteRule): RuleMatch {
  const matches = rule.matches ?? [];
  if (matches.length > 1) throw new Error("LATTICE_NO_SUPPORT_FOR_MULTIPLE_MATCHES");
  const [match] = matches;
  if (!match) return { httpMatch: { pathMatch: prefixMatch("/") } };
  if ((match.queryParams ?? []).length > 0) throw new Error("LATTICE_UNSUPPORTED_MATCH_TYPE");
  const headerMatches = headers(match);
  const rest = headerMatches.length > 0 ? { headerMatches } : {};
  if (typeof match.method === "object") return { httpMatch: { method: "POST", pathMatch: grpcPath(match.method), ...rest } };
  return { httpMatch: { ...(match.method === undefined ? {} : { method: match.method }), pathMatch: path(match), ...rest } };
}

function path(match: RouteMatch): PathMatch {
  const { type = "PathPrefix", value = "/" } = match.path ?? {};
  if (type === "Exact") return { match: { exact: value }, caseSensitive: true };
  if (type === "PathPrefix") return prefixMatch(value);
  throw new Error("LATTICE_UNSUPPORTED_PATH_MATCH_TYPE");
}

function grpcPath(method: { type?: string | undefined; service?: string | undefined; method?: string | undefined }): PathMatch {
  if ((method.type ?? "Exact") !== "Exact") throw new Error("LATTICE_UNSUPPORTED_MATCH_TYPE");
  if (method.service === undefined) throw new Error("LATTICE_UNSUPPORTED_MATCH_TYPE");
  if (method.method === undefined) return prefixMatch(`/${method.service}/`);
  return { match: { exact: `/${method.service}/${method.method}` }, caseSensitive: true };
}

function headers(match: RouteMatch): HeaderMatch[] {
  const wanted = match.headers ?? [];
  if (wanted.length > mostHeaders) throw new Error("LATTICE_EXCEED_MAX_HEADER_MATCHES");
  return wanted.map((one) => {
    if ((one.type ?? "Exact") !== "Exact") throw new Error("LATTICE_UNSUPPORTED_HEADER_MATCH_TYPE");
    return { name: one.name, match: { exact: one.value }, caseSensitive: false };
  });
}

function prefixMatch(prefix: string): PathMatch {
  return { match: { prefix }, caseSensitive: true };
}
