import { isDeepStrictEqual } from "node:util";
import { type KubeClient, KubeError } from "../../kube/kube-client.ts";
import { type KubeObject, type Resource, refOf, resources } from "../../kube/kube-object.ts";
import { type ObjectCache, objectCache } from "../../kube/object-cache.ts";
import type { AddressBook } from "./pod-addresses.ts";
import { Deployment, Node, Pod, ReplicaSet, Service } from "./workload-objects.ts";

/** What the players of one tenant cluster see and write. Reads are from live copies; a write's answer counts at once. */
export function workloadWorld(options: {
  client: KubeClient;
  block: string;
  addresses: AddressBook;
  changed: () => void;
  now?: () => Date;
}) {
  const { client, changed } = options;
  const now = options.now ?? (() => new Date());
  const cache = {
    deployment: objectCache(client, resources.deployment, changed),
    replicaSet: objectCache(client, resources.replicaSet, changed),
    pod: objectCache(client, resources.pod, changed),
    service: objectCache(client, resources.service, changed),
    endpointSlice: objectCache(client, resources.endpointSlice, changed),
    node: objectCache(client, resources.node, changed),
  };
  const caches = new Map<Resource, ObjectCache>([
    [resources.deployment, cache.deployment],
    [resources.replicaSet, cache.replicaSet],
    [resources.pod, cache.pod],
    [resources.endpointSlice, cache.endpointSlice],
    [resources.node, cache.node],
  ]);
  const merge = async (resource: Resource, object: KubeObject, patch: object, subresource = ""): Promise<void> => {
    caches.get(resource)?.remember(await client.merge(resource, refOf(object), patch, subresource));
  };
  return {
    client,
    block: options.block,
    addresses: options.addresses,
    run: (signal: AbortSignal): Promise<void>[] => Object.values(cache).map((one: ObjectCache) => one.run(signal)),
    isSynced: () => Object.values(cache).every((one) => one.isSynced()),
    deployments: () => cache.deployment.list().map((one) => Deployment.parse(one)),
    replicaSets: () => cache.replicaSet.list().map((one) => ReplicaSet.parse(one)),
    pods: () => cache.pod.list().map((one) => Pod.parse(one)),
    services: () => cache.service.list().map((one) => Service.parse(one)),
    endpointSlices: () => cache.endpointSlice.list(),
    nodes: () => cache.node.list().map((one) => Node.parse(one)),
    time: () => `${now().toISOString().slice(0, 19)}Z`,
    age: (since: string | undefined) => (since === undefined ? 0 : now().getTime() - Date.parse(since)),
    create: async (resource: Resource, object: KubeObject): Promise<void> => {
      try {
        caches.get(resource)?.add(await client.create(resource, object));
      } catch (error) {
        // Made a moment ago; the watch will tell.
        if (!(error instanceof KubeError) || error.status !== 409) throw error;
      }
    },
    merge,
    /** Writes status only when it differs; null removes a field, as in a merge patch. */
    writeStatus: async (resource: Resource, object: KubeObject & { status?: object | undefined }, status: object): Promise<void> => {
      const have: Record<string, unknown> = { ...object.status };
      if (Object.entries(status).every(([key, value]) => isDeepStrictEqual(value ?? null, have[key] ?? null))) return;
      await merge(resource, object, { status }, "/status");
    },
  };
}
export type WorkloadWorld = ReturnType<typeof workloadWorld>;
