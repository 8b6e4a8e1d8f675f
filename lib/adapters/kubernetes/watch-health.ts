import { isPortalError, PortalError } from "../../domain/portal-error.ts";
import type { LogPort } from "../telemetry/port.ts";
import { KIND_MISSING, type WatchedKind, type WatchHealth } from "./port.ts";

export type WatchHealthKeeper = {
  synced(): boolean;
  read(objects: number): WatchHealth;
  /** A complete list as of this time. */
  listed(at: Date): void;
  /** An event or a bookmark arrived. */
  proven(at: Date): void;
  connected(): void;
  failed(error: unknown): void;
  /** The server said at this time that it does not serve the kind. */
  missing(error: PortalError, at: Date): void;
  stopped(): void;
  whenSynced(signal: AbortSignal): Promise<void>;
  subscribe(listener: () => void): () => void;
};

/** What one watch knows about itself. Listeners hear every change between connected and not. */
export function createWatchHealth(options: {
  readonly cluster: string;
  readonly kind: WatchedKind;
  readonly log: LogPort;
}): WatchHealthKeeper {
  const { cluster, kind, log } = options;
  const listeners = new Set<() => void>();
  const waiting = new Set<() => void>();
  let synced = false;
  let connected = false;
  let freshAt: Date | null = null;
  let relists = 0;
  let lastError: string | null = null;

  function settle(): void {
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  function setConnected(value: boolean): void {
    if (connected === value) return;
    connected = value;
    for (const listener of [...listeners]) {
      try {
        listener();
      } catch (error) {
        log.error("watch.healthHandlerFailed", { cluster, kind, error });
      }
    }
  }

  return {
    synced: () => synced,
    read: (objects) => ({ synced, connected, freshAt, relists, objects, lastError }),
    listed(at) {
      if (synced) relists += 1;
      synced = true;
      freshAt = at;
      lastError = null;
      settle();
    },
    proven(at) {
      freshAt = at;
      lastError = null;
    },
    connected: () => setConnected(true),
    failed(error) {
      const reason = isPortalError(error) ? error.key : "unknown";
      if (reason !== lastError) log.warn("watch.failed", { cluster, kind, reason, error });
      lastError = reason;
      setConnected(false);
    },
    missing(error, at) {
      if (lastError !== error.key) log.info("watch.kindMissing", { cluster, kind });
      lastError = error.key;
      // Objects that were there once are not gone because a CRD is replaced or an API server starts: their evidence only grows old.
      if (!synced) freshAt = at;
      setConnected(false);
      settle();
    },
    stopped: () => setConnected(false),
    async whenSynced(signal) {
      if (synced || lastError === KIND_MISSING) return;
      await new Promise<void>((resolve, reject) => {
        const give = () => {
          waiting.delete(done);
          reject(new PortalError("UNAVAILABLE", "kubernetes.notSynced", { cluster, kind }));
        };
        const done = () => {
          signal.removeEventListener("abort", give);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener("abort", give, { once: true });
        if (signal.aborted) give();
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
