import { paths } from "../../lib/paths.ts";

/** What the address says about the audit list; empty texts are left out of it. */
export type AuditFilter = {
  readonly action: string;
  readonly actor: string;
  readonly target: string;
  readonly outcome: "" | "ok" | "refused";
  readonly cursor: string;
};

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export function readAuditFilter(params: SearchParams): AuditFilter {
  const outcome = one(params["outcome"]);
  return {
    action: one(params["action"]),
    actor: one(params["actor"]),
    target: one(params["target"]),
    outcome: outcome === "ok" || outcome === "refused" ? outcome : "",
    cursor: one(params["cursor"]),
  };
}

/** The same as the query takes it. */
export function toAuditInput(
  filter: AuditFilter,
): Partial<Record<"action" | "actor" | "target" | "cursor", string>> & { readonly outcome?: "ok" | "refused" } {
  const { outcome, ...texts } = filter;
  const set = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
  return outcome === "" ? set : { ...set, outcome };
}

/** The address of the next page of the same list. */
export function olderHref(filter: AuditFilter, cursor: string): string {
  const { action, actor, target, outcome } = filter;
  const plain = paths.audit({ action, actor, target, outcome });
  return `${plain}${plain.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
}

function one(value: string | readonly string[] | undefined): string {
  return (typeof value === "string" ? value : (value?.[0] ?? "")).slice(0, 200);
}
