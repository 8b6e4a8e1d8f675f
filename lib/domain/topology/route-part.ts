import type { Finding } from "../clusters/finding.ts";
import { message } from "../message.ts";
import type { ObservedConsumer, ObservedRoute, RouteObjectBackend } from "../routes/observed-route.ts";
import { reachabilityOf } from "../routes/reachability.ts";
import { associationsOf, destinationOf, groupOf, importOf, isFailedStatus } from "../routes/route-facts.ts";
import type { RouteRowView } from "../routes/route-view.ts";
import { callShare, percentOf } from "./call-share.ts";
import { findingLines } from "./cluster-part.ts";
import { bareEdge, bareNode, type GraphPart, type NodeDraft, RANK } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";
import { accountDraft, vpcDraft } from "./place-drafts.ts";
import { networkNamed, type Places } from "./places.ts";
import { associationEdges, type NetworkNodeOf } from "./service-part.ts";
import type { TopologyEdge, TopologyNode } from "./topology-view.ts";

type Surroundings = { readonly places: Places; readonly networkOf: NetworkNodeOf; readonly now: Date };
type Route = { readonly observed: ObservedRoute; readonly row: RouteRowView; readonly findings: readonly Finding[] };

/** The node of a row. A limited row has no targets: what it does not say is not shown. */
export function routeNode(row: RouteRowView, { account, findings }: Pick<TopologyNode, "account" | "findings">): TopologyNode {
  const { namespace, name, team, state, glyph, sentence, evidenceAt, targets, domainName, protocol } = row;
  return bareNode({
    id: nodeId.route(row.key),
    kind: "route",
    name,
    team,
    account,
    glyph,
    note: targets === null ? message(`routeStatus.state.${state}`) : message("topology.note.targets", { ...targets }),
    sentence,
    at: evidenceAt,
    ref: { namespace, name },
    facts: [
      { key: "protocol", value: protocol },
      ...(domainName === null ? [] : [{ key: "domainName" as const, value: domainName }]),
      ...(targets === null ? [] : [{ key: "targets" as const, value: `${targets.healthy}/${targets.total}` }]),
    ],
    findings,
  });
}

/** A route with its network, what it sends calls to, and who may call it. */
export function routePart({ observed, row, findings }: Route, { places, networkOf, now }: Surroundings): GraphPart {
  const account = observed.lattice?.account ?? configuredNetwork(observed, places)?.account ?? null;
  const node = routeNode(row, { account, findings: findingLines(findings) });
  return {
    nodes: [
      { node, access: { type: "route", row }, rank: RANK.own },
      ...observed.consumers.flatMap((one) => consumerDrafts(one, observed, places)),
    ],
    edges: [
      bareEdge({
        kind: "owns",
        from: nodeId.managementCluster(row.managementCluster),
        to: node.id,
        team: row.team,
        sentence: message("topology.edge.owns", { name: row.managementCluster }),
        at: row.evidenceAt,
      }),
      ...networkEdges(observed, { row, node, account, places }),
      ...otherNetworks(observed, node.id, networkOf),
      ...targetEdges(observed, node),
      ...observed.consumers.map((one) => callEdge(one, observed, { node, now })),
    ],
    due: null,
  };
}

function configuredNetwork({ network, managementCluster }: ObservedRoute, places: Places) {
  return network === null ? null : networkNamed(places, network, managementCluster);
}

/** Somebody may have associated the service with more networks than its route says: it can be called through those too. */
function otherNetworks({ lattice, network }: ObservedRoute, from: string, networkOf: NetworkNodeOf): readonly TopologyEdge[] {
  const { account = "", associations = null } = lattice ?? {};
  const others = (associations?.value ?? []).filter(({ networkName, networkId }) => networkName !== network && networkId !== network);
  return associations === null ? [] : associationEdges(from, { account, associations: { value: others, at: associations.at } }, networkOf);
}

type Around = { readonly row: RouteRowView; readonly node: TopologyNode; readonly account: string | null; readonly places: Places };

function networkEdges(observed: ObservedRoute, { row, node, account, places }: Around): readonly TopologyEdge[] {
  const { network } = observed;
  const owner = configuredNetwork(observed, places)?.account ?? account;
  if (network === null || owner === null) return [];
  const found = associationsOf(observed);
  const active = found.find(({ status }) => status === "ACTIVE") ?? found[0];
  const seenAt = observed.lattice?.associations?.at ?? null;
  const isFailed = isFailedStatus(active?.status);
  const glyph =
    active?.status === "ACTIVE"
      ? "ok"
      : seenAt === null
        ? "unknown"
        : isFailed
          ? "failed"
          : active === undefined && node.glyph !== "progressing"
            ? "failed"
            : "progressing";
  return [
    bareEdge({
      kind: "associated-with",
      from: node.id,
      to: nodeId.network(owner, network),
      team: row.team,
      glyph,
      sentence: message("topology.edge.associated", { network, status: active?.status ?? "–" }),
      at: seenAt?.toISOString() ?? null,
    }),
  ];
}

/** One edge a target group, or a kubeService while Lattice has no group for it. The share is said where every rule that names the group gives it the same. */
function targetEdges(observed: ObservedRoute, node: TopologyNode): readonly TopologyEdge[] {
  const shares = new Map<string, { readonly backend: RouteObjectBackend; readonly percents: number[] }>();
  for (const { backends } of observed.rules) {
    const total = backends.reduce((sum, { weight }) => sum + weight, 0);
    for (const backend of backends) {
      const to = endOf(observed, backend);
      if (to === null) continue;
      const known = shares.get(to) ?? { backend, percents: [] };
      known.percents.push(percentOf(backend.weight, total));
      shares.set(to, known);
    }
  }
  return [...shares].map(([to, { backend, percents }]) => {
    const group = groupOf(observed, backend);
    const { weight, sentence } = callShare(percents);
    return bareEdge({
      kind: "routes-to",
      from: node.id,
      to,
      team: observed.team,
      glyph: group !== null ? "ok" : node.glyph === "progressing" ? "progressing" : observed.lattice === null ? "unknown" : "failed",
      weight,
      sentence: group === null ? message("topology.edge.noGroup") : sentence,
      at: group === null ? node.at : group.group.at.toISOString(),
    });
  });
}

function endOf(observed: ObservedRoute, backend: RouteObjectBackend): string | null {
  const group = groupOf(observed, backend);
  if (group !== null) return nodeId.targetGroup(group.group.value.id);
  const one = importOf(observed, backend);
  const destination = one === null ? null : destinationOf(observed, one);
  return one === null || destination === null ? null : nodeId.kubeService(destination, one.namespace, one.exportName ?? one.name);
}

/** One caller on the map, whichever routes name it: a role by its ARN, a cluster by its key, else the VPC or team it stands for. */
export function consumerIdentity({ roleArn, cluster, vpcId, team, name }: ObservedConsumer): string {
  if (roleArn !== null) return `role/${roleArn}`;
  if (cluster !== null) return `cluster/${cluster}`;
  return vpcId === null ? `team/${team ?? ""}/${name}` : `vpc/${vpcId}`;
}

function consumerDrafts(consumer: ObservedConsumer, { managementCluster }: ObservedRoute, places: Places): readonly NodeDraft[] {
  const { team, name, cluster, vpcId, roleArn } = consumer;
  const parent = cluster !== null ? nodeId.cluster(`${managementCluster}/${cluster}`) : vpcId !== null ? nodeId.vpc(vpcId) : null;
  const account = vpcId === null ? null : (places.accounts.find(({ vpcs }) => vpcs.some(({ id }) => id === vpcId))?.id ?? null);
  const node = bareNode({
    id: nodeId.consumer(consumerIdentity(consumer)),
    kind: "consumer",
    name,
    parent,
    team,
    account,
    sentence: message("topology.consumer.none"),
    facts: [
      ...(roleArn === null ? [] : [{ key: "principal" as const, value: roleArn }]),
      ...(vpcId === null ? [] : [{ key: "vpc" as const, value: vpcId }]),
    ],
  });
  return [
    { node, access: { type: "joined" }, rank: RANK.observed },
    ...(vpcId === null ? [] : [vpcDraft(vpcId, { account, cidr: null, rank: RANK.mentioned })]),
    ...(account === null ? [] : [accountDraft(places, account)]),
  ];
}

function callEdge(
  consumer: ObservedConsumer,
  observed: ObservedRoute,
  { node, now }: { readonly node: TopologyNode; readonly now: Date },
): TopologyEdge {
  const { glyph, sentence, at } = reachabilityOf(observed, consumer, now);
  return bareEdge({
    kind: "may-call",
    from: nodeId.consumer(consumerIdentity(consumer)),
    to: node.id,
    team: consumer.team,
    glyph,
    sentence,
    at: at?.toISOString() ?? null,
  });
}
