import type { ServiceNetworkVpcAssociationStatus, ServiceStatus } from "@aws-sdk/client-vpc-lattice";
import type { ServiceAssociationRecord, ServiceRecord, TargetGroupRecord, VpcAssociationRecord } from "../store/records.ts";
import type { LifecycleRecord, RegionStore } from "../store/region-store.ts";
import type { ForcedStatus, ForcedStatuses } from "./forced-statuses.ts";

type World = { readonly now: number; readonly store: RegionStore; readonly forced: ForcedStatuses };
type Shown<Status> = { status: Status; failureCode?: string | undefined; failureMessage?: string | undefined };

/** Services, target groups and service associations know no update of their own. */
export type PlainStatus = ServiceStatus;

export function serviceStatus({ now, forced }: World, service: ServiceRecord): Shown<PlainStatus> {
  const found = forced.find("service", [service.id, service.arn, service.name]);
  return found && holds(found, service) ? found : { status: plainStatus(service, now) };
}

export function targetGroupStatus({ now, forced }: World, group: TargetGroupRecord): Shown<PlainStatus> {
  const found = forced.find("target-group", [group.id, group.arn, group.name]);
  return found && holds(found, group) ? found : { status: plainStatus(group, now) };
}

export function serviceAssociationStatus({ now, store, forced }: World, association: ServiceAssociationRecord): Shown<PlainStatus> {
  const serviceName = store.services.find(association.serviceId)?.name ?? "";
  const found = forced.find("service-association", [association.id, association.arn, association.serviceId, serviceName]);
  return found && holds(found, association) ? found : { status: plainStatus(association, now) };
}

export function vpcAssociationStatus({ now, forced }: World, association: VpcAssociationRecord): Shown<ServiceNetworkVpcAssociationStatus> {
  const found = forced.find("vpc-association", [association.id, association.arn, association.vpcId]);
  if (found && holds(found, association)) return found;
  if (association.updating && association.goneAt === null && now < association.readyAt) return { status: "UPDATE_IN_PROGRESS" };
  return { status: plainStatus(association, now) };
}

/** A deletion that was forced to hang or to fail does not end by itself. */
export function isHeld(world: World, record: LifecycleRecord): boolean {
  return "kind" in shown(world, record);
}

/** A forced state of creation or update is over as soon as the deletion begins. */
function holds(forced: ForcedStatus, record: LifecycleRecord): boolean {
  return record.goneAt === null || forced.status.startsWith("DELETE_");
}

function shown(world: World, record: LifecycleRecord): object {
  if ("listeners" in record) return serviceStatus(world, record);
  if ("targets" in record) return targetGroupStatus(world, record);
  if ("vpcId" in record) return vpcAssociationStatus(world, record);
  return serviceAssociationStatus(world, record);
}

function plainStatus(record: LifecycleRecord, now: number): PlainStatus {
  if (record.goneAt !== null) return "DELETE_IN_PROGRESS";
  return now < record.readyAt && !record.updating ? "CREATE_IN_PROGRESS" : "ACTIVE";
}
