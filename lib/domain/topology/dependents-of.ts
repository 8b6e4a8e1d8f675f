import { message } from "../message.ts";
import type { Impact } from "../requests/impact.ts";
import { byId, linksOf, type TopologyGraph } from "./topology-graph.ts";
import type { TopologyNode } from "./topology-view.ts";

type Dependent = Impact["dependents"][number];

/**
 * Who would feel it if a node went: what runs in it, the routes that lose a place to send calls to, and everybody who calls those. `at` is
 * the moment of the question. Give it the whole graph, not a folded one; a node that is not there has no dependents.
 */
export function dependentsOf(graph: TopologyGraph, id: string, at: string): Impact {
  const links = linksOf(graph);
  const lost = lostWith(graph, id);
  const found = new Map<string, Dependent>();
  const say = (node: TopologyNode, sentence: Dependent["sentence"]) => {
    const kind = dependentKind(node);
    if (kind === null || node.id === id || found.has(node.id)) return;
    found.set(node.id, { kind, name: node.name, team: node.team, ref: node.ref, sentence });
  };
  for (const one of lost) {
    const node = links.node(one);
    if (node?.kind === "cluster") say(node, message("topology.impact.standsIn", { name: nameOf(graph, id) }));
  }
  for (const route of servedFrom(graph, lost)) {
    const left = links.out(route.id, "routes-to").filter(({ to }) => !lost.has(to)).length;
    const count = links.out(route.id, "routes-to").length;
    const isGone = lost.has(route.id) || left === 0;
    say(
      route,
      lost.has(route.id)
        ? message("topology.impact.publishedHere", { name: nameOf(graph, id) })
        : message(isGone ? "topology.impact.losesAll" : "topology.impact.losesSome", { left, count }),
    );
  }
  for (const route of servedFrom(graph, lost)) {
    for (const { from } of links.into(route.id, "may-call")) {
      const caller = links.node(from);
      if (caller !== undefined) say(caller, message("topology.impact.calls", { route: route.name }));
    }
  }
  const dependents = [...found.values()].sort(inOrder);
  const teams = [...new Set(dependents.flatMap(({ team }) => team ?? []))].sort();
  const count = (kind: Dependent["kind"]) => dependents.filter((one) => one.kind === kind).length;
  return {
    sentence:
      dependents.length === 0
        ? message("topology.impact.nobody")
        : message("topology.impact.some", {
            routes: count("route"),
            consumers: count("consumer"),
            clusters: count("cluster"),
            teams: teams.length,
          }),
    teams,
    dependents,
    hidden: 0,
    at,
  };
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
    const ids = [one, ...links.into(one, "routes-to").map(({ from }) => from)];
    for (const id of ids) {
      const node = links.node(id);
      if (node?.kind === "route" || node?.kind === "lattice-service") found.set(id, node);
    }
  }
  return [...found.values()].sort(byId);
}

function dependentKind({ kind }: TopologyNode): Dependent["kind"] | null {
  if (kind === "lattice-service") return "route";
  return kind === "route" || kind === "consumer" || kind === "cluster" ? kind : null;
}

const ORDER: readonly Dependent["kind"][] = ["route", "consumer", "cluster", "kube-service"];

function inOrder(one: Dependent, other: Dependent): number {
  const byKind = ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind);
  return byKind === 0 ? (one.name < other.name ? -1 : one.name > other.name ? 1 : 0) : byKind;
}

function nameOf(graph: TopologyGraph, id: string): string {
  return linksOf(graph).node(id)?.name ?? id;
}
