import { idOf } from "../identifiers.ts";
import type { ServiceAssociationRecord, ServiceNetworkRecord, ServiceRecord, VpcAssociationRecord } from "../store/records.ts";
import type { RegionStore } from "../store/region-store.ts";
import type { Call } from "./call.ts";

// What one account sees of the others: networks and services shared with it through RAM, and associations it has a part in (lattice.md §2.4).

type Held<Item> = { readonly owner: RegionStore; readonly item: Item };
type Association = ServiceAssociationRecord | VpcAssociationRecord;

export function findVisibleService(call: Call, identifier: string): Held<ServiceRecord> | null {
  return visible(call, identifier, serviceIn);
}

export function findVisibleNetwork(call: Call, identifier: string): Held<ServiceNetworkRecord> | null {
  return visible(call, identifier, networkIn);
}

/** Of any account, for the other side of an association. */
export function findAnyService(call: Call, id: string): Held<ServiceRecord> | null {
  return anywhere(call, id, serviceIn);
}

export function findAnyNetwork(call: Call, id: string): Held<ServiceNetworkRecord> | null {
  return anywhere(call, id, networkIn);
}

/** The account's own, then what was shared with it. */
export function visibleServices(call: Call): ServiceRecord[] {
  const shared = call.shares.acceptedBy(call.store.account).flatMap((id) => findAnyService(call, id)?.item ?? []);
  return [...call.store.services.all(), ...shared];
}

export function visibleNetworks(call: Call): ServiceNetworkRecord[] {
  const shared = call.shares.acceptedBy(call.store.account).flatMap((id) => findAnyNetwork(call, id)?.item ?? []);
  return [...call.store.networks.all(), ...shared];
}

/** All associations of a network, whichever account made them. */
export function serviceAssociationsOf(call: Call, networkId: string): ServiceAssociationRecord[] {
  return [...call.regions()].flatMap((store) => [...store.serviceAssociations.by("network", networkId)]);
}

export function vpcAssociationsOf(call: Call, networkId: string): VpcAssociationRecord[] {
  return [...call.regions()].flatMap((store) => [...store.vpcAssociations.by("network", networkId)]);
}

/**
 * Whether this account may see and undo an association: it made it, or owns its network or service. Services in a network are also seen by
 * those the network is shared with, the VPCs of others are not.
 */
export function hasPart(call: Call, { owner, item }: Held<Association>): "full" | "read" | null {
  if (owner === call.store || call.store.networks.find(item.networkId)) return "full";
  if (!("serviceId" in item)) return null;
  if (call.store.services.find(item.serviceId)) return "full";
  const network = findAnyNetwork(call, item.networkId);
  return network && call.shares.isShared(network.item.arn, call.store.account) ? "read" : null;
}

function serviceIn(store: RegionStore, id: string): ServiceRecord | null {
  return store.services.find(id);
}

function networkIn(store: RegionStore, id: string): ServiceNetworkRecord | null {
  return store.networks.find(id);
}

function visible<Item extends { arn: string }>(call: Call, identifier: string, find: (store: RegionStore, id: string) => Item | null) {
  const found = anywhere(call, idOf(identifier), find);
  if (!found || (identifier.startsWith("arn:") && identifier !== found.item.arn)) return null;
  return found.owner === call.store || call.shares.isShared(found.item.arn, call.store.account) ? found : null;
}

function anywhere<Item>(call: Call, id: string, find: (store: RegionStore, id: string) => Item | null): Held<Item> | null {
  for (const owner of [call.store, ...call.regions()]) {
    const item = find(owner, id);
    if (item) return { owner, item };
  }
  return null;
}
