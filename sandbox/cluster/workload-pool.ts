import { readFileSync } from "node:fs";
import { z } from "zod";
import { type KubeClient, kubeClient } from "../kube/kube-client.ts";
import { kubeconfigText } from "../kube/kubeconfig.ts";
import { type Ports, workloadSlots } from "../state/ports.ts";
import { findJson, type SandboxFolder, writePrivate, writePrivateJson } from "../state/sandbox-folder.ts";
import type { Secrets } from "../state/secrets.ts";
import { startApiServer, waitUntilOk } from "./api-server.ts";
import type { Binaries } from "./build-binaries.ts";
import type { RunningChild } from "./child-process.ts";

const startedAhead = 2;
/** Generous: a machine of two cores may be doing much else. */
const readyMs = 180_000;
/** `generation` grows when a slot is given back: a new etcd prefix, hence an empty cluster with identities of its own. */
const Pool = z.strictObject({ generations: z.array(z.int()).length(workloadSlots) });

export type WorkloadServer = { slot: number; port: number; client: KubeClient };

/** The API servers that stand for tenant clusters: two from the start, up to six on demand, shared beyond. */
export function workloadPool(options: { folder: SandboxFolder; binaries: Binaries; ports: Ports; secrets: Secrets }) {
  const { folder, binaries, ports, secrets } = options;
  const pool = findJson(folder.workloadPool, Pool) ?? { generations: Array.from({ length: workloadSlots }, () => 1) };
  const running = new Map<number, { child: RunningChild; ready: Promise<WorkloadServer> }>();
  const ca = () => readFileSync(folder.pki("ca.crt"), "utf8");
  let stopping = false;

  function start(slot: number): Promise<WorkloadServer> {
    const port = ports.workload[slot];
    if (port === undefined) throw new Error(`there is no workload slot ${slot}`);
    const existing = running.get(slot);
    if (existing && !existing.child.hasExited()) return existing.ready;
    const name = `workload-${slot + 1}`;
    const child = startApiServer(folder, binaries, {
      name,
      port,
      etcdPort: ports.etcdClient,
      prefix: `/${name}-${pool.generations[slot] ?? 1}`,
    });
    const server = `https://127.0.0.1:${port}`;
    const ready = waitUntilOk(folder, `${server}/readyz`, child, readyMs).then(() => ({
      slot,
      port,
      client: kubeClient({ server, ca: ca(), token: secrets.playerToken, manager: "eks" }),
    }));
    ready.catch(() => undefined);
    running.set(slot, { child, ready });
    writePrivate(
      folder.at("workload", `${name}.kubeconfig`),
      kubeconfigText({ name, server, ca: ca(), user: "sandbox-admin", token: secrets.adminToken }),
    );
    return ready;
  }

  return {
    startFirst: () => Promise.all(Array.from({ length: startedAhead }, (_, slot) => start(slot))),
    /** The slot a new cluster gets: the first unused one, else the one with the fewest clusters. */
    choose: (used: number[]): number => {
      const counts = Array.from({ length: workloadSlots }, (_, slot) => used.filter((one) => one === slot).length);
      return counts.indexOf(Math.min(...counts));
    },
    server: start,
    /** Nobody uses the slot any more: the next cluster there finds an empty API server. */
    giveBack: async (slot: number): Promise<void> => {
      pool.generations[slot] = (pool.generations[slot] ?? 1) + 1;
      writePrivateJson(folder.workloadPool, pool);
      const entry = running.get(slot);
      running.delete(slot);
      await entry?.child.stop(2_000);
      if (!stopping && slot < startedAhead) await start(slot);
    },
    stop: async (timeoutMs: number): Promise<void> => {
      stopping = true;
      await Promise.all([...running.values()].map((entry) => entry.child.stop(timeoutMs)));
    },
  };
}
export type WorkloadPool = ReturnType<typeof workloadPool>;
