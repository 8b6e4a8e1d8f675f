import { linksOf, type TopologyGraph } from "./topology-graph.ts";
import { isTroubled } from "./topology-health.ts";
import type { NodeKind, TopologyEdge, TopologyNode } from "./topology-view.ts";

type DrawnNode = Pick<TopologyNode, "id" | "kind" | "parent" | "name" | "glyph"> & { readonly folded: { readonly count: number } | null };
type DrawnEdge = Pick<TopologyEdge, "id" | "kind" | "from" | "to" | "weight" | "glyph">;

/** Drawn by boxes inside each other. */
const BOXED: ReadonlySet<TopologyEdge["kind"]> = new Set(["runs-in", "owns"]);
const SHAPES: Readonly<Partial<Record<NodeKind, readonly [string, string]>>> = {
  network: ["[[", "]]"],
  route: ["([", "])"],
  "lattice-service": ["([", "])"],
  consumer: ["((", "))"],
  "target-group": ["[/", "/]"],
};

/** The graph as Mermaid text. Names come from clusters and AWS and are attacker input: nothing but harmless characters of them is written. */
export function toMermaid(graph: TopologyGraph<DrawnNode, DrawnEdge>): string {
  const names = new Map(graph.nodes.map(({ id }, n) => [id, `n${n}`]));
  const nameOf = (id: string) => names.get(id) ?? "n";
  const { children, node } = linksOf(graph);
  const lines = ["flowchart TB"];
  function write(one: DrawnNode, indent: string): void {
    const inside = children(one.id);
    if (inside.length === 0) {
      const [open, close] = SHAPES[one.kind] ?? ["[", "]"];
      lines.push(`${indent}${nameOf(one.id)}${open}"${labelOf(one)}"${close}`);
      return;
    }
    lines.push(`${indent}subgraph ${nameOf(one.id)}["${labelOf(one)}"]`);
    for (const child of inside) write(child, `${indent}  `);
    lines.push(`${indent}end`);
  }
  for (const one of graph.nodes) if (one.parent === null || node(one.parent) === undefined) write(one, "  ");
  for (const edge of graph.edges) if (!BOXED.has(edge.kind)) lines.push(`  ${nameOf(edge.from)} ${arrowOf(edge)} ${nameOf(edge.to)}`);
  const ill = graph.nodes.filter(isTroubled).map(({ id }) => nameOf(id));
  if (ill.length > 0) lines.push("  classDef ill stroke:#b3261e,stroke-width:3px", `  class ${ill.join(",")} ill`);
  return `${lines.join("\n")}\n`;
}

function labelOf({ kind, name, glyph, folded }: DrawnNode): string {
  const more = folded === null ? "" : ` (+${folded.count})`;
  return `${kind}: ${plain(name)}, ${glyph}${more}`;
}

function arrowOf({ kind, weight, glyph }: DrawnEdge): string {
  const line = glyph === "ok" ? "-->" : "-.->";
  const words = [kind === "routes-to" ? "" : kind, weight === null ? "" : `${weight}%`, glyph === "ok" ? "" : glyph];
  const label = words.filter((word) => word !== "").join(" ");
  return label === "" ? line : `${line}|${label}|`;
}

function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N} ._:/@+*-]/gu, "_").slice(0, 200);
}
