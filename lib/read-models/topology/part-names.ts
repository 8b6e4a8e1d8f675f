/** Names of parts: what was observed, by what names it there. The first stroke ends the kind, and account ids hold none. */
export const PART_KINDS = [
  "account",
  "management",
  "cluster",
  "route",
  "provider",
  "network",
  "group",
  "service",
  "seen-network",
  "vpc",
] as const;
export type PartKind = (typeof PART_KINDS)[number];

export function partName(kind: PartKind, ...names: readonly string[]): string {
  return [kind, ...names].join("/");
}

/** Kind and what it is of; null for no name of ours. */
export function splitPart(part: string): { readonly kind: PartKind; readonly of: string } | null {
  const cut = part.indexOf("/");
  const kind = PART_KINDS.find((one) => one === part.slice(0, cut));
  return kind === undefined ? null : { kind, of: part.slice(cut + 1) };
}

/** `<account>/<id>` */
export function splitAccount(of: string): { readonly account: string; readonly id: string } {
  const cut = of.indexOf("/");
  return { account: of.slice(0, cut), id: of.slice(cut + 1) };
}
