import type { KubeObject } from "../../../kube/kube-object.ts";
import { type ControllerWorld, patchObject, timeText } from "../controller-world.ts";
import type { Condition, TargetRef } from "../network-objects.ts";
import { type NetworkKind, networkResources } from "../network-resources.ts";

export type PolicyReason = "Accepted" | "Invalid" | "TargetNotFound" | "Conflicted";
export type Verdict = { reason: PolicyReason; message: string };
type Policy = KubeObject & { spec: { targetRef: TargetRef }; status?: { conditions?: Condition[] | undefined } | undefined };

/** Writes a policy's `Accepted`; unlike a route's, its time stays while nothing changes. */
export async function writeVerdict(
  world: ControllerWorld,
  kind: NetworkKind,
  policy: Policy,
  { reason, message }: Verdict,
): Promise<KubeObject> {
  const status = reason === "Accepted" ? "True" : "False";
  const generation = policy.metadata.generation ?? 0;
  const old = policy.status?.conditions?.find((one) => one.type === "Accepted");
  const lastTransitionTime = (old?.status === status ? old.lastTransitionTime : undefined) ?? timeText(world.now());
  const same = old?.status === status && old.reason === reason && old.message === message && old.observedGeneration === generation;
  if (same) return policy;
  const condition = { type: "Accepted", status, reason, message, lastTransitionTime, observedGeneration: generation };
  return patchObject(world, kind, policy, { status: { conditions: [condition] } }, "/status");
}

/** The object a policy names, of one of these kinds, in the policy's own namespace; null when there is none. */
export function findTarget<K extends NetworkKind>(
  world: ControllerWorld,
  policy: Policy,
  kinds: readonly K[],
): { kind: K; object: KubeObject } | null {
  const { targetRef } = policy.spec;
  const kind = kinds.find((one) => networkResources[one].kind === targetRef.kind);
  const object = kind && world.cache[kind].find({ namespace: policy.metadata.namespace, name: targetRef.name });
  return kind && object ? { kind, object } : null;
}

/** What the controller thinks of a policy's target: of several policies on one target the oldest counts. */
export function verdictOf(world: ControllerWorld, kind: NetworkKind, policy: Policy, kinds: readonly NetworkKind[]): Verdict {
  const { targetRef } = policy.spec;
  const namespace = policy.metadata.namespace ?? "";
  const target = kinds.find((one) => networkResources[one].kind === targetRef.kind);
  if (!target || targetRef.group !== networkResources[target].group)
    return { reason: "Invalid", message: `targetRef is not supported, kind=${targetRef.group}/${targetRef.kind}` };
  if (targetRef.namespace !== undefined && targetRef.namespace !== namespace)
    return { reason: "Invalid", message: `targetRef namespace is different from the policy's, ${targetRef.namespace} != ${namespace}` };
  if (!findTarget(world, policy, [target]))
    return { reason: "TargetNotFound", message: `targetRef not found, target=${namespace}/${targetRef.name}` };
  const older = world.cache[kind].list().filter((one) => isRival(one, policy) && age(one) < age(policy));
  if (older.length === 0) return { reason: "Accepted", message: "" };
  const names = older.map((one) => `${namespace}/${one.metadata.name}`).join(",");
  return { reason: "Conflicted", message: `conflict with other policies for same targetRef, policies=${names}` };
}

function isRival(other: KubeObject, policy: Policy): boolean {
  if (other.metadata.uid === policy.metadata.uid || other.metadata.namespace !== policy.metadata.namespace) return false;
  if (other.metadata.deletionTimestamp !== undefined || !("spec" in other)) return false;
  const wanted = policy.spec.targetRef;
  const spec: unknown = other.spec;
  const target: unknown = typeof spec === "object" && spec !== null && "targetRef" in spec ? spec.targetRef : null;
  return (
    typeof target === "object" &&
    target !== null &&
    "kind" in target &&
    "name" in target &&
    target.kind === wanted.kind &&
    target.name === wanted.name
  );
}

function age(object: KubeObject): string {
  return `${object.metadata.creationTimestamp ?? ""}/${object.metadata.name}`;
}
