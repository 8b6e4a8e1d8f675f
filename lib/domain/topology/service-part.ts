import { message } from "../message.ts";
import { LATTICE_TAGS, type LatticeListener } from "../routes/lattice-facts.ts";
import { isFailedStatus } from "../routes/route-facts.ts";
import { callShare, percentOf } from "./call-share.ts";
import { bareEdge, bareNode, type GraphPart, type NodeAccess, RANK } from "./graph-part.ts";
import { type LatticeServiceFacts, latticeServiceStatus } from "./lattice-service-status.ts";
import { nodeId } from "./node-id.ts";
import { accountDraft } from "./place-drafts.ts";
import { accountOfArn, type Places } from "./places.ts";
import type { TopologyEdge, TopologyNode } from "./topology-view.ts";

/** Which node a network of Lattice is: `id` is Lattice's, `name` helps while nobody knows that network. */
export type NetworkNodeOf = (network: { readonly id: string; readonly name: string; readonly account: string }) => string;

/** A Lattice service that Kubernetes does not own, with its networks, target groups and, when another account shares it, that account. */
export function servicePart(
  facts: LatticeServiceFacts,
  { places, networkOf, now }: { readonly places: Places; readonly networkOf: NetworkNodeOf; readonly now: Date },
): GraphPart {
  const { account, service, listeners, associations } = facts;
  const owner = accountOfArn(places, service.value.arn) ?? account;
  const { glyph, sentence, at, due, targets } = latticeServiceStatus(facts, now);
  const managedBy = facts.tags?.value[LATTICE_TAGS.managedBy];
  const node = bareNode({
    id: nodeId.latticeService(service.value.id),
    kind: "lattice-service",
    name: service.value.name,
    parent: nodeId.account(owner),
    account: owner,
    glyph,
    note: targets === null ? null : message("topology.note.targets", { ...targets }),
    sentence,
    at: at.toISOString(),
    ref: { namespace: `aws.${owner}`, name: service.value.name },
    facts: factsOf(facts, { owner, account, managedBy, targets }),
  });
  return {
    nodes: [
      { node, access: { type: "lattice-service", owner: ownerOf(facts, places) }, rank: owner === account ? RANK.own : RANK.observed },
      accountDraft(places, owner),
      ...(owner === account ? [] : [accountDraft(places, account)]),
    ],
    edges: [
      ...associationEdges(node.id, { account, associations }, networkOf),
      ...weightEdges(node, listeners?.value ?? [], listeners?.at.toISOString() ?? null),
      ...(owner === account ? [] : [sharedEdge(node.id, account, at.toISOString())]),
    ],
    due,
  };
}

/** How a service, or the route it is made for, is published in the networks that one account sees. */
export function associationEdges(
  from: string,
  { account, associations }: Pick<LatticeServiceFacts, "account" | "associations">,
  networkOf: NetworkNodeOf,
): readonly TopologyEdge[] {
  return (associations?.value ?? []).map((one) =>
    bareEdge({
      kind: "associated-with",
      from,
      to: networkOf({ id: one.networkId, name: one.networkName, account }),
      glyph: one.status === "ACTIVE" ? "ok" : isFailedStatus(one.status) ? "failed" : "progressing",
      sentence: message("topology.edge.associated", { network: one.networkName, status: one.status }),
      at: associations?.at.toISOString() ?? null,
    }),
  );
}

/** `from` belongs to another account and was seen in this one's Lattice. */
export function sharedEdge(from: string, account: string, at: string | null): TopologyEdge {
  return bareEdge({ kind: "shared-with", from, to: nodeId.account(account), sentence: message("topology.edge.shared", { account }), at });
}

/** Whose it is decides who may see it: one that a controller of ours made belongs to the namespace of its route. */
function ownerOf(
  { tags, isShared }: LatticeServiceFacts,
  { networking, accounts }: Places,
): Extract<NodeAccess, { type: "lattice-service" }>["owner"] {
  // Tags of another account's services cannot be read.
  if (isShared) return "foreign";
  if (tags === null) return "unread";
  const managedBy = tags.value[LATTICE_TAGS.managedBy];
  const namespace = tags.value[LATTICE_TAGS.routeNamespace];
  if (managedBy === undefined || namespace === undefined) return "foreign";
  const isOurs = networking.lattice.some(({ account, controller }) => {
    const digits = accounts.find(({ id }) => id === account)?.awsAccountId ?? "";
    return managedBy === `${digits}/${controller.clusterName}/${controller.vpcId}`;
  });
  return isOurs ? { namespace } : "foreign";
}

function factsOf(
  { service }: LatticeServiceFacts,
  more: {
    readonly owner: string;
    readonly account: string;
    readonly managedBy: string | undefined;
    readonly targets: { readonly healthy: number; readonly total: number } | null;
  },
): TopologyNode["facts"] {
  const { id, domainName } = service.value;
  return [
    { key: "id", value: id },
    ...(domainName === null ? [] : [{ key: "domainName" as const, value: domainName }]),
    ...(more.targets === null ? [] : [{ key: "targets" as const, value: `${more.targets.healthy}/${more.targets.total}` }]),
    ...(more.owner === more.account ? [] : [{ key: "sharedFrom" as const, value: more.owner }]),
    ...(more.managedBy === undefined ? [] : [{ key: "managedBy" as const, value: more.managedBy }]),
  ];
}

function weightEdges(node: TopologyNode, listeners: readonly LatticeListener[], at: string | null): readonly TopologyEdge[] {
  const shares = new Map<string, number[]>();
  for (const { action } of listeners.flatMap(({ rules }) => rules)) {
    const total = action.forward.reduce((sum, { weight }) => sum + weight, 0);
    for (const { targetGroupId, weight } of action.forward) {
      const percents = shares.get(targetGroupId) ?? [];
      percents.push(percentOf(weight, total));
      shares.set(targetGroupId, percents);
    }
  }
  return [...shares].map(([group, percents]) =>
    bareEdge({ kind: "routes-to", from: node.id, to: nodeId.targetGroup(group), ...callShare(percents), at }),
  );
}
