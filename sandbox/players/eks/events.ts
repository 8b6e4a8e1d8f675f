import { randomBytes } from "node:crypto";
import type { KubeClient } from "../../kube/kube-client.ts";
import { apiVersionOf, type KubeObject, type Resource, resources } from "../../kube/kube-object.ts";

/** Writes core/v1 Events as CAPA's recorder does. They explain; nothing depends on them, so a lost one is no error. */
export function eventWriter(client: KubeClient, component: string) {
  return async (
    resource: Resource,
    object: KubeObject,
    event: { reason: string; message: string; type?: "Normal" | "Warning" },
  ): Promise<void> => {
    const now = new Date();
    const time = `${now.toISOString().slice(0, 19)}Z`;
    const namespace = object.metadata.namespace ?? "default";
    const { name, uid, resourceVersion } = object.metadata;
    await client
      .create(resources.event, {
        apiVersion: "v1",
        kind: "Event",
        metadata: { name: `${name}.${now.getTime().toString(16)}${randomBytes(3).toString("hex")}`, namespace },
        involvedObject: { apiVersion: apiVersionOf(resource), kind: resource.kind, name, namespace, uid, resourceVersion },
        reason: event.reason,
        message: event.message,
        type: event.type ?? "Normal",
        source: { component },
        reportingComponent: component,
        firstTimestamp: time,
        lastTimestamp: time,
        count: 1,
      })
      .catch(() => undefined);
  };
}
export type EventWriter = ReturnType<typeof eventWriter>;
