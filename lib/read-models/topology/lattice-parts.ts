import { bareEdge, type GraphPart, NO_PART } from "../../domain/topology/graph-part.ts";
import { groupPart } from "../../domain/topology/group-part.ts";
import type { LatticeServiceFacts } from "../../domain/topology/lattice-service-status.ts";
import { seenNetworkPart, vpcAssociationPart } from "../../domain/topology/network-part.ts";
import { nodeId } from "../../domain/topology/node-id.ts";
import { accountOfArn, type Places } from "../../domain/topology/places.ts";
import { associationEdges, type NetworkNodeOf, servicePart, sharedEdge } from "../../domain/topology/service-part.ts";
import type { AccountReading, FactStore } from "../routes/fact-store.ts";

export type LatticeWorld = {
  readonly facts: FactStore;
  readonly places: Places;
  readonly networkOf: NetworkNodeOf;
  /** Keys of the routes that name this service. */
  readonly routesNaming: (account: string, serviceName: string) => readonly string[];
  readonly now: Date;
};

/** What one item of one account's Lattice says of the graph. */
export function latticePart(
  kind: "group" | "service" | "seen-network" | "vpc",
  account: string,
  id: string,
  world: LatticeWorld,
): GraphPart {
  const reading = world.facts.reading(account);
  if (reading === null) return NO_PART;
  switch (kind) {
    case "group":
      return groupOf(reading, account, id, world);
    case "service":
      return serviceOf(reading, account, id, world);
    case "seen-network": {
      const network = reading.find("network", id);
      return network === null ? NO_PART : seenNetworkPart({ account, network }, world);
    }
    case "vpc": {
      const association = reading.find("vpc", id);
      return association === null ? NO_PART : vpcAssociationPart({ account, association }, world);
    }
  }
}

function groupOf(reading: AccountReading, account: string, id: string, { places, now }: LatticeWorld): GraphPart {
  const group = reading.group(id);
  if (group === null) return NO_PART;
  return groupPart({ account, group, targets: targetsOf(reading, id) }, places, now);
}

function targetsOf(reading: AccountReading, id: string) {
  const targets = reading.find("targets", id);
  return targets === null ? null : { value: targets.value.items, at: targets.at };
}

function serviceOf(reading: AccountReading, account: string, id: string, world: LatticeWorld): GraphPart {
  const facts = latticeServiceFacts(reading, account, id, world.places);
  if (facts === null) return NO_PART;
  const { name, arn } = facts.service.value;
  const owner = accountOfArn(world.places, arn) ?? account;
  const routes = world.routesNaming(owner, name);
  if (routes.length === 0) return servicePart(facts, world);
  if (owner === account) return NO_PART;
  // A route of ours that another account sees through RAM: where it is published there.
  const at = facts.service.at.toISOString();
  return {
    nodes: [],
    edges: routes.flatMap((key) => [
      bareEdge(sharedEdge(nodeId.route(key), account, at)),
      ...associationEdges(nodeId.route(key), { account, associations: facts.associations }, world.networkOf),
    ]),
    due: null,
  };
}

/** Everything that was read of one service; null when it is not there. The directory reads the same. */
export function latticeServiceFacts(reading: AccountReading, account: string, id: string, places: Places): LatticeServiceFacts | null {
  const service = reading.find("service", id);
  if (service === null) return null;
  const tags = reading.find("service-tags", id);
  const listeners = reading.find("listeners", id);
  const named = (listeners?.value.items ?? []).flatMap(({ rules }) =>
    rules.flatMap(({ action }) => action.forward.map((one) => one.targetGroupId)),
  );
  const groupIds = [...new Set([...named, ...reading.groupsOf(service.value.arn)])].sort();
  return {
    account,
    service,
    detail: reading.find("detail", id),
    tags: tags === null ? null : { value: tags.value.tags, at: tags.at },
    associations: reading.associationsOf(id),
    listeners: listeners === null ? null : { value: listeners.value.items, at: listeners.at },
    groups: groupIds.flatMap((groupId) => {
      const group = reading.group(groupId);
      return group === null ? [] : [{ group, targets: targetsOf(reading, groupId), importName: null }];
    }),
    isShared: (accountOfArn(places, service.value.arn) ?? account) !== account,
  };
}
