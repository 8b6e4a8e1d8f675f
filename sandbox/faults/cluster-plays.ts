import { KubeObject, resources } from "../kube/kube-object.ts";
import { management } from "../players/networking/gateway-controllers.ts";
import type { FaultHand, FaultPlay } from "./fault-hand.ts";
import { exportsOf, findRoute } from "./fault-scene.ts";

/** Faults of controllers and of objects in the clusters. */
export const clusterPlays = {
  "controller-stopped": {
    hold: ({ scene }) => scene.controllers.halt(management),
    lift: ({ scene }) => scene.controllers.resume(management),
  },
  "resync-off": {
    hold: ({ scene }) => scene.controllers.setResync(management, 0),
    lift: ({ scene }) => scene.controllers.setResync(management, null),
  },
  "events-dried-up": {
    hold: ({ scene }) => scene.controllers.setEventBurst(management, 0),
    lift: ({ scene }) => scene.controllers.setEventBurst(management, null),
  },
  "export-late": {
    hold: ({ scene, key }) => scene.controllers.halt(key),
    lift: ({ scene, key }) => scene.controllers.resume(key),
  },
  "stale-addresses": {
    hold: async (hand) => {
      await hand.scene.controllers.halt(hand.key);
      if (hand.kept["moved"] === true) return;
      hand.kept["moved"] = await movePods(hand);
    },
    lift: ({ scene, key }) => scene.controllers.resume(key),
  },
  "export-deleted": { hold: deleteExports, lift: restoreExports },
} satisfies Record<string, FaultPlay>;

/** One pod of every exported Service is replaced, so that its address is another one. */
async function movePods({ scene, key }: FaultHand): Promise<boolean> {
  const client = await scene.tenant(key);
  if (!client) return false;
  const { items } = await client.list(resources.serviceExport);
  for (const one of items) {
    const namespace = one.metadata.namespace ?? "";
    const service = one.metadata.annotations?.["application-networking.k8s.aws/service-name"] ?? one.metadata.name;
    const labelSelector = `kubernetes.io/service-name=${service}`;
    const slices = await client.list(resources.endpointSlice, { labelSelector }, namespace);
    const pod = slices.items.flatMap(podNames).sort()[0];
    if (pod) await client.delete(resources.pod, { namespace, name: pod });
  }
  return items.length > 0;
}

function podNames(slice: KubeObject): string[] {
  const endpoints = (slice["endpoints"] ?? []) as { targetRef?: { name?: string } }[];
  return endpoints.flatMap((one) => (one.targetRef?.name ? [one.targetRef.name] : []));
}

/** Deletes what the route imports, as somebody in the provider cluster would; the objects are kept to be put back. */
async function deleteExports({ scene, target, kept }: FaultHand): Promise<void> {
  const route = await findRoute(scene, target);
  for (const one of route ? await exportsOf(scene, route) : []) {
    const key = `${one.cluster}/${one.namespace}/${one.name}`;
    const client = kept[key] === undefined ? await scene.tenant(one.cluster) : null;
    const found = await client?.find(resources.serviceExport, one);
    if (!client || !found) continue;
    kept[key] = found;
    await client.delete(resources.serviceExport, one);
  }
}

/** What still hangs is let go, then the export is there again as the portal wrote it. */
async function restoreExports({ scene, kept }: FaultHand): Promise<void> {
  for (const [key, value] of Object.entries(kept)) {
    const [cluster = "", namespace = "", name = ""] = key.split("/");
    const client = await scene.tenant(cluster);
    const { apiVersion, kind, metadata, ...rest } = KubeObject.parse(value);
    if (!client) continue;
    const hanging = await client.find(resources.serviceExport, { namespace, name });
    if (hanging?.metadata.deletionTimestamp)
      await client.merge(resources.serviceExport, { namespace, name }, { metadata: { finalizers: null } });
    const { labels = {}, annotations = {} } = metadata;
    await client.apply(resources.serviceExport, {
      apiVersion,
      kind,
      metadata: { name, namespace, labels, annotations },
      spec: rest["spec"],
    });
  }
}
