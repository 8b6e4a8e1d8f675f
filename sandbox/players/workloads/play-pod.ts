import { refOf, resourcePath, resources } from "../../kube/kube-object.ts";
import { fraction } from "../eks/pace.ts";
import { takeAddress } from "./pod-addresses.ts";
import { isReady, type Node, type Pod } from "./workload-objects.ts";
import type { WorkloadWorld } from "./workload-world.ts";

/** How long a container takes to start and to end. */
const startMs = 800;
const endMs = 700;
const notReady = "node.kubernetes.io/not-ready";

/** Plays scheduler and kubelet for one pod: a node, an address of the VPC, ready; and gone when it was asked to go. */
export async function playPod(world: WorkloadWorld, pod: Pod): Promise<void> {
  if (pod.metadata.deletionTimestamp) return endPod(world, pod);
  if (!pod.spec.nodeName) return schedule(world, pod);
  if (!world.nodes().some((node) => node.metadata.name === pod.spec.nodeName)) return removeNow(world, pod);
  const uid = pod.metadata.uid ?? "";
  if (pod.status?.podIP) {
    world.addresses.set(pod.status.podIP, uid);
    return follow(world, pod);
  }
  if (world.age(pod.metadata.creationTimestamp) < startMs) return;
  const ip = takeAddress(world.addresses, world.block, uid);
  await world.writeStatus(resources.pod, pod, {
    phase: "Running",
    podIP: ip,
    podIPs: [{ ip }],
    hostIP: ip,
    startTime: world.time(),
    conditions: conditions(world, pod),
    containerStatuses: pod.spec.containers.map((container) => ({
      name: container.name,
      image: container.image ?? "",
      imageID: "",
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: world.time() } },
    })),
  });
}

/** The API server taints every new node; the node lifecycle controller takes that off again once the node is Ready. */
export async function playNode(world: WorkloadWorld, node: Node): Promise<void> {
  const taints = node.spec?.taints ?? [];
  const up = node.status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;
  if (up && taints.some((taint) => taint.key === notReady))
    await world.merge(resources.node, node, { spec: { taints: taints.filter((taint) => taint.key !== notReady) } });
}

async function schedule(world: WorkloadWorld, pod: Pod): Promise<void> {
  const nodes = world.nodes().filter((node) => !(node.spec?.taints ?? []).some((taint) => taint.effect !== "PreferNoSchedule"));
  const node = nodes[Math.floor(fraction(pod.metadata.name) * nodes.length)];
  if (!node) {
    const message = "0/0 nodes are available.";
    const waiting = { type: "PodScheduled", status: "False", reason: "Unschedulable", message, lastTransitionTime: world.time() };
    if (pod.status?.conditions?.some((one) => one.type === "PodScheduled")) return;
    return world.writeStatus(resources.pod, pod, { phase: "Pending", conditions: [waiting] });
  }
  const target = { apiVersion: "v1", kind: "Node", name: node.metadata.name };
  const body = { apiVersion: "v1", kind: "Binding", metadata: refOf(pod), target };
  await world.client.call("POST", `${resourcePath(resources.pod, refOf(pod))}/binding`, { body });
}

/** A readiness gate is somebody else's condition: the pod is ready when it says so. */
async function follow(world: WorkloadWorld, pod: Pod): Promise<void> {
  const wanted = conditions(world, pod);
  const ready = wanted.some((one) => one.type === "Ready" && one.status === "True");
  if (ready !== isReady(pod)) await world.writeStatus(resources.pod, pod, { conditions: wanted });
}

function conditions(world: WorkloadWorld, pod: Pod): { type: string; status: string }[] {
  const known = pod.status?.conditions ?? [];
  const gates = (pod.spec.readinessGates ?? []).map((gate) => gate.conditionType);
  const open = gates.every((gate) => known.some((one) => one.type === gate && one.status === "True"));
  const own = ["PodScheduled", "Initialized", "ContainersReady", "Ready"];
  return [
    ...known.filter((one) => !own.includes(one.type)),
    ...own.map((type) => {
      const status = type === "Ready" && !open ? "False" : "True";
      return known.find((one) => one.type === type && one.status === status) ?? { type, status, lastTransitionTime: world.time() };
    }),
  ];
}

/** The address leaves the EndpointSlices first, then the container ends. */
async function endPod(world: WorkloadWorld, pod: Pod): Promise<void> {
  if (isReady(pod)) {
    const known = pod.status?.conditions ?? [];
    const off = known.map((one) =>
      one.type === "Ready" || one.type === "ContainersReady" ? { ...one, status: "False", lastTransitionTime: world.time() } : one,
    );
    return world.writeStatus(resources.pod, pod, { conditions: off });
  }
  const grace = Number(pod.metadata["deletionGracePeriodSeconds"] ?? 0) * 1_000;
  if (world.age(pod.metadata.deletionTimestamp) + grace >= endMs) await removeNow(world, pod);
}

async function removeNow(world: WorkloadWorld, pod: Pod): Promise<void> {
  await world.client.call("DELETE", resourcePath(resources.pod, refOf(pod)), { query: { gracePeriodSeconds: "0" } });
}
