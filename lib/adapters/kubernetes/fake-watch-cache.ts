import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import type { FakeStore } from "./fake-store.ts";
import { ingestWatched } from "./ingest-watched.ts";
import type { WatchCache, WatchEvent, Watched, WatchedKind, WatchHealth } from "./port.ts";
import { knownResource } from "./resource-paths.ts";
import { watchedResource, watchKey } from "./watched-resource.ts";

export type FakeWatchCache = WatchCache & {
  /** The connection is lost: health says so, changes are not seen. */
  drop(): void;
  /** The connection is back: a relist with differences, as after 410. */
  restore(): void;
};

/** A watch cache over the fake store. Listeners run in a microtask after the write, in order, as they would after a network hop. */
export function createFakeWatchCache(store: FakeStore, kind: WatchedKind, now: () => Date): FakeWatchCache {
  const resource = watchedResource(kind);
  const objects = new Map<string, Watched>();
  const listeners = new Set<(event: WatchEvent) => void>();
  const healthListeners = new Set<(health: WatchHealth) => void>();
  let connected = true;
  let relists = 0;
  let freshAt: Date = now();

  function ingest(type: WatchEvent["type"], object: KubeObject): void {
    const kept = ingestWatched(kind, structuredClone(object));
    if (kept === null) return;
    const watched = { ...kept, observedAt: now() };
    const key = watchKey(object);
    if (type === "upsert") objects.set(key, watched);
    else if (!objects.delete(key)) return;
    freshAt = now();
    for (const listener of [...listeners]) queueMicrotask(() => isolated(() => listener({ type, kind, key, watched })));
  }

  function mine(): readonly KubeObject[] {
    return store
      .all()
      .map((stored) => stored.object)
      .filter((object) => object.kind === kind && object.apiVersion.split("/")[0] === resource.apiVersion.split("/")[0]);
  }

  function relist(): void {
    const live = new Map(mine().map((object) => [watchKey(object), object]));
    for (const [key, watched] of objects) if (!live.has(key)) ingest("remove", watched.object);
    for (const [key, object] of live)
      if (objects.get(key)?.object.metadata.resourceVersion !== object.metadata.resourceVersion) ingest("upsert", object);
  }

  function setConnected(value: boolean): void {
    if (connected === value) return;
    connected = value;
    for (const listener of [...healthListeners]) isolated(() => listener(cache.health()));
  }

  const cache: FakeWatchCache = {
    kind,
    get: (key) => objects.get(key),
    values: () => objects.values(),
    // A connected watch proves its evidence anew all the time.
    health: () => ({
      synced: true,
      connected,
      freshAt: connected ? now() : freshAt,
      relists,
      objects: objects.size,
      lastError: connected ? null : "kubernetes.unreachable",
    }),
    async synced(signal) {
      if (signal.aborted) throw new PortalError("UNAVAILABLE", "kubernetes.aborted", { cluster: "fake" });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeHealth(listener) {
      healthListeners.add(listener);
      return () => healthListeners.delete(listener);
    },
    drop() {
      freshAt = now();
      setConnected(false);
    },
    restore() {
      if (connected) return;
      relists += 1;
      relist();
      setConnected(true);
    },
  };

  relist();
  store.onEvent((event) => {
    if (connected && event.object.kind === kind && knownResource(event.object.apiVersion, kind) === resource)
      ingest(event.type, event.object);
  });
  return cache;
}

/** One listener's failure must not reach the others or the writer; the real cache counts it. */
function isolated(run: () => void): void {
  try {
    run();
  } catch {
    return;
  }
}
