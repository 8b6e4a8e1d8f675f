import { keyOf, resources } from "../../kube/kube-object.ts";
import { isTrue, latestTransition, withCondition, withReadySummary } from "./conditions.ts";
import { type Cluster, ControlPlane, MachinePool, type NodeGroup } from "./eks-objects.ts";
import { addFinalizer, type EksWorld, findCluster, refusalOf, removeFinalizer, writeObject, writeStatus } from "./eks-world.ts";
import { isHeld } from "./held.ts";
import { zonesOf } from "./network-writes.ts";
import { ensurePausedCondition } from "./paused.ts";
import { eksVersion } from "./play-control-plane.ts";
import { addNode, listNodes, type NodeGroupSpec, removeNodes, type TenantNode } from "./tenant-nodes.ts";

const finalizer = "awsmanagedmachinepools.infrastructure.cluster.x-k8s.io";
const resource = resources.managedMachinePool;
const steps = ["EKSNodegroupReady", "IAMNodegroupRolesReady"];
const seconds = { create: 120, fail: 50, scale: 45, delete: 90 };
type Group = { pool: NodeGroup; machinePool: MachinePool; cluster: Cluster; controlPlane: ControlPlane };

/** Plays CAPA's AWSManagedMachinePool controller together with the EKS node group behind it. */
export async function playNodeGroup(world: EksWorld, pool: NodeGroup): Promise<void> {
  const group = findGroup(world, pool);
  if (!group || isHeld(pool)) return;
  if (await ensurePausedCondition(world, resource, pool, group.cluster)) return;
  if (refusalOf(world, group.controlPlane, group.cluster) !== null) return;
  if (pool.metadata.deletionTimestamp) return deleteGroup(world, group);
  if (group.controlPlane.status?.ready !== true) return;
  if (!pool.metadata.finalizers?.includes(finalizer)) return addFinalizer(world, resource, pool, finalizer);
  if (pool.status?.ready !== true) return createGroup(world, group);
  await followScaling(world, group);
}

function findGroup(world: EksWorld, pool: NodeGroup): Group | null {
  const namespace = pool.metadata.namespace;
  const owner = pool.metadata.ownerReferences?.find((one) => one.kind === "MachinePool");
  const machinePool = owner ? world.cache.machinePool.find({ namespace, name: owner.name }) : null;
  if (!machinePool) return null;
  const parsed = MachinePool.parse(machinePool);
  const cluster = findCluster(world, { namespace, name: parsed.spec.clusterName });
  const controlPlane = cluster ? world.cache.managedControlPlane.find({ namespace, name: cluster.spec.controlPlaneRef?.name ?? "" }) : null;
  if (!cluster || !controlPlane) return null;
  return { pool, machinePool: parsed, cluster, controlPlane: ControlPlane.parse(controlPlane) };
}

async function createGroup(world: EksWorld, group: Group): Promise<void> {
  const { pool, cluster } = group;
  const uid = pool.metadata.uid ?? "";
  const conditions = withCondition(pool.status?.conditions ?? [], { type: "IAMNodegroupRolesReady", status: "True" }, world.now());
  if (world.faults.isSet("node-group-create-failed", keyOf(cluster.metadata))) {
    if (world.pace.isDue(uid, "fail", seconds.fail))
      await fail(
        world,
        group,
        "failed to wait for nodegroup to be active: failed to wait for EKS nodegroup: waiter state transitioned to Failure",
      );
    return;
  }
  if (pool.status?.failureMessage !== undefined) {
    world.pace.restart(uid, "create");
    world.pace.restart(uid, "fail");
    const retried = withReadySummary(
      conditions.filter((one) => one.type !== "EKSNodegroupReady"),
      steps,
      world.now(),
    );
    return writeStatus(world, resource, pool, { ready: false, failureMessage: null, conditions: retried });
  }
  if (!world.pace.isDue(uid, "create", seconds.create, latestTransition(pool.status?.conditions ?? []))) {
    return writeStatus(world, resource, pool, { ready: false, replicas: 0, conditions: withReadySummary(conditions, steps, world.now()) });
  }
  await becomeActive(world, group);
}

async function becomeActive(world: EksWorld, group: Group): Promise<void> {
  const desired = desiredSize(group);
  const refusal = sizeRefusal(group, desired);
  if (refusal) return fail(world, group, refusal, false);
  const nodes = await resized(world, group, desired);
  await report(world, group, nodes);
}

/** Follows `MachinePool.spec.replicas` inside the bounds, one change at a time. */
async function followScaling(world: EksWorld, group: Group): Promise<void> {
  const { pool } = group;
  const uid = pool.metadata.uid ?? "";
  const desired = desiredSize(group);
  const refusal = sizeRefusal(group, desired);
  if (refusal) return fail(world, group, refusal, false);
  if (desired === (pool.status?.replicas ?? 0)) {
    world.pace.restart(uid, "scale");
    if (!isTrue(pool.status?.conditions ?? [], "EKSNodegroupReady")) await report(world, group, await resized(world, group, desired));
    return;
  }
  if (!world.pace.isDue(uid, "scale", seconds.scale)) return;
  const nodes = await resized(world, group, desired);
  await report(world, group, nodes);
  const message = `Updated EKS nodegroup ${group.controlPlane.spec.eksClusterName ?? ""} desired size ${desired}`;
  await world.events(resource, pool, { reason: "SuccessfulUpdateEKSNodegroup", message });
}

async function resized(world: EksWorld, group: Group, desired: number): Promise<TenantNode[]> {
  const { server, spec } = await nodesOf(world, group);
  const nodes = await listNodes(server.client, spec);
  const surplus = nodes.slice(desired);
  await removeNodes(server.client, surplus);
  const kept = nodes.slice(0, desired);
  for (let ordinal = 0; kept.length < desired; ordinal += 1) {
    const node = await addNode(server.client, spec, ordinal);
    if (!kept.some((one) => one.name === node.name)) kept.push(node);
  }
  return kept;
}

async function report(world: EksWorld, { pool }: Group, nodes: TenantNode[]): Promise<void> {
  await writeObject(world, resource, pool, { spec: { providerIDList: nodes.map((node) => node.providerId).sort() } });
  const conditions = ["IAMNodegroupRolesReady", "EKSNodegroupReady"].reduce(
    (list, type) => withCondition(list, { type, status: "True" }, world.now()),
    pool.status?.conditions ?? [],
  );
  await writeStatus(world, resource, pool, {
    ready: true,
    replicas: nodes.length,
    failureMessage: null,
    conditions: withReadySummary(conditions, steps, world.now()),
  });
}

/** What CAPA writes when AWS refuses: the cause of a CREATE_FAILED stands only in AWS. */
async function fail(world: EksWorld, { pool }: Group, message: string, createFailed = true): Promise<void> {
  const failed = {
    type: "EKSNodegroupReady",
    status: "False",
    severity: "Error",
    reason: "EKSNodegroupReconciliationFailed",
    message,
  } as const;
  const roles = withCondition(pool.status?.conditions ?? [], { type: "IAMNodegroupRolesReady", status: "True" }, world.now());
  const conditions = withReadySummary(withCondition(roles, failed, world.now()), steps, world.now());
  const state = createFailed ? { ready: false, replicas: 0, failureMessage: "EKS nodegroup in failed CREATE_FAILED status" } : {};
  await writeStatus(world, resource, pool, { ...state, conditions });
}

async function deleteGroup(world: EksWorld, group: Group): Promise<void> {
  const { pool } = group;
  if (!pool.metadata.finalizers?.includes(finalizer)) return;
  if (!world.pace.isDue(pool.metadata.uid ?? "", "delete", seconds.delete, pool.metadata.deletionTimestamp ?? null)) {
    return writeStatus(world, resource, pool, { ready: false });
  }
  const { server, spec } = await nodesOf(world, group);
  await removeNodes(server.client, await listNodes(server.client, spec));
  await world.events(resource, pool, {
    reason: "SuccessfulDeleteEKSNodegroup",
    message: `Deleted EKS nodegroup ${pool.spec.eksNodegroupName ?? pool.metadata.name}`,
  });
  await removeFinalizer(world, resource, pool, finalizer);
}

async function nodesOf(world: EksWorld, group: Group) {
  const { controlPlane, cluster, pool } = group;
  const region = controlPlane.spec.region ?? "";
  const tenant = world.slots.take({ cluster: keyOf(cluster.metadata), eksName: controlPlane.spec.eksClusterName ?? "", region });
  const server = await world.pool.server(tenant.slot);
  const version =
    group.machinePool.spec.template?.spec.version?.replace(/^v/, "").split(".").slice(0, 2).join(".") ?? eksVersion(controlPlane);
  const spec: NodeGroupSpec = { cluster: keyOf(cluster.metadata), pool, region, zones: zonesOf(controlPlane), version };
  return { server, spec };
}

function desiredSize({ machinePool }: Group): number {
  return machinePool.spec.replicas ?? 1;
}

/** AWS's own answer to a desired size outside the bounds. */
function sizeRefusal({ pool }: Group, desired: number): string | null {
  const { minSize = 0, maxSize = desired } = pool.spec.scaling ?? {};
  if (desired > maxSize)
    return `failed to reconcile nodegroup config: InvalidParameterException: desired capacity ${desired} can't be greater than max size ${maxSize}`;
  if (desired < minSize)
    return `failed to reconcile nodegroup config: InvalidParameterException: Minimum capacity ${minSize} can't be greater than desired size ${desired}`;
  return null;
}
