import type { KubeObject } from "../../domain/requests/plan.ts";
import type { LogPort, MetricsPort } from "../telemetry/port.ts";
import { createBreather } from "./breather.ts";
import type { Ingested } from "./ingest-watched.ts";
import type { WatchEvent, Watched, WatchedKind } from "./port.ts";
import { watchKey } from "./watched-resource.ts";

export type WatchStore = {
  readonly objects: ReadonlyMap<string, Watched>;
  upsert(ingested: Ingested): void;
  remove(object: KubeObject): void;
  /** Makes the store equal to a complete list, with an event for every difference. */
  replace(next: ReadonlyMap<string, Ingested>): Promise<void>;
  subscribe(listener: (event: WatchEvent) => void): () => void;
};

type WatchStoreOptions = {
  readonly cluster: string;
  readonly kind: WatchedKind;
  readonly log: LogPort;
  readonly metrics: MetricsPort;
  readonly now: () => Date;
};

/** The objects of one kind and who wants to hear about them. */
export function createWatchStore(options: WatchStoreOptions): WatchStore {
  const { cluster, kind, log, metrics, now } = options;
  const objects = new Map<string, Watched>();
  const listeners = new Set<(event: WatchEvent) => unknown>();

  function failed(error: unknown): void {
    metrics.count("trellis_watch_handler_errors_total", { cluster, kind });
    log.error("watch.handlerFailed", { cluster, kind, error });
  }

  function emit(event: WatchEvent): void {
    metrics.count("trellis_watch_events_total", { cluster, kind, type: event.type });
    for (const listener of [...listeners]) {
      try {
        const result = listener(event);
        if (result instanceof Promise) result.catch(failed);
      } catch (error) {
        failed(error);
      }
    }
  }

  function upsert(ingested: Ingested): void {
    const { object } = ingested;
    const key = watchKey(object);
    // A resumed watch may repeat what the list has shown.
    if (objects.get(key)?.object.metadata.resourceVersion === object.metadata.resourceVersion) return;
    const watched = { ...ingested, observedAt: now() };
    objects.set(key, watched);
    emit({ type: "upsert", kind, key, watched });
  }

  function remove(object: KubeObject): void {
    const key = watchKey(object);
    if (!objects.delete(key)) return;
    emit({ type: "remove", kind, key, watched: { object, observedAt: now() } });
  }

  return {
    objects,
    upsert,
    remove,
    async replace(next) {
      const breathe = createBreather();
      for (const [key, watched] of [...objects]) {
        if (!next.has(key)) remove(watched.object);
        await breathe();
      }
      for (const ingested of next.values()) {
        upsert(ingested);
        await breathe();
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
