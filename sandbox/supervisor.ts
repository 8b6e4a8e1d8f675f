import { mkdirSync, rmSync } from "node:fs";
import { buildBinaries } from "./cluster/build-binaries.ts";
import { endStaleChildren } from "./cluster/child-process.ts";
import { clusterFiles } from "./cluster/custom-resource-definitions.ts";
import { lockOwner, tryLock } from "./cluster/lock-file.ts";
import { type RunningCluster, startCluster } from "./cluster/start-cluster.ts";
import { startPlayers } from "./players/start-players.ts";
import { findTakenPort, keptPorts } from "./state/ports.ts";
import type { SandboxFolder } from "./state/sandbox-folder.ts";
import { keptSecrets } from "./state/secrets.ts";
import { heartbeat } from "./supervisor-state.ts";

/** `progress` tells the steps of the start; `say` tells what happens later. */
export type SupervisorOptions = {
  speed: number;
  /** Whether the small fleet is applied once the portal has made the teams' namespaces. */
  seedFleet: boolean;
  signal: AbortSignal;
  progress: (line: string) => void;
  say: (line: string) => void;
};

/** Runs the whole sandbox in this process until `signal` fires, then ends every process it started. */
export async function runSupervisor(folder: SandboxFolder, options: SupervisorOptions): Promise<void> {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  const lock = folder.at("supervisor.lock");
  if (!tryLock(lock) && !tryLock(lock)) {
    throw new Error(
      `a sandbox already runs in ${folder.root} (process ${lockOwner(lock) ?? "unknown"}); stop it with \`npm run sandbox -- stop\``,
    );
  }
  const beat = heartbeat(folder, options.speed);
  const progress = (line: string) => {
    beat.step(line);
    options.progress(line);
  };
  let stop = async (): Promise<void> => undefined;
  try {
    stop = await startAll(folder, { ...options, progress });
    beat.ready();
    await untilAborted(options.signal);
    beat.stopping();
  } catch (error) {
    if (!options.signal.aborted) {
      beat.failed(error instanceof Error ? error.message : String(error));
      throw error;
    }
  } finally {
    await stop();
    beat.end();
    rmSync(lock, { force: true });
  }
}

async function startAll(folder: SandboxFolder, options: SupervisorOptions): Promise<() => Promise<void>> {
  const { signal, progress } = options;
  endStaleChildren(folder);
  const binaries = await buildBinaries({ progress, signal });
  const files = await clusterFiles({ progress });
  signal.throwIfAborted();
  const ports = await keptPorts(folder);
  const taken = await findTakenPort(ports);
  if (taken !== null)
    throw new Error(
      `port ${taken}, which this sandbox keeps for itself, is taken by another program; end that program or run \`npm run sandbox -- reset\``,
    );
  const secrets = keptSecrets(folder);
  const cluster: RunningCluster = await startCluster({ folder, binaries, files, ports, secrets, progress, say: options.say, signal });
  const { speed, seedFleet, say } = options;
  const { definitions } = files;
  const players = await startPlayers({ folder, cluster, ports, secrets, binaries, definitions, speed, seedFleet, say }).catch(
    async (error: unknown) => {
      await cluster.stop();
      throw error;
    },
  );
  return async () => {
    await players.stop();
    await cluster.stop();
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener("abort", () => done(), { once: true }));
}
