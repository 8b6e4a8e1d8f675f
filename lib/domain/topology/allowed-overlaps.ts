import { type Cidr, contains, parseCidr } from "../clusters/cidr.ts";
import type { TopologyNode } from "./topology-view.ts";

/** So many are named; a fleet whose clusters all use one range says no more with a thousand names. */
const MOST_NAMED = 5;

type Range = { readonly id: string; readonly name: string; readonly cidr: Cidr };

/**
 * VPCs whose address ranges overlap with another's, with the names of some of those: ranges either hold one another or are apart, so sorting
 * finds them. No fault: Lattice joins services, not networks.
 */
export function allowedOverlaps(nodes: readonly TopologyNode[]): ReadonlyMap<string, string> {
  const ranges = nodes.flatMap((node): Range[] =>
    node.kind !== "vpc"
      ? []
      : node.facts.flatMap(({ key, value }) => {
          const cidr = key === "cidr" ? parseCidr(value) : null;
          return cidr === null ? [] : [{ id: node.id, name: node.name, cidr }];
        }),
  );
  ranges.sort((one, other) => one.cidr.first - other.cidr.first || other.cidr.last - one.cidr.last || (one.id < other.id ? -1 : 1));
  const found = new Map<string, Set<string>>();
  const outer: Range[] = [];
  ranges.forEach((range, at) => {
    while (outer.length > 0 && !contains(outer.at(-1)?.cidr ?? range.cidr, range.cidr)) outer.pop();
    const others = found.get(range.id) ?? new Set<string>();
    for (const one of outer.slice(-MOST_NAMED - 1)) if (one.id !== range.id) others.add(one.name);
    for (let next = at + 1; next < ranges.length && others.size <= MOST_NAMED; next += 1) {
      const one = ranges[next];
      if (one === undefined || !contains(range.cidr, one.cidr)) break;
      if (one.id !== range.id) others.add(one.name);
    }
    if (others.size > 0) found.set(range.id, others);
    outer.push(range);
  });
  return new Map([...found].map(([id, names]) => [id, namesOf([...names].sort())]));
}

function namesOf(names: readonly string[]): string {
  return names.length <= MOST_NAMED ? names.join(", ") : `${names.slice(0, MOST_NAMED).join(", ")}, …`;
}
