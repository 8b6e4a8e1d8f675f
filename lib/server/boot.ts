import { env } from "../config/env.ts";
import { isPortalError } from "../domain/portal-error.ts";
import { applyBootstrapFile, submitTenancy, untilTenancyDelivered } from "./bootstrap.ts";
import { type Portal, portal } from "./composition.ts";
import { endStreamsWithRights } from "./end-streams-with-rights.ts";
import { markPeers } from "./peer.ts";
import type { ReadinessPart } from "./readiness.ts";
import { retryUntil } from "./retry-until.ts";
import { untilWatched } from "./until-watched.ts";
import { startWorkers, type Workers } from "./workers.ts";

/** Starts the portal of this process. Returns at once; `/api/readyz` says what is still missing. With wrong settings the process ends. */
export function boot(): void {
  const running = portalOrExit();
  const stopping = new AbortController();
  markPeers();
  void start(running, stopping);
}

/** Next would keep serving errors after a failed start and say nothing about it. The sentence names the setting, never its value. */
function portalOrExit(): Portal {
  try {
    return portal();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function start(running: Portal, stopping: AbortController): Promise<void> {
  const { signal } = stopping;
  const watches = step(running, "watches", signal, () => untilWatched(running.kube, signal));
  let workers: Workers | null = null;
  onTermination(async () => {
    stopping.abort();
    running.streams.endAll("shutdown");
    await workers?.stop();
    await running.close();
  });

  if (!(await step(running, "migrations", signal, () => running.db.ready(signal)))) return;
  endStreamsWithRights(running);
  workers = startWorkers(running);
  const file = env().TRELLIS_BOOTSTRAP;
  // Each part is tried until it is done, and then not again: a delivery that stopped must not be asked for anew at every try.
  let applied = false;
  let requests: Awaited<ReturnType<typeof submitTenancy>> | null = null;
  await step(running, "bootstrap", signal, async () => {
    if (file === undefined) return;
    if (!applied) await applyBootstrapFile(running, file, signal);
    applied = true;
    await watches;
    requests ??= await submitTenancy(running, signal);
    await untilTenancyDelivered(running, requests, signal);
  });
  running.log.info("portal.started", { engine: running.db.engine, managementClusters: running.kube.ids() });
}

/** One part of readiness, tried until it is done. What is in the way is said by key, so that no outside text reaches the open door. */
function step({ readiness, log }: Portal, part: ReadinessPart, signal: AbortSignal, attempt: () => Promise<void>): Promise<boolean> {
  return retryUntil(
    async () => {
      await attempt();
      readiness.set(part, { done: true, detail: "done" });
    },
    {
      signal,
      onFailure: (error) => {
        if (signal.aborted) return;
        readiness.set(part, { done: false, detail: isPortalError(error) ? error.key : "failed; the log says why" });
        log.warn("boot.stepFailed", { part, error });
      },
    },
  );
}

// Next ends the process itself once its server has closed; open streams would keep it from closing.
function onTermination(stop: () => Promise<void>): void {
  let stopped = false;
  const once = () => {
    if (stopped) return;
    stopped = true;
    void stop();
  };
  process.once("SIGTERM", once);
  process.once("SIGINT", once);
}
