import { isConflictAnswer, isNotFoundAnswer } from "../aws-call-error.ts";
import { annotations, finalizers, parseTags, tagKeys } from "../controller-keys.ts";
import { addFinalizer, annotation, type ControllerWorld, patchObject, removeFinalizer } from "../controller-world.ts";
import { findServiceNetwork } from "../gateways/find-service-network.ts";
import { AccessLogPolicy, Route } from "../network-objects.ts";
import { networkResources } from "../network-resources.ts";
import { LatticeNotFound, messageOf } from "../reconcile-errors.ts";
import { latticeServiceName } from "../routes/route-model.ts";
import { findLatticeService } from "../routes/synthesize-service.ts";
import { findTarget, type PolicyReason, type Verdict, writeVerdict } from "./policy-condition.ts";

const targetKinds = ["gateway", "httpRoute", "grpcRoute"] as const;
const component = "access-log-policy-controller";
type Resource = { id: string; name: string };

/** One look at an AccessLogPolicy; a refusal is a Warning and, after it, `Reconciled`. */
export async function reconcileAccessLogPolicy(world: ControllerWorld, ref: { namespace: string; name: string }): Promise<void> {
  const found = world.cache.accessLogPolicy.find(ref);
  if (!found) return;
  const policy = AccessLogPolicy.parse(found);
  say(world, policy, "Normal", "Reconciling", "Started reconciling");
  try {
    await (policy.metadata.deletionTimestamp === undefined ? upsert(world, policy) : remove(world, policy));
  } catch (error) {
    say(world, policy, "Warning", "FailedReconcile", messageOf(error));
    throw error;
  }
  say(world, policy, "Normal", "Reconciled", "Successfully reconciled");
}

async function upsert(world: ControllerWorld, found: AccessLogPolicy): Promise<void> {
  const policy = AccessLogPolicy.parse(await addFinalizer(world, "accessLogPolicy", found, finalizers.accessLogPolicy));
  const problem = refusal(world, policy);
  if (problem) {
    await judged(world, policy, problem);
    return;
  }
  try {
    const resource = await findResource(world, policy);
    const arn = await upsertSubscription(world, policy, resource);
    const held = AccessLogPolicy.parse(await writeVerdict(world, "accessLogPolicy", policy, { reason: "Accepted", message: "" }));
    const wanted = { [annotations.accessLog]: arn, [annotations.accessLogResourceName]: resource.name };
    if (Object.entries(wanted).some(([key, value]) => annotation(held, key) !== value))
      await patchObject(world, "accessLogPolicy", held, { metadata: { annotations: wanted } });
  } catch (error) {
    if (!isConflictAnswer(error)) throw error;
    const message = "An Access Log Policy with a Destination Arn for the same destination type already exists for this targetRef";
    await judged(world, policy, { reason: "Conflicted", message });
  }
}

/** `targetRef.namespace` is the word `default` when it is left out, so it must be the policy's own (lattice.md §1.11). */
function refusal(world: ControllerWorld, policy: AccessLogPolicy): Verdict | null {
  const { targetRef } = policy.spec;
  const namespace = policy.metadata.namespace ?? "";
  const invalid = (message: string): Verdict => ({ reason: "Invalid" satisfies PolicyReason, message });
  if (targetRef.group !== networkResources.gateway.group)
    return invalid(`The targetRef's Group must be "${networkResources.gateway.group}" but was "${targetRef.group}"`);
  if (!targetKinds.some((one) => networkResources[one].kind === targetRef.kind))
    return invalid(`The targetRef's Kind must be "Gateway", "HTTPRoute", or "GRPCRoute" but was "${targetRef.kind}"`);
  if ((targetRef.namespace ?? "default") !== namespace)
    return invalid(
      `The targetRef's namespace, "${targetRef.namespace ?? "default"}", does not match the Access Log Policy's namespace, "${namespace}"`,
    );
  if (findTarget(world, policy, targetKinds)) return null;
  return { reason: "TargetNotFound", message: `${targetRef.kind} target "${namespace}/${targetRef.name}" could not be found` };
}

async function judged(world: ControllerWorld, policy: AccessLogPolicy, verdict: Verdict): Promise<void> {
  say(world, policy, "Warning", "FailedReconcile", verdict.message);
  await writeVerdict(world, "accessLogPolicy", policy, verdict);
}

async function findResource(world: ControllerWorld, policy: AccessLogPolicy): Promise<Resource> {
  const target = findTarget(world, policy, targetKinds);
  if (target?.kind === "gateway") return findServiceNetwork(world, target.object.metadata.name);
  const name = target ? latticeServiceName(Route.parse(target.object)) : policy.spec.targetRef.name;
  const service = await findLatticeService(world, name);
  if (!service) throw new LatticeNotFound(`Service ${name}`);
  return { id: service.id ?? "", name };
}

async function upsertSubscription(world: ControllerWorld, policy: AccessLogPolicy, resource: Resource): Promise<string> {
  const { destinationArn } = policy.spec;
  const known = annotation(policy, annotations.accessLog);
  const current = known === undefined ? null : await findSubscription(world, known);
  if (current && known !== undefined && current.resourceId === resource.id) {
    if (current.destinationArn !== destinationArn)
      await world.aws.lattice("UpdateAccessLogSubscription", (api, options) =>
        api.updateAccessLogSubscription({ accessLogSubscriptionIdentifier: known, destinationArn }, options),
      );
    return known;
  }
  if (current && known !== undefined) await deleteSubscription(world, known);
  const created = await world.aws.lattice("CreateAccessLogSubscription", (api, options) =>
    api.createAccessLogSubscription(
      {
        clientToken: crypto.randomUUID(),
        resourceIdentifier: resource.id,
        destinationArn,
        tags: { ...parseTags(annotation(policy, annotations.tags)), [tagKeys.managedBy]: world.managedBy },
      },
      options,
    ),
  );
  return created.arn ?? "";
}

async function findSubscription(world: ControllerWorld, arn: string) {
  return world.aws
    .lattice("GetAccessLogSubscription", (api, options) => api.getAccessLogSubscription({ accessLogSubscriptionIdentifier: arn }, options))
    .catch((error: unknown) => {
      if (isNotFoundAnswer(error)) return null;
      throw error;
    });
}

async function remove(world: ControllerWorld, policy: AccessLogPolicy): Promise<void> {
  const known = annotation(policy, annotations.accessLog);
  if (known !== undefined) await deleteSubscription(world, known);
  await removeFinalizer(world, "accessLogPolicy", policy, finalizers.accessLogPolicy);
}

async function deleteSubscription(world: ControllerWorld, arn: string): Promise<void> {
  await world.aws
    .lattice("DeleteAccessLogSubscription", (api, options) =>
      api.deleteAccessLogSubscription({ accessLogSubscriptionIdentifier: arn }, options),
    )
    .catch((error: unknown) => {
      if (!isNotFoundAnswer(error)) throw error;
    });
}

function say(world: ControllerWorld, policy: AccessLogPolicy, type: "Normal" | "Warning", reason: string, message: string): void {
  world.event(component, networkResources.accessLogPolicy, policy, { type, reason, message });
}
