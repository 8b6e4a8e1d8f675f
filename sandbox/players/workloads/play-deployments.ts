import { createHash, randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type KubeObject, refOf, resources } from "../../kube/kube-object.ts";
import { type Deployment, isOwnedBy, isReady, ownedBy, type Pod, type ReplicaSet } from "./workload-objects.ts";
import type { WorkloadWorld } from "./workload-world.ts";

const hashLabel = "pod-template-hash";

/** Plays the Deployment controller: one ReplicaSet for each template; the old ones shrink when the new one's pods are ready. */
export async function playDeployment(world: WorkloadWorld, deployment: Deployment): Promise<void> {
  const owned = world.replicaSets().filter((set) => isOwnedBy(set, deployment));
  if (deployment.metadata.deletionTimestamp) return;
  const hash = createHash("sha256").update(JSON.stringify(deployment.spec.template)).digest("hex").slice(0, 10);
  const current = owned.find((set) => set.metadata.labels?.[hashLabel] === hash);
  if (!current) return createReplicaSet(world, deployment, hash);
  await scale(world, current, deployment.spec.replicas);
  const ready = podsOf(world, current).filter(isReady).length;
  const previous = owned.filter((set) => set !== current);
  if (ready >= deployment.spec.replicas) for (const set of previous) await scale(world, set, 0);
  const all = [current, ...previous].flatMap((set) => podsOf(world, set));
  await writeDeploymentStatus(world, deployment, { all, updated: podsOf(world, current) });
}

/** Plays the ReplicaSet controller: as many pods as wanted. A pod on its way out does not count; the youngest goes first. */
export async function playReplicaSet(world: WorkloadWorld, set: ReplicaSet): Promise<void> {
  const pods = podsOf(world, set);
  const missing = set.spec.replicas - pods.length;
  for (let count = 0; count < missing; count += 1) await createPod(world, set);
  for (const pod of byAge(pods).slice(set.spec.replicas)) await world.client.delete(resources.pod, refOf(pod));
  const ready = pods.filter(isReady).length;
  await world.writeStatus(resources.replicaSet, set, {
    replicas: pods.length,
    fullyLabeledReplicas: pods.length,
    ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : { readyReplicas: null, availableReplicas: null }),
    observedGeneration: set.metadata.generation ?? 1,
  });
}

/** What the garbage collector would take: sets without their Deployment, pods without their set. */
export async function collectOrphans(world: WorkloadWorld): Promise<void> {
  const living = new Set([...world.deployments(), ...world.replicaSets()].map((object) => object.metadata.uid));
  const isOrphan = (object: KubeObject, kind: string) =>
    !object.metadata.deletionTimestamp && (object.metadata.ownerReferences ?? []).some((one) => one.kind === kind && !living.has(one.uid));
  for (const set of world.replicaSets()) if (isOrphan(set, "Deployment")) await world.client.delete(resources.replicaSet, refOf(set));
  for (const pod of world.pods()) if (isOrphan(pod, "ReplicaSet")) await world.client.delete(resources.pod, refOf(pod));
}

function podsOf(world: WorkloadWorld, set: ReplicaSet): Pod[] {
  return world.pods().filter((pod) => !pod.metadata.deletionTimestamp && isOwnedBy(pod, set));
}

function byAge(pods: Pod[]): Pod[] {
  const rank = (pod: Pod) => `${isReady(pod) ? 0 : 1}/${pod.metadata.creationTimestamp ?? ""}/${pod.metadata.name}`;
  return pods.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

async function createReplicaSet(world: WorkloadWorld, deployment: Deployment, hash: string): Promise<void> {
  const { name, namespace } = deployment.metadata;
  const labels = { ...deployment.spec.template.metadata?.labels, [hashLabel]: hash };
  await world.create(resources.replicaSet, {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: `${name}-${hash}`, namespace, labels, ...ownedBy(deployment, "apps/v1", "Deployment") },
    spec: {
      replicas: deployment.spec.replicas,
      selector: { matchLabels: { ...deployment.spec.selector.matchLabels, [hashLabel]: hash } },
      template: { ...deployment.spec.template, metadata: { ...deployment.spec.template.metadata, labels } },
    },
  });
}

async function createPod(world: WorkloadWorld, set: ReplicaSet): Promise<void> {
  const { name, namespace } = set.metadata;
  await world.create(resources.pod, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...set.spec.template.metadata,
      name: `${name}-${randomBytes(3).toString("hex").slice(0, 5)}`,
      namespace,
      ...ownedBy(set, "apps/v1", "ReplicaSet"),
    },
    spec: set.spec.template.spec,
  });
}

async function scale(world: WorkloadWorld, set: ReplicaSet, replicas: number): Promise<void> {
  if (set.spec.replicas !== replicas) await world.merge(resources.replicaSet, set, { spec: { replicas } });
}

async function writeDeploymentStatus(world: WorkloadWorld, deployment: Deployment, pods: { all: Pod[]; updated: Pod[] }): Promise<void> {
  const ready = pods.all.filter(isReady).length;
  const wanted = deployment.spec.replicas;
  const isAvailable = ready >= wanted - Math.floor(wanted / 4);
  const status = isAvailable ? "True" : "False";
  const known = (deployment.status?.["conditions"] ?? []) as { type: string; status: string }[];
  const conditions = isDeepStrictEqual(
    known.map((one) => [one.type, one.status]),
    [["Available", status]],
  )
    ? known
    : [
        {
          type: "Available",
          status,
          reason: isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
          message: `Deployment ${isAvailable ? "has" : "does not have"} minimum availability.`,
          lastTransitionTime: world.time(),
          lastUpdateTime: world.time(),
        },
      ];
  const count = (number: number) => (number > 0 ? number : null);
  await world.writeStatus(resources.deployment, deployment, {
    observedGeneration: deployment.metadata.generation ?? 1,
    replicas: count(pods.all.length),
    updatedReplicas: count(pods.updated.length),
    readyReplicas: count(ready),
    availableReplicas: count(ready),
    unavailableReplicas: count(Math.max(0, wanted - ready)),
    conditions,
  });
}
