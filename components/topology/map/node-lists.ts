import type { Glyph } from "../../../lib/domain/clusters/cluster-view.ts";
import { linksOf } from "../../../lib/domain/topology/topology-graph.ts";
import type { ShownEdge, ShownNode, ShownTopology } from "./map-view.ts";

export type ListName = "servedFrom" | "calledFrom" | "serves" | "calls" | "services" | "joined" | "joinedTo" | "sharedWith" | "sharedBy";
export type ListedNode = { readonly node: ShownNode; readonly glyph: Glyph; readonly weight: number | null; readonly sentence: string };
export type NodeList = { readonly name: ListName; readonly rows: readonly ListedNode[] };

/** What a node has to do with others, in the words of the side panel and the table. */
export function listsOf(view: ShownTopology, id: string): readonly NodeList[] {
  const links = linksOf(view);
  const node = links.node(id);
  if (node === undefined) return [];
  const isService = node.kind === "route" || node.kind === "lattice-service";
  const inside = insideOf(view, id);
  const out = (kind: ShownEdge["kind"]) => [...inside].flatMap((at) => links.out(at, kind));
  const into = (kind: ShownEdge["kind"]) => [...inside].flatMap((at) => links.into(at, kind));
  const row = (of: string, edge: ShownEdge): ListedNode[] => {
    const other = links.node(of);
    return other === undefined ? [] : [{ node: other, glyph: edge.glyph, weight: edge.weight, sentence: edge.sentence }];
  };
  /** What answers behind a target group: the cluster of the kubeService that feeds it, else the group. */
  const provider = (at: string): string => {
    const feeder = links.into(at, "exports").find(({ from }) => links.node(from)?.parent != null)?.from;
    return (feeder === undefined ? undefined : links.node(feeder)?.parent) ?? at;
  };
  const home = (at: string): string => {
    const parent = links.node(at)?.parent ?? null;
    return links.node(at)?.kind === "consumer" && parent !== null && links.node(parent)?.kind === "cluster" ? parent : at;
  };
  const lists: NodeList[] = isService
    ? [
        { name: "servedFrom", rows: out("routes-to").flatMap((edge) => row(provider(edge.to), edge)) },
        { name: "calledFrom", rows: into("may-call").flatMap((edge) => row(home(edge.from), edge)) },
      ]
    : [
        { name: "serves", rows: servedBy(view, inside).flatMap((edge) => row(edge.from, edge)) },
        { name: "calls", rows: out("may-call").flatMap((edge) => row(edge.to, edge)) },
      ];
  const associated = links.into(id, "associated-with");
  const isServiceEdge = ({ from }: ShownEdge) => links.node(from)?.kind !== "vpc";
  lists.push(
    { name: "services", rows: associated.filter(isServiceEdge).flatMap((edge) => row(edge.from, edge)) },
    { name: "joined", rows: associated.filter((edge) => !isServiceEdge(edge)).flatMap((edge) => row(edge.from, edge)) },
    { name: "joinedTo", rows: out("associated-with").flatMap((edge) => row(edge.to, edge)) },
    { name: "sharedWith", rows: links.out(id, "shared-with").flatMap((edge) => row(edge.to, edge)) },
    { name: "sharedBy", rows: links.into(id, "shared-with").flatMap((edge) => row(edge.from, edge)) },
  );
  return lists.map(({ name, rows }) => ({ name, rows: onceEach(rows) })).filter(({ rows }) => rows.length > 0);
}

function insideOf(view: ShownTopology, id: string): ReadonlySet<string> {
  const links = linksOf(view);
  const found = new Set([id]);
  for (const at of found) for (const child of links.children(at)) if (child.kind !== "network") found.add(child.id);
  return found;
}

/** The weights of services whose calls end in here, also through target groups that stand beside the cluster. */
function servedBy(view: ShownTopology, inside: ReadonlySet<string>): readonly ShownEdge[] {
  const links = linksOf(view);
  const ends = new Set([...inside].flatMap((at) => [at, ...links.out(at, "exports").map(({ to }) => to)]));
  return [...ends].flatMap((at) => links.into(at, "routes-to"));
}

function onceEach(rows: readonly ListedNode[]): readonly ListedNode[] {
  return [...new Map(rows.map((row) => [row.node.id, row])).values()].sort((one, other) => (one.node.name < other.node.name ? -1 : 1));
}

/** What a node stands in, outermost first. */
export function placeOf(view: ShownTopology, id: string): readonly ShownNode[] {
  return [...linksOf(view).ancestors(id)].reverse();
}
