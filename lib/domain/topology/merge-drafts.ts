import type { NodeDraft } from "./graph-part.ts";
import { FACT_KEYS, type TopologyNode } from "./topology-view.ts";

/** A draft and the name of the part that says it. */
export type Contribution = { readonly part: string; readonly draft: NodeDraft };

/**
 * One node of all that is said about it: the highest rank speaks first, then parts by name; the others add what it leaves open. The order in
 * which they came to be known is of no account.
 */
export function mergeDrafts(contributions: readonly Contribution[]): NodeDraft | null {
  const [first, ...others] = contributions.length < 2 ? contributions : [...contributions].sort(inOrder);
  if (first === undefined) return null;
  if (others.length === 0) return first.draft;
  const { access, rank } = first.draft;
  const node = others.reduce((known, { draft }) => filled(known, draft.node), first.draft.node);
  return { node, access, rank };
}

function inOrder(one: Contribution, other: Contribution): number {
  return other.draft.rank - one.draft.rank || (one.part < other.part ? -1 : one.part > other.part ? 1 : 0);
}

function filled(known: TopologyNode, more: TopologyNode): TopologyNode {
  const facts = more.facts.filter(
    ({ key, value }) => !known.facts.some((fact) => fact.key === key && (key !== "cidr" || fact.value === value)),
  );
  const isAdding =
    facts.length > 0 ||
    (known.parent === null && more.parent !== null) ||
    (known.account === null && more.account !== null) ||
    (known.team === null && more.team !== null) ||
    (known.note === null && more.note !== null) ||
    (known.at === null && more.at !== null);
  if (!isAdding) return known;
  return {
    ...known,
    parent: known.parent ?? more.parent,
    account: known.account ?? more.account,
    team: known.team ?? more.team,
    note: known.note ?? more.note,
    at: known.at ?? more.at,
    facts: [...known.facts, ...facts].sort((one, other) => FACT_KEYS.indexOf(one.key) - FACT_KEYS.indexOf(other.key)),
  };
}
