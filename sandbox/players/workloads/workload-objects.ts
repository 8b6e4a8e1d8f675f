import { z } from "zod";
import { KubeObject } from "../../kube/kube-object.ts";

const Labels = z.record(z.string(), z.string());
const Selector = z.looseObject({ matchLabels: Labels.optional() });
const ContainerPort = z.looseObject({ name: z.string().optional(), containerPort: z.number() });
const Container = z.looseObject({ name: z.string(), image: z.string().optional(), ports: z.array(ContainerPort).optional() });
const Condition = z.looseObject({ type: z.string(), status: z.string() });
const PodSpec = z.looseObject({
  nodeName: z.string().optional(),
  containers: z.array(Container),
  readinessGates: z.array(z.looseObject({ conditionType: z.string() })).optional(),
});
const PodTemplate = z.looseObject({ metadata: z.looseObject({ labels: Labels.optional() }).optional(), spec: PodSpec });

export const Deployment = KubeObject.extend({
  spec: z.looseObject({ replicas: z.number().default(1), selector: Selector, template: PodTemplate }),
  status: z.looseObject({ observedGeneration: z.number().optional(), readyReplicas: z.number().optional() }).optional(),
});
export type Deployment = z.infer<typeof Deployment>;

export const ReplicaSet = KubeObject.extend({
  spec: z.looseObject({ replicas: z.number().default(1), selector: Selector, template: PodTemplate }),
  status: z.looseObject({ replicas: z.number().optional() }).optional(),
});
export type ReplicaSet = z.infer<typeof ReplicaSet>;

export const Pod = KubeObject.extend({
  spec: PodSpec,
  status: z
    .looseObject({ phase: z.string().optional(), podIP: z.string().optional(), conditions: z.array(Condition).optional() })
    .optional(),
});
export type Pod = z.infer<typeof Pod>;

export const Node = KubeObject.extend({
  spec: z.looseObject({ taints: z.array(z.looseObject({ key: z.string(), effect: z.string() })).optional() }).optional(),
  status: z.looseObject({ conditions: z.array(Condition).optional() }).optional(),
});
export type Node = z.infer<typeof Node>;

export const ServicePort = z.looseObject({
  name: z.string().optional(),
  port: z.number(),
  protocol: z.string().default("TCP"),
  appProtocol: z.string().optional(),
  targetPort: z.union([z.number(), z.string()]).optional(),
});
export const Service = KubeObject.extend({
  spec: z.looseObject({ type: z.string().optional(), selector: Labels.optional(), ports: z.array(ServicePort).optional() }),
});
export type Service = z.infer<typeof Service>;

/** Whether every label of the selector stands on the object; an empty selector selects nothing. */
export function isSelected(labels: Record<string, string> | undefined, selector: Record<string, string> | undefined): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value);
}

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return object.metadata.ownerReferences?.some((one) => one.uid === owner.metadata.uid) ?? false;
}

export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;
}

/** The owner reference a controller puts on what it makes. */
export function ownedBy(
  owner: KubeObject,
  apiVersion: string,
  kind: string,
): { ownerReferences: { kind: string; name: string; uid: string }[] } {
  const reference = {
    apiVersion,
    kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? "",
    controller: true,
    blockOwnerDeletion: true,
  };
  return { ownerReferences: [reference] };
}
