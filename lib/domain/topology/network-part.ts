import { message } from "../message.ts";
import type { LatticeNetwork, LatticeVpcAssociation, Seen } from "../routes/lattice-facts.ts";
import { isFailedStatus } from "../routes/route-facts.ts";
import { LATTICE_OLD_MS } from "../routes/route-limits.ts";
import { networkStatus, type ObservedNetwork } from "../routes/service-network-status.ts";
import { findingLines } from "./cluster-part.ts";
import { bareEdge, bareNode, type GraphPart, RANK } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";
import { accountDraft, vpcDraft } from "./place-drafts.ts";
import { accountOfArn, type Places } from "./places.ts";
import { type NetworkNodeOf, sharedEdge } from "./service-part.ts";
import type { TopologyNode } from "./topology-view.ts";

/** A service network of the bootstrap file, with its Gateway and what Lattice says of it. */
export function configuredNetworkPart(observed: ObservedNetwork, places: Places, now: Date): GraphPart {
  const { config, lattice } = observed;
  const { glyph, sentence, evidenceAt, findings } = networkStatus(observed, now);
  const arn = lattice?.found?.arn ?? observed.gateway?.networkArn ?? null;
  const owner = (arn === null ? null : accountOfArn(places, arn)) ?? config.account;
  const node = bareNode({
    id: nodeId.network(config.account, config.name),
    kind: "network",
    name: config.name,
    parent: nodeId.account(owner),
    account: owner,
    glyph,
    sentence,
    at: evidenceAt?.toISOString() ?? null,
    facts: [
      { key: "listeners", value: config.listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(", ") },
      ...sharedFrom(owner, config.account),
    ],
    findings: findingLines(findings),
  });
  const isFresh = evidenceAt !== null && now.getTime() - evidenceAt.getTime() < LATTICE_OLD_MS;
  return {
    nodes: [
      { node, access: { type: "network", teams: [...config.publishers, ...config.callers] }, rank: RANK.configured },
      accountDraft(places, owner),
    ],
    edges: owner === config.account ? [] : [sharedEdge(node.id, config.account, node.at)],
    due: isFresh ? new Date(evidenceAt.getTime() + LATTICE_OLD_MS) : null,
  };
}

/** A network that one account's Lattice lists, its own or shared by another account. `at`: when that list was last whole. */
export function seenNetworkPart(
  { account, network }: { readonly account: string; readonly network: Seen<LatticeNetwork> },
  { places, networkOf, now }: { readonly places: Places; readonly networkOf: NetworkNodeOf; readonly now: Date },
): GraphPart {
  const { id, name, arn } = network.value;
  const owner = accountOfArn(places, arn) ?? account;
  const isFresh = now.getTime() - network.at.getTime() < LATTICE_OLD_MS;
  const node = bareNode({
    id: networkOf({ id, name, account }),
    kind: "network",
    name,
    parent: nodeId.account(owner),
    account: owner,
    glyph: isFresh ? "ok" : "unknown",
    sentence: message(isFresh ? "topology.network.foreign" : "topology.network.old", { name }),
    at: network.at.toISOString(),
    facts: [{ key: "id", value: id }, ...sharedFrom(owner, account)],
  });
  return {
    nodes: [
      { node, access: { type: "network", teams: [] }, rank: RANK.observed },
      accountDraft(places, owner),
      ...(owner === account ? [] : [accountDraft(places, account)]),
    ],
    edges: owner === account ? [] : [sharedEdge(node.id, account, node.at)],
    due: isFresh ? new Date(network.at.getTime() + LATTICE_OLD_MS) : null,
  };
}

function sharedFrom(owner: string, account: string): TopologyNode["facts"] {
  return owner === account ? [] : [{ key: "sharedFrom", value: owner }];
}

/** How a VPC is joined to a network. The association belongs to the VPC's account. */
export function vpcAssociationPart(
  { account, association }: { readonly account: string; readonly association: Seen<LatticeVpcAssociation> },
  { places, networkOf, now }: { readonly places: Places; readonly networkOf: NetworkNodeOf; readonly now: Date },
): GraphPart {
  const { arn, vpcId, status, networkId, networkName } = association.value;
  const isFresh = now.getTime() - association.at.getTime() < LATTICE_OLD_MS;
  const glyph = !isFresh ? "unknown" : status === "ACTIVE" ? "ok" : isFailedStatus(status) ? "failed" : "progressing";
  return {
    nodes: [vpcDraft(vpcId, { account: accountOfArn(places, arn), cidr: null, rank: RANK.mentioned })],
    edges: [
      bareEdge({
        kind: "associated-with",
        from: nodeId.vpc(vpcId),
        to: networkOf({ id: networkId, name: networkName, account }),
        glyph,
        sentence: message("topology.edge.associated", { network: networkName, status }),
        at: association.at.toISOString(),
      }),
    ],
    due: isFresh ? new Date(association.at.getTime() + LATTICE_OLD_MS) : null,
  };
}
