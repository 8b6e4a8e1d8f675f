import { randomBytes } from "node:crypto";
import { type KubeClient, KubeError } from "../../kube/kube-client.ts";
import { apiVersionOf, type KubeObject, type Resource, resources } from "../../kube/kube-object.ts";
import { eventCorrelator } from "./event-correlator.ts";

export type EventRecorder = (
  component: string,
  resource: Resource,
  object: KubeObject,
  event: { type?: "Normal" | "Warning"; reason: string; message: string },
) => void;
/** Messages of the API server are cut by client-go too. */
const longestMessage = 1024;

/** Writes core/v1 Events one after the other, as client-go's recorder does: a repeated one is patched, one too many is dropped in silence. */
export function eventRecorder(options: { client: KubeClient; speed: number; now: () => number; eventBurst?: number | undefined }): {
  record: EventRecorder;
  settled: () => Promise<void>;
} {
  const { client, now } = options;
  const correlate = eventCorrelator(options.speed, now, options.eventBurst);
  const names = new Map<string, string>();
  let writing: Promise<void> = Promise.resolve();

  async function write(ref: { namespace: string; key: string }, fresh: KubeObject, change: object): Promise<void> {
    const known = names.get(ref.key);
    if (known !== undefined) {
      const gone = await client.merge(resources.event, { namespace: ref.namespace, name: known }, change).then(
        () => false,
        (error: unknown) => error instanceof KubeError && error.status === 404,
      );
      if (!gone) return;
    }
    await client.create(resources.event, fresh);
    names.set(ref.key, fresh.metadata.name);
  }

  const record: EventRecorder = (component, resource, object, event) => {
    const { name, uid, resourceVersion, namespace: own } = object.metadata;
    const type = event.type ?? "Normal";
    const about = `${resource.kind}/${own ?? ""}/${name}/${uid ?? ""}`;
    const correlated = correlate({ source: component, object: about, type, reason: event.reason, message: event.message });
    if (!correlated) return;
    const namespace = own ?? "default";
    const time = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
    const change = { message: correlated.message.slice(0, longestMessage), count: correlated.count, lastTimestamp: time(now()) };
    const fresh = {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${name}.${now().toString(16)}${randomBytes(3).toString("hex")}`, namespace },
      involvedObject: {
        apiVersion: apiVersionOf(resource),
        kind: resource.kind,
        name,
        ...(own ? { namespace: own } : {}),
        uid,
        resourceVersion,
      },
      reason: event.reason,
      type,
      source: { component },
      reportingComponent: component,
      firstTimestamp: time(correlated.firstAt),
      ...change,
    };
    // A lost Event is no error: they explain, nothing depends on them.
    writing = writing.then(() => write({ namespace, key: correlated.key }, fresh, change)).catch(() => undefined);
  };
  return { record, settled: () => writing };
}
