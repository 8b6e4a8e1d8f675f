import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { WorkloadPool } from "../../cluster/workload-pool.ts";
import type { FaultStore } from "../../faults/fault-store.ts";
import type { KubeClient } from "../../kube/kube-client.ts";
import { type KubeObject, keyOf, type ObjectRef, type Resource, refOf, resources } from "../../kube/kube-object.ts";
import { type ObjectCache, objectCache } from "../../kube/object-cache.ts";
import { Cluster, type ControlPlane, Identity, type IdentityRef } from "./eks-objects.ts";
import type { EventWriter } from "./events.ts";
import { identityRefusal } from "./identity-refusal.ts";
import type { Pace } from "./pace.ts";
import type { TenantSlots } from "./tenant-slots.ts";

const watched = [
  "cluster",
  "managedCluster",
  "managedControlPlane",
  "machinePool",
  "managedMachinePool",
  "roleIdentity",
  "staticIdentity",
  "controllerIdentity",
  "namespace",
] as const;
type Watched = (typeof watched)[number];

export type EksWorld = {
  client: KubeClient;
  pool: WorkloadPool;
  slots: TenantSlots;
  faults: FaultStore;
  pace: Pace;
  events: EventWriter;
  ca: string;
  cache: Record<Watched, ObjectCache>;
  now: () => Date;
};

export function eksCaches(client: KubeClient, changed: () => void): Record<Watched, ObjectCache> {
  const entries = watched.map((name) => [name, objectCache(client, resources[name], changed)] as const);
  return z.custom<Record<Watched, ObjectCache>>().parse(Object.fromEntries(entries));
}

/** Writes status by merge patch under CAPA's name, and only when something differs. */
export async function writeStatus(
  world: EksWorld,
  resource: Resource,
  object: KubeObject & { status?: object | undefined },
  change: object,
): Promise<void> {
  const before: object = object.status ?? {};
  if (isContained(change, before)) return;
  await patched(world, resource, object, { status: { ready: false, ...pick(before, "ready"), ...change } }, "/status");
}

/** Writes spec or metadata by merge patch under CAPA's name. */
export async function writeObject(world: EksWorld, resource: Resource, object: KubeObject, patch: object): Promise<void> {
  await patched(world, resource, object, patch, "");
}

export async function addFinalizer(world: EksWorld, resource: Resource, object: KubeObject, name: string): Promise<void> {
  await writeFinalizers(world, resource, object, [...(object.metadata.finalizers ?? []), name]);
}

export async function removeFinalizer(world: EksWorld, resource: Resource, object: KubeObject, name: string): Promise<void> {
  await writeFinalizers(
    world,
    resource,
    object,
    (object.metadata.finalizers ?? []).filter((one) => one !== name),
  );
}

/** The list is replaced as a whole, so it is only written on top of the version it was read from. */
async function writeFinalizers(world: EksWorld, resource: Resource, object: KubeObject, finalizers: string[]): Promise<void> {
  await patched(world, resource, object, { metadata: { finalizers, resourceVersion: object.metadata.resourceVersion } }, "");
}

async function patched(world: EksWorld, resource: Resource, object: KubeObject, patch: object, subresource: string): Promise<void> {
  const answer = await world.client.merge(resource, refOf(object), patch, subresource);
  for (const name of watched) if (resources[name] === resource) world.cache[name].remember(answer);
}

/** The Cluster that owns this object, or null while Cluster API has not set the owner. */
export function findOwnerCluster(world: EksWorld, object: KubeObject): Cluster | null {
  const owner = object.metadata.ownerReferences?.find((one) => one.kind === "Cluster");
  return owner ? findCluster(world, { namespace: object.metadata.namespace, name: owner.name }) : null;
}

export function findCluster(world: EksWorld, ref: ObjectRef): Cluster | null {
  const found = world.cache.cluster.find(ref);
  return found ? Cluster.parse(found) : null;
}

/** Why CAPA would do nothing for this control plane, or null: a real refusal of its identity, or the fault that plays one. */
export function refusalOf(world: EksWorld, controlPlane: ControlPlane, cluster: Cluster): string | null {
  const namespace = world.cache.namespace.find({ name: controlPlane.metadata.namespace ?? "" });
  const tenant = { name: controlPlane.metadata.namespace ?? "", labels: namespace?.metadata.labels ?? {} };
  if (world.faults.isSet("identity-refused", keyOf(cluster.metadata))) return "AccessDenied: not authorized to perform: sts:AssumeRole";
  return identityRefusal(controlPlane.spec.identityRef, tenant, (ref) => findIdentity(world, ref));
}

function findIdentity(world: EksWorld, ref: IdentityRef): Identity | null {
  const caches: Record<string, ObjectCache> = {
    AWSClusterRoleIdentity: world.cache.roleIdentity,
    AWSClusterStaticIdentity: world.cache.staticIdentity,
    AWSClusterControllerIdentity: world.cache.controllerIdentity,
  };
  const found = caches[ref.kind]?.find({ name: ref.name }) ?? null;
  return found ? Identity.parse(found) : null;
}

function pick(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name === key));
}

/** Whether every field of `part` already stands in `whole`; null means absent, as in a merge patch. */
function isContained(part: object, whole: object): boolean {
  const have: Record<string, unknown> = { ...whole };
  return Object.entries(part).every(([key, value]) => isDeepStrictEqual(value ?? null, have[key] ?? null));
}
