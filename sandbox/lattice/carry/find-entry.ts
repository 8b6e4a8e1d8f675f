import { serviceAssociationStatus, vpcAssociationStatus } from "../states/resource-statuses.ts";
import type { ServiceAssociationRecord, ServiceNetworkRecord, ServiceRecord, VpcAssociationRecord } from "../store/records.ts";
import type { RegionStore } from "../store/region-store.ts";
import { CallStopped } from "./carried.ts";
import type { CallToCarry } from "./carry-input.ts";
import type { DataPlane } from "./data-plane.ts";

export type Entry = {
  readonly owner: RegionStore;
  readonly service: ServiceRecord;
  readonly network: ServiceNetworkRecord;
  readonly association: VpcAssociationRecord;
};
type Joint = { readonly store: RegionStore; readonly vpc: VpcAssociationRecord; readonly service: ServiceAssociationRecord | null };

/** The way from the caller's VPC into the service: the name, the networks of the VPC one by one, the security groups of the association. */
export function findEntry(plane: DataPlane, call: CallToCarry): Entry {
  const { owner, service } = serviceByName(plane, call);
  const joints = [...jointsOf(plane, { vpcId: call.callerVpcId, region: owner.region, serviceId: service.id })];
  if (joints.length === 0) throw noAnswer("vpc", `VPC ${call.callerVpcId} is associated with no service network of ${owner.region}`);
  const joined = joints.filter((joint) => joint.service !== null);
  if (joined.length === 0)
    throw noAnswer("vpc", `${service.name} is in no service network that VPC ${call.callerVpcId} is associated with`);
  const live = joined.find((joint) => isLive(plane, joint));
  if (!live) throw noAnswer("association", "the association of the VPC or of the service is not ACTIVE");
  const network = findNetwork(plane, live.vpc.networkId);
  if (!network) throw noAnswer("vpc", `service network ${live.vpc.networkId} is gone`);
  if (!plane.admits(live.vpc.securityGroupIds, call))
    throw noAnswer("security-groups", `the security groups of association ${live.vpc.id} do not let the caller in`);
  return { owner, service, network, association: live.vpc };
}

function serviceByName(plane: DataPlane, call: CallToCarry): { owner: RegionStore; service: ServiceRecord } {
  const host = call.host.toLowerCase();
  for (const owner of plane.regions())
    for (const service of owner.services.all()) {
      if (service.domainName === host) return { owner, service };
      if (service.customDomainName?.toLowerCase() === host && call.customNameResolves) return { owner, service };
    }
  throw new CallStopped({ outcome: "name-not-resolved", layer: "dns", reason: `nothing resolves ${call.host} in VPC ${call.callerVpcId}` });
}

/** An association lies in the account that made it, which need not be the network's. */
function* jointsOf(plane: DataPlane, { vpcId, region, serviceId }: { vpcId: string; region: string; serviceId: string }): Generator<Joint> {
  const stores = [...plane.regions()].filter((store) => store.region === region);
  for (const store of stores)
    for (const vpc of store.vpcAssociations.by("vpc", vpcId)) {
      const services = stores.flatMap((one) => [...one.serviceAssociations.by("service", serviceId)]);
      yield { store, vpc, service: services.find((one) => one.networkId === vpc.networkId) ?? null };
    }
}

function findNetwork(plane: DataPlane, id: string): ServiceNetworkRecord | null {
  for (const store of plane.regions()) {
    const network = store.networks.find(id);
    if (network) return network;
  }
  return null;
}

/** A change of security groups does not interrupt the traffic, also when it fails. */
function isLive(plane: DataPlane, { store, vpc, service }: Joint): boolean {
  if (!service) return false;
  const world = { now: plane.now(), store, forced: plane.forced };
  const flows = ["ACTIVE", "UPDATE_IN_PROGRESS", "UPDATE_FAILED"];
  return flows.includes(vpcAssociationStatus(world, vpc).status) && serviceAssociationStatus(world, service).status === "ACTIVE";
}

function noAnswer(layer: "vpc" | "association" | "security-groups", reason: string): CallStopped {
  return new CallStopped({ outcome: "timed-out", layer, reason });
}
