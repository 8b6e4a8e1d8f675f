import { UserId } from "../../domain/ids.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import type { WholeGraph } from "../../domain/topology/assemble-graph.ts";
import { clusterNode } from "../../domain/topology/cluster-part.ts";
import { narrowGraph } from "../../domain/topology/create-topology-view.ts";
import type { NodeDraft } from "../../domain/topology/graph-part.ts";
import { routeNode } from "../../domain/topology/route-part.ts";
import { settleGraph } from "../../domain/topology/settle-graph.ts";
import type { TopologyGraph } from "../../domain/topology/topology-graph.ts";
import type { EdgeKind, TopologyEdge, TopologyNode } from "../../domain/topology/topology-view.ts";
import { canReadCluster, limitRow, rowFor } from "../clusters/visible-clusters.ts";
import { canReadRoute, limitRouteRow, routeRowFor } from "../routes/visible-routes.ts";

/** How much of a node somebody sees: `limited` is what product.md §2 leaves to the organisation. */
type Sight = "full" | "limited";

/**
 * The part of the map that an actor may see. Clusters and routes as their lists say it; what belongs to them to those who may read them in
 * full; a network to those who may use it or see a route in it; boxes when something visible stands in them or they are the actor's teams'.
 */
export function visibleGraph(whole: WholeGraph, actor: Actor): TopologyGraph {
  // A screen shows what the organisation may see, narrowed to its link's filter (ADR 0016).
  if (actor.type === "wall") return narrowGraph(visibleGraph(whole, ANYBODY), actor.filter);
  const sights = seenBy(whole, actor);
  const nodes = whole.drafts.flatMap((draft) => {
    const sight = sights.get(draft.node.id);
    return sight === undefined ? [] : [shown(draft, sight)];
  });
  return settleGraph(nodes, whole.edges);
}

/** Somebody in no team and without a global role. */
const ANYBODY: Actor = {
  type: "person",
  userId: UserId.parse("00000000-0000-4000-8000-000000000000"),
  issuer: "",
  subject: "",
  name: "",
  globalRoles: [],
  memberships: [],
  via: { door: "token", tokenId: "", scopes: ["read"] },
};

/** Each visible node's id with how much of it is seen. */
export function seenBy(whole: WholeGraph, actor: Actor): ReadonlyMap<string, Sight> {
  const sights = new Map<string, Sight>();
  const isAdmin = holds(actor, "network.read", { type: "installation" });
  const teams: ReadonlySet<string> = new Set(actor.type === "person" ? actor.memberships.map(({ teamId }) => teamId) : []);
  const isOfTeams = (own: readonly string[]) => own.some((team) => teams.has(team));
  for (const { node, access } of whole.drafts) {
    const sight = isAdmin ? "full" : ownSight(access, actor, isOfTeams);
    if (sight !== null) sights.set(node.id, sight);
  }
  if (isAdmin) return sights;
  const edgesOf = byKind(whole.edges);
  const isAbout = (id: string, kinds: readonly Sight[]) => kinds.some((kind) => sights.get(id) === kind);
  // A service that Kubernetes does not own: for members of teams that may use one of its networks.
  const drafts = new Map(whole.drafts.map((draft) => [draft.node.id, draft]));
  for (const { from, to } of edgesOf("associated-with")) {
    const access = drafts.get(from)?.access;
    if (access?.type === "lattice-service" && access.owner === "foreign" && sights.has(to)) sights.set(from, "full");
  }
  for (const { from, to } of edgesOf("associated-with"))
    if (isRoute(from) && sights.has(from) && !sights.has(to)) sights.set(to, "limited");
  for (const { from, to } of edgesOf("routes-to")) if (isAbout(from, ["full"])) sights.set(to, "full");
  for (const { from, to } of edgesOf("exports")) {
    // A group with the cluster that feeds it, and the other way round for whoever reads the route over it.
    if (sights.has(from)) sights.set(to, "full");
    else if (sights.has(to)) sights.set(from, "full");
  }
  for (const { from, to } of edgesOf("may-call")) if (sights.has(to)) sights.set(from, "full");
  addBoxes(whole, sights);
  return sights;
}

function ownSight(access: NodeDraft["access"], actor: Actor, isOfTeams: (teams: readonly string[]) => boolean): Sight | null {
  switch (access.type) {
    case "cluster": {
      const row = rowFor(actor, access.row);
      return row === null ? null : row === access.row ? "full" : "limited";
    }
    case "route": {
      const row = routeRowFor(actor, access.row);
      return row === null ? null : row === access.row ? "full" : "limited";
    }
    case "kube-service":
      return canReadCluster(actor, access.namespace) ? "full" : null;
    case "account":
    case "network":
      return isOfTeams(access.teams) ? "limited" : null;
    case "lattice-service":
      return typeof access.owner === "object" && canReadRoute(actor, access.owner.namespace) ? "full" : null;
    case "anyone":
      return "full";
    case "joined":
      return null;
  }
}

/** Boxes around what is seen, from the inside out; a caller whose cluster is not seen stands in its VPC. */
function addBoxes({ drafts }: WholeGraph, sights: Map<string, Sight>): void {
  const nodes = new Map(drafts.map(({ node }) => [node.id, node]));
  for (const id of [...sights.keys()]) {
    const node = nodes.get(id);
    let at = node?.parent ?? null;
    const vpc = node?.kind === "consumer" ? node.facts.find(({ key }) => key === "vpc")?.value : undefined;
    if (vpc !== undefined && at !== null && !sights.has(at)) at = `vpc/${vpc}`;
    for (; at !== null && !sights.has(at); at = nodes.get(at)?.parent ?? null) {
      const kind = nodes.get(at)?.kind;
      if (kind !== "vpc" && kind !== "account") break;
      sights.set(at, "limited");
    }
  }
}

function shown({ node, access }: NodeDraft, sight: Sight): TopologyNode {
  if (sight === "full") return node;
  const { parent, account } = node;
  if (access.type === "cluster") return limited(node, () => clusterNode(limitRow(access.row), { parent, account, findings: [] }));
  if (access.type === "route") return limited(node, () => routeNode(limitRouteRow(access.row), { account, findings: [] }));
  return node.findings.length === 0 ? node : limited(node, () => ({ ...node, findings: [] }));
}

const limitedNodes = new WeakMap<TopologyNode, TopologyNode>();

/** The same object for the same node, so that what did not change is seen not to have changed. */
function limited(node: TopologyNode, make: () => TopologyNode): TopologyNode {
  const found = limitedNodes.get(node) ?? make();
  limitedNodes.set(node, found);
  return found;
}

function byKind(edges: readonly TopologyEdge[]): (kind: EdgeKind) => readonly TopologyEdge[] {
  return (kind) => edges.filter((edge) => edge.kind === kind);
}

function isRoute(id: string): boolean {
  return id.startsWith("route/");
}
