import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type KubeClient, KubeError } from "./kube-client.ts";
import { KubeObject, keyOf, type ObjectRef, type Resource } from "./kube-object.ts";

const WatchLine = z.looseObject({ type: z.string(), object: z.looseObject({}) });
const watchSeconds = 240;

/** A live copy of one kind: list, then watch, again from the start when the server forgets our place. */
export function objectCache(client: KubeClient, resource: Resource, changed: (object: KubeObject, gone: boolean) => void) {
  const objects = new Map<string, KubeObject>();
  let synced = false;

  function store(object: KubeObject): void {
    objects.set(keyOf(object.metadata), object);
    changed(object, false);
  }
  function drop(key: string): void {
    const object = objects.get(key);
    if (object && objects.delete(key)) changed(object, true);
  }

  async function relist(): Promise<string> {
    const answer = await client.list(resource);
    const present = new Set(answer.items.map((item) => keyOf(item.metadata)));
    for (const key of objects.keys()) if (!present.has(key)) drop(key);
    for (const item of answer.items)
      if (objects.get(keyOf(item.metadata))?.metadata.resourceVersion !== item.metadata.resourceVersion) store(item);
    synced = true;
    return answer.metadata.resourceVersion;
  }

  async function follow(from: string, signal: AbortSignal): Promise<string> {
    let version = from;
    const idle = AbortSignal.timeout((watchSeconds + 30) * 1_000);
    for await (const line of client.watchLines(
      resource,
      { resourceVersion: version, timeoutSeconds: String(watchSeconds) },
      AbortSignal.any([signal, idle]),
    )) {
      const event = WatchLine.parse(JSON.parse(line));
      if (event.type === "ERROR") throw new KubeError(410, "Expired", "the watch lost its place");
      const bookmark = z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) }).parse(event.object);
      version = bookmark.metadata.resourceVersion;
      if (event.type === "BOOKMARK") continue;
      const object = KubeObject.parse(event.object);
      if (event.type === "DELETED") drop(keyOf(object.metadata));
      else store(object);
    }
    return version;
  }

  /** Runs until `signal` fires. Anything that goes wrong on the way is followed by a fresh list. */
  async function run(signal: AbortSignal): Promise<void> {
    let version: string | null = null;
    while (!signal.aborted) {
      try {
        version ??= await relist();
        version = await follow(version, signal);
      } catch {
        version = null;
        await sleep(250 + Math.random() * 250, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  return {
    run,
    isSynced: () => synced,
    find: (ref: ObjectRef) => objects.get(keyOf(ref)) ?? null,
    list: () => [...objects.values()],
    /** Puts a write's answer in at once, so that the next look does not act on the object before it. */
    remember: (object: KubeObject) => {
      if (objects.has(keyOf(object.metadata))) objects.set(keyOf(object.metadata), object);
    },
    /** The same for an object just created, which the watch has not told yet. */
    add: (object: KubeObject) => {
      if (!objects.has(keyOf(object.metadata))) objects.set(keyOf(object.metadata), object);
    },
  };
}
export type ObjectCache = ReturnType<typeof objectCache>;
