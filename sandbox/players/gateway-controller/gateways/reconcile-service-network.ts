import type { KubeObject } from "../../../kube/kube-object.ts";
import { isConflictAnswer } from "../aws-call-error.ts";
import { annotations, finalizers, parseTags, tagKeys } from "../controller-keys.ts";
import { addFinalizer, annotation, type ControllerWorld, patchObject, removeFinalizer, timeText } from "../controller-world.ts";
import { ServiceNetwork } from "../network-objects.ts";
import { networkResources } from "../network-resources.ts";
import { findCause, LatticeNotFound, messageOf, OwnershipConflict } from "../reconcile-errors.ts";
import { type FoundNetwork, findServiceNetwork } from "./find-service-network.ts";

const component = "service-network-controller";
type Programmed = { status: "True" | "False"; reason: string; message: string };

/** One look at a ServiceNetwork: makes or adopts the network of its name (lattice.md §1.12). */
export async function reconcileServiceNetwork(world: ControllerWorld, ref: { name: string }): Promise<void> {
  const found = world.cache.serviceNetwork.find({ name: ref.name });
  if (!found) return;
  const say = (type: "Normal" | "Warning", reason: string, message: string) =>
    world.event(component, networkResources.serviceNetwork, found, { type, reason, message });
  say("Normal", "Reconciling", "Started reconciling");
  try {
    await (found.metadata.deletionTimestamp === undefined ? upsert(world, found) : remove(world, found));
  } catch (error) {
    say("Warning", "FailedReconcile", `Reconcile failed: ${messageOf(error)}`);
    throw error;
  }
  say("Normal", "Reconciled", "Successfully reconciled");
}

async function upsert(world: ControllerWorld, found: KubeObject): Promise<void> {
  const object = await addFinalizer(world, "serviceNetwork", found, finalizers.serviceNetwork);
  try {
    const network = (await findNetwork(world, object.metadata.name)) ?? (await created(world, object));
    await own(world, network);
    const ids = { serviceNetworkARN: network.arn, serviceNetworkID: network.id };
    await writeStatus(world, object, { status: "True", reason: "Programmed", message: "ServiceNetwork is programmed" }, ids);
  } catch (error) {
    await writeStatus(world, object, { status: "False", reason: "ReconcileError", message: messageOf(error) });
    throw error;
  }
}

async function findNetwork(world: ControllerWorld, name: string): Promise<FoundNetwork | null> {
  return findServiceNetwork(world, name).catch((error: unknown) => {
    if (findCause(error, LatticeNotFound)) return null;
    throw error;
  });
}

async function created(world: ControllerWorld, object: KubeObject): Promise<FoundNetwork> {
  const { name } = object.metadata;
  const tags = { ...parseTags(annotation(object, annotations.tags)), [tagKeys.managedBy]: world.managedBy };
  const answer = await world.aws.lattice("CreateServiceNetwork", (api, options) => api.createServiceNetwork({ name, tags }, options));
  return { id: answer.id ?? "", arn: answer.arn ?? "", name, tags };
}

async function own(world: ControllerWorld, network: FoundNetwork): Promise<void> {
  const owner = network.tags[tagKeys.managedBy];
  if (owner === undefined) await world.tags.add(network.arn, { [tagKeys.managedBy]: world.managedBy });
  else if (owner !== world.managedBy)
    throw new OwnershipConflict(`service network ${network.name}`, `Found existing resource not owned by controller: ${network.arn}`);
}

async function remove(world: ControllerWorld, object: KubeObject): Promise<void> {
  const network = await findNetwork(world, object.metadata.name);
  if (network?.tags[tagKeys.managedBy] === world.managedBy)
    try {
      await world.aws.lattice("DeleteServiceNetwork", (api, options) =>
        api.deleteServiceNetwork({ serviceNetworkIdentifier: network.id }, options),
      );
    } catch (error) {
      const reason = isConflictAnswer(error) ? "DeleteBlocked" : "DeleteError";
      await writeStatus(world, object, { status: "False", reason, message: messageOf(error) });
      throw error;
    }
  await removeFinalizer(world, "serviceNetwork", object, finalizers.serviceNetwork);
}

async function writeStatus(world: ControllerWorld, object: KubeObject, programmed: Programmed, ids: object = {}): Promise<void> {
  const old = ServiceNetwork.parse(object).status?.conditions ?? [];
  const wanted = [
    { type: "Accepted", status: "True", reason: "Accepted", message: "ServiceNetwork is accepted" },
    { type: "Programmed", ...programmed },
  ];
  const conditions = wanted.map((one) => {
    const before = old.find((other) => other.type === one.type);
    const lastTransitionTime = (before?.status === one.status ? before.lastTransitionTime : undefined) ?? timeText(world.now());
    return { ...one, lastTransitionTime, observedGeneration: object.metadata.generation ?? 0 };
  });
  await patchObject(world, "serviceNetwork", object, { status: { conditions, ...ids } }, "/status");
}
