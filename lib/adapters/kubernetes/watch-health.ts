import { isPortalError, PortalError } from "../../domain/portal-error.ts";
import type { LogPort } from "../telemetry/port.ts";
import type { WatchedKind, WatchHealth } from "./port.ts";

export type WatchHealthKeeper = {
  synced(): boolean;
  read(objects: number): WatchHealth;
  /** A complete list as of this time. */
  listed(at: Date): void;
  /** An event or a bookmark arrived. */
  proven(at: Date): void;
  connected(): void;
  failed(error: unknown): void;
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
      for (const resolve of waiting) resolve();
      waiting.clear();
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
    stopped: () => setConnected(false),
    async whenSynced(signal) {
      if (synced) return;
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
