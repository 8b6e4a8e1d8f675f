import { message } from "../message.ts";
import { type StoredDependent, type StoredImpact, storedImpact } from "../requests/impact.ts";
import type { WholeGraph } from "./assemble-graph.ts";
import type { NodeDraft } from "./graph-part.ts";
import { readersOf } from "./readers-of.ts";
import { byId, linksOf, type TopologyGraph } from "./topology-graph.ts";
import type { TopologyNode } from "./topology-view.ts";

/**
 * Who would feel it if a node went: what runs in it, the routes that lose a place to send calls to, everybody who calls those that lose all, and who calls from
 * inside it. Callers that are known to be cut off do not count.
 * Of the whole graph; who may know each of them by name is kept with it. A node that is not there has no dependents.
 */
export function dependentsOf({ drafts, edges }: WholeGraph, id: string, at: Date): StoredImpact {
  const graph: TopologyGraph = { nodes: drafts.map(({ node }) => node), edges };
  const accesses = new Map(drafts.map(({ node, access }) => [node.id, access]));
  const links = linksOf(graph);
  const lost = lostWith(graph, id);
  const found = new Map<string, StoredDependent>();
  const say = (node: TopologyNode, { sentence, seenBy }: Pick<StoredDependent, "sentence" | "seenBy">) => {
    const kind = dependentKind(node);
    if (kind === null || node.id === id) return;
    const known = found.get(node.id);
    // Whoever may know of one reason may know of the dependent, but reads the first reason only where it is hers too.
    if (known !== undefined && (known.seenBy === null || seenBy !== null)) return;
    found.set(node.id, { kind, name: node.name, team: node.team, ref: node.ref, sentence, seenBy });
  };
  const here = nameOf(graph, id);
  for (const one of lost) {
    const node = links.node(one);
    if (node?.kind === "cluster")
      say(node, { sentence: message("topology.impact.standsIn", { name: here }), seenBy: seenByOf(accesses.get(one)) });
  }
  const routes = servedFrom(graph, lost);
  const stopped = new Set<string>();
  for (const route of routes) {
    const used = links.out(route.id, "routes-to").filter(({ weight }) => weight !== 0);
    const left = used.filter(({ to }) => !lost.has(to)).length;
    if (lost.has(route.id) || left === 0) stopped.add(route.id);
    const sentence = lost.has(route.id)
      ? message("topology.impact.publishedHere", { name: here })
      : message(left === 0 ? "topology.impact.losesAll" : "topology.impact.losesSome", { left, count: used.length });
    say(route, { sentence, seenBy: seenByOf(accesses.get(route.id)) });
  }
  for (const { from, to, glyph } of edges.filter(({ kind }) => kind === "may-call")) {
    const [caller, route] = [links.node(from), links.node(to)];
    if (caller === undefined || route === undefined || glyph === "failed") continue;
    const isHere = caller.parent !== null && lost.has(caller.parent);
    if (!isHere && !stopped.has(to)) continue;
    const sentence = isHere
      ? message("impact.callsFromHere", { route: route.name })
      : message("topology.impact.calls", { route: route.name });
    say(caller, { sentence, seenBy: seenByOf(accesses.get(to)) });
  }
  const dependents = [...found.values()].sort(inOrder);
  const count = (kind: StoredDependent["kind"]) => dependents.filter((one) => one.kind === kind).length;
  const teams = new Set(dependents.flatMap(({ team }) => team ?? [])).size;
  const counts = { routes: count("route"), consumers: count("consumer"), clusters: count("cluster"), teams };
  return storedImpact(
    dependents.length === 0 ? message("topology.impact.nobody") : message("topology.impact.some", counts),
    dependents,
    at,
  );
}

/** Services that no route owns are the platform's to name. */
function seenByOf(access: NodeDraft["access"] | undefined): string[] | null {
  return access?.type === "route" || access?.type === "cluster" ? readersOf(access.row) : [];
}

/** The node, everything drawn inside it, what stands on those, and of a network what is published in it. */
function lostWith(graph: TopologyGraph, id: string): ReadonlySet<string> {
  const links = linksOf(graph);
  const lost = new Set(links.node(id) === undefined ? [] : [id]);
  for (const one of lost) {
    for (const child of links.children(one)) if (child.kind !== "consumer") lost.add(child.id);
    for (const { to } of [...links.out(one, "owns"), ...links.out(one, "exports")]) lost.add(to);
    if (links.node(one)?.kind !== "network") continue;
    for (const { from } of links.into(one, "associated-with")) {
      const user = links.node(from);
      // Whoever is published elsewhere too can still be called.
      const isOnly = links.out(from, "associated-with").length === 1;
      if (isOnly && (user?.kind === "route" || user?.kind === "lattice-service")) lost.add(from);
    }
  }
  return lost;
}

/** Routes that are lost themselves, or lose some place they send calls to. */
function servedFrom(graph: TopologyGraph, lost: ReadonlySet<string>): readonly TopologyNode[] {
  const links = linksOf(graph);
  const found = new Map<string, TopologyNode>();
  for (const one of lost) {
    const ids = [one, ...links.into(one, "routes-to").flatMap(({ from, weight }) => (weight === 0 ? [] : [from]))];
    for (const id of ids) {
      const node = links.node(id);
      if (node?.kind === "route" || node?.kind === "lattice-service") found.set(id, node);
    }
  }
  return [...found.values()].sort(byId);
}

function dependentKind({ kind }: TopologyNode): StoredDependent["kind"] | null {
  if (kind === "lattice-service") return "route";
  return kind === "route" || kind === "consumer" || kind === "cluster" ? kind : null;
}

const ORDER: readonly StoredDependent["kind"][] = ["route", "consumer", "cluster", "kube-service"];

function inOrder(one: StoredDependent, other: StoredDependent): number {
  const byKind = ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind);
  return byKind === 0 ? (one.name < other.name ? -1 : one.name > other.name ? 1 : 0) : byKind;
}

function nameOf(graph: TopologyGraph, id: string): string {
  return linksOf(graph).node(id)?.name ?? id;
}
