import { setTimeout as sleep } from "node:timers/promises";
import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import type { LogPort, MetricsPort } from "../telemetry/port.ts";
import { backOffMs } from "./back-off.ts";
import { createBreather } from "./breather.ts";
import { type Ingested, ingestWatched } from "./ingest-watched.ts";
import { listPages } from "./list-pages.ts";
import { KIND_MISSING, type WatchCache, type WatchedKind, type WatchHealth } from "./port.ts";
import { resourcePath } from "./resource-paths.ts";
import type { Transport } from "./transport.ts";
import { createWatchHealth } from "./watch-health.ts";
import { createWatchStore } from "./watch-store.ts";
import { openWatchStream } from "./watch-stream.ts";
import { watchedResource, watchKey } from "./watched-resource.ts";

/**
 * The API server proves a quiet watch by bookmarks, once a minute and shortly before the watch ends, and none at all while etcd tells it of no progress;
 * ending the watch at the promised time proves the same. Short watches therefore keep evidence young at the price of one cheap reconnect each.
 * `graceMs` after the promised end the connection is dead.
 */
export type WatchTiming = { readonly minSeconds: number; readonly maxSeconds: number; readonly graceMs: number };
const ROUNDING_MS = 100;
const RECOVERY_SECONDS = 2;
const TIMING: WatchTiming = { minSeconds: 22, maxSeconds: 30, graceMs: 8_000 };

export type WatchCacheOptions = {
  readonly transport: Transport;
  readonly kind: WatchedKind;
  readonly log: LogPort;
  readonly metrics: MetricsPort;
  readonly now: () => Date;
  readonly random?: () => number;
  readonly timing?: WatchTiming;
};
export type RunningWatchCache = WatchCache & { stop(): void };

/** Lists and watches one kind for as long as the process lives: resumes from the last version, relists after 410, waits between failures. */
export function createWatchCache(options: WatchCacheOptions): RunningWatchCache {
  const { transport, kind, log, metrics, now } = options;
  const random = options.random ?? Math.random;
  const timing = options.timing ?? TIMING;
  const cluster = transport.clusterId;
  const resource = watchedResource(kind);
  const store = createWatchStore({ cluster, kind, log, metrics, now });
  const health = createWatchHealth({ cluster, log, kind });
  const stopped = new AbortController();
  const isStopped = () => stopped.signal.aborted;
  let version: string | null = null;
  let failures = 0;

  async function relist(): Promise<void> {
    const asOf = now();
    const next = new Map<string, Ingested>();
    const breathe = createBreather();
    let listVersion = "";
    for await (const page of listPages(
      transport,
      { resource, path: resourcePath(resource, { allNamespaces: true }) },
      { signal: stopped.signal, timeoutMs: 30_000 },
    )) {
      for (const object of page.objects) {
        const kept = ingestWatched(kind, object);
        if (kept !== null) next.set(watchKey(kept.object), kept);
        await breathe();
      }
      if (page.broken > 0) log.warn("watch.brokenObjects", { cluster, kind, count: page.broken });
      listVersion = page.resourceVersion;
    }
    if (health.synced()) metrics.count("trellis_watch_relists_total", { cluster, kind });
    await store.replace(next);
    version = listVersion;
    health.listed(asOf);
  }

  function takeIn(event: { readonly type: "upsert" | "remove"; readonly object: KubeObject }): void {
    const kept = ingestWatched(kind, event.object);
    if (kept === null) return;
    if (event.type === "upsert") store.upsert(kept);
    else store.remove(kept.object);
  }

  async function follow(resourceVersion: string): Promise<void> {
    // After an outage the first watch is short: its end proves at once that nothing was missed.
    const seconds = failures > 0 ? RECOVERY_SECONDS : timing.minSeconds + random() * (timing.maxSeconds - timing.minSeconds);
    const timeoutSeconds = Math.round(Math.min(seconds, timing.maxSeconds));
    let openedAt = performance.now();
    let lost = false;
    let evidence = false;
    for await (const event of openWatchStream(transport, {
      resource,
      resourceVersion,
      timeoutSeconds,
      graceMs: timing.graceMs,
      signal: stopped.signal,
    })) {
      if (event.type === "opened") {
        openedAt = performance.now();
        health.connected();
        continue;
      }
      if (event.type === "broken") {
        log.warn("watch.brokenEvent", { cluster, kind });
        lost ||= event.lost;
        continue;
      }
      if (event.type === "upsert" || event.type === "remove") takeIn(event);
      version = event.type === "bookmark" ? event.resourceVersion : versionOf(event.object, version);
      evidence = true;
      failures = 0;
      if (!lost) health.proven(now());
    }
    const elapsedMs = performance.now() - openedAt;
    // An earlier end is how the server drops a watcher that cannot keep up, and proves nothing.
    const kept = elapsedMs >= timeoutSeconds * 1_000 - ROUNDING_MS;
    if (kept) failures = 0;
    if (kept && !lost) health.proven(now());
    if (lost) version = null;
    // A server that ends every watch at once would otherwise be asked without a pause.
    if (!evidence && !kept && elapsedMs < 1_000) failures += 1;
  }

  async function run(): Promise<void> {
    while (!isStopped()) {
      let retryAfterMs = 0;
      try {
        if (version === null) await relist();
        if (version !== null) await follow(version);
      } catch (error) {
        if (isStopped()) return;
        failures += 1;
        if (isExpired(error) || isMissing(error)) version = null;
        if (isMissing(error)) health.missing(error, now());
        else if (!isExpired(error)) health.failed(error);
        retryAfterMs = retryAfterOf(error);
      }
      if (failures > 0)
        await sleep(backOffMs(failures, random, retryAfterMs), undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  }

  const lagTimer = setInterval(() => {
    const { freshAt } = health.read(store.objects.size);
    if (freshAt) metrics.gauge("trellis_watch_lag_seconds", (now().getTime() - freshAt.getTime()) / 1000, { cluster, kind });
  }, 5_000);
  lagTimer.unref();
  void run();

  return {
    kind,
    get: (key) => store.objects.get(key),
    values: () => store.objects.values(),
    health: (): WatchHealth => health.read(store.objects.size),
    synced: (signal) => health.whenSynced(signal),
    subscribe: (listener) => store.subscribe(listener),
    subscribeHealth: (listener) => health.subscribe(() => listener(health.read(store.objects.size))),
    stop() {
      stopped.abort();
      clearInterval(lagTimer);
      health.stopped();
    },
  };
}

function isExpired(error: unknown): boolean {
  return error instanceof PortalError && error.key === "kubernetes.expired";
}

function isMissing(error: unknown): error is PortalError {
  return error instanceof PortalError && error.key === KIND_MISSING;
}

function retryAfterOf(error: unknown): number {
  const seconds = error instanceof PortalError && error.key === "kubernetes.busy" ? error.values.seconds : undefined;
  return typeof seconds === "number" ? seconds * 1000 : 0;
}

function versionOf(object: KubeObject, fallback: string | null): string | null {
  const { resourceVersion } = object.metadata;
  return typeof resourceVersion === "string" && resourceVersion !== "" ? resourceVersion : fallback;
}
