import { z } from "zod";
import type { KubeClient } from "../../kube/kube-client.ts";
import { type KubeObject, refOf } from "../../kube/kube-object.ts";
import { type ObjectCache, objectCache } from "../../kube/object-cache.ts";
import type { AwsCalls } from "./aws-calls.ts";
import type { EventRecorder } from "./event-recorder.ts";
import { type NetworkKind, networkResources } from "./network-resources.ts";
import type { TagReader } from "./tag-reader.ts";

/** Who this controller is: part of the tag that says who owns a Lattice object. */
export type ControllerIdentity = { clusterName: string; vpcId: string; awsAccountId: string; region: string };
export type ControllerWorld = {
  client: KubeClient;
  cache: Record<NetworkKind, ObjectCache>;
  aws: AwsCalls;
  tags: TagReader;
  event: EventRecorder;
  identity: ControllerIdentity;
  /** `<account>/<cluster>/<vpc>`: the owner's tag. */
  managedBy: string;
  /** How many seconds pass here in one of the machine's. */
  speed: number;
  now: () => Date;
  say: (line: string) => void;
};

export function networkCaches(
  client: KubeClient,
  changed: (kind: NetworkKind, object: KubeObject, gone: boolean) => void,
): Record<NetworkKind, ObjectCache> {
  const entries = Object.entries(networkResources).map(([kind, resource]) => {
    const name = kindNamed(kind);
    return [name, objectCache(client, resource, (object, gone) => changed(name, object, gone))] as const;
  });
  return z.custom<Record<NetworkKind, ObjectCache>>().parse(Object.fromEntries(entries));
}

export function timeText(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

export async function addFinalizer(world: ControllerWorld, kind: NetworkKind, object: KubeObject, name: string): Promise<KubeObject> {
  const finalizers = object.metadata.finalizers ?? [];
  if (finalizers.includes(name)) return object;
  return patchObject(world, kind, object, {
    metadata: { finalizers: [...finalizers, name], resourceVersion: object.metadata.resourceVersion },
  });
}

export async function removeFinalizer(world: ControllerWorld, kind: NetworkKind, object: KubeObject, name: string): Promise<void> {
  const finalizers = object.metadata.finalizers ?? [];
  if (!finalizers.includes(name)) return;
  const left = finalizers.filter((one) => one !== name);
  await patchObject(world, kind, object, { metadata: { finalizers: left, resourceVersion: object.metadata.resourceVersion } });
}

/** A merge patch, as the controller writes finalizers, annotations and status; the answer is what the next look sees. */
export async function patchObject(
  world: ControllerWorld,
  kind: NetworkKind,
  object: KubeObject,
  patch: object,
  subresource: "" | "/status" = "",
): Promise<KubeObject> {
  const answer = await world.client.merge(networkResources[kind], refOf(object), patch, subresource);
  world.cache[kind].remember(answer);
  return answer;
}

/** The object's annotation, or nothing. */
export function annotation(object: KubeObject, key: string): string | undefined {
  return object.metadata.annotations?.[key];
}

/** Only keys of `networkResources` are ever passed here. */
function kindNamed(name: string): NetworkKind {
  return name as NetworkKind;
}
