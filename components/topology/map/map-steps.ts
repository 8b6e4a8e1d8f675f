import { isTroubled } from "../../../lib/domain/topology/topology-health.ts";
import type { ShownNode, ShownTopology } from "./map-view.ts";

const URGENCY = [
  "failed",
  "attention",
  "waiting",
  "unknown",
  "progressing",
  "deleting",
  "paused",
  "hibernated",
  "ok",
  "todo",
  "closed",
] as const;
const MOST = 24;

/** Most urgent first, then by name: the order of the table and of the wall. */
export function byUrgency(one: Pick<ShownNode, "glyph" | "name" | "id">, other: Pick<ShownNode, "glyph" | "name" | "id">): number {
  return (
    URGENCY.indexOf(one.glyph) - URGENCY.indexOf(other.glyph) ||
    (one.name < other.name ? -1 : one.name > other.name ? 1 : one.id < other.id ? -1 : 1)
  );
}

/** What the wall shows one after the other: each thing in trouble, the worst first, then the whole map (null). Boxes repeat what stands in them. */
export function wallSteps(view: ShownTopology): readonly (string | null)[] {
  const parents = new Set(view.nodes.filter(isTroubled).map(({ parent }) => parent));
  const troubled = view.nodes.filter((node) => isTroubled(node) && !parents.has(node.id)).sort(byUrgency);
  return [...troubled.slice(0, MOST).map(({ id }) => id), null];
}
