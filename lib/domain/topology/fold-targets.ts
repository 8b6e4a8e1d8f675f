import { linksOf, type TopologyGraph } from "./topology-graph.ts";
import type { TopologyNode } from "./topology-view.ts";

/**
 * The node that stands for this one when it is folded: a route's network, a cluster's VPC, and the cluster behind a kubeService or target
 * group, so that a folded route still leads to its clusters with its weights. Null: nothing can stand for it.
 */
export function foldTargets(graph: TopologyGraph): ReadonlyMap<string, string | null> {
  return new Map(graph.nodes.map((node) => [node.id, targetOf(graph, node)]));
}

function targetOf(graph: TopologyGraph, { id, kind, parent }: TopologyNode): string | null {
  const links = linksOf(graph);
  const holder = parent !== null && links.node(parent) !== undefined ? parent : null;
  switch (kind) {
    case "target-group": {
      const clusters = links.into(id, "exports").flatMap(({ from }) => links.node(from)?.parent ?? []);
      return (
        least(clusters.filter((one) => links.node(one) !== undefined)) ??
        least(links.into(id, "routes-to").map(({ from }) => from)) ??
        holder
      );
    }
    case "consumer":
      return holder ?? least(links.out(id, "may-call").map(({ to }) => to));
    case "route":
    case "lattice-service":
      return least(links.out(id, "associated-with").map(({ to }) => to)) ?? holder ?? least(links.into(id, "owns").map(({ from }) => from));
    case "cluster":
      return holder ?? least(links.into(id, "owns").map(({ from }) => from));
    case "kube-service":
      return holder ?? least(links.out(id, "exports").flatMap(({ to }) => links.into(to, "routes-to").map(({ from }) => from)));
    case "vpc":
    case "network":
      return holder;
    case "account":
    case "management-cluster":
      return null;
  }
}

function least(ids: readonly string[]): string | null {
  return ids.reduce<string | null>((found, id) => (found === null || id < found ? id : found), null);
}
