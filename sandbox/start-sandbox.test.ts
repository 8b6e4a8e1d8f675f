import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { resources } from "./kube/kube-object.ts";
import { ControlPlane } from "./players/eks/eks-objects.ts";
import { type RunningSandbox, startSandbox } from "./start-sandbox.ts";
import { sandboxFolder } from "./state/sandbox-folder.ts";
import { runSupervisor } from "./supervisor.ts";
import { findSupervisor } from "./supervisor-state.ts";
import { eventually, useSandbox } from "./testing/use-sandbox.ts";

const directory = mkdtempSync(join(tmpdir(), "trellis-sandbox-"));
const folder = sandboxFolder(directory);
let running: RunningSandbox | null = null;

afterAll(async () => {
  await running?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Processes whose command line names this sandbox's folder or one of its ports. */
function processesOf(): number[] {
  const etcd = String((JSON.parse(readFileSync(folder.ports, "utf8")) as { etcdClient: number }).etcdClient);
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((entry) => {
      try {
        const line = readFileSync(`/proc/${entry}/cmdline`, "utf8");
        return line.includes(directory) || line.includes(`:${etcd}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

it("goes on where it was after kill -9, and ends everything it started", async () => {
  running = await startSandbox({ directory, speed: 60 });
  const before = await useSandbox(directory);
  const tenant = await before.tenant();
  await tenant.applyCluster("survivor");
  const find = async (sandbox: typeof before) =>
    ControlPlane.parse(await sandbox.admin.get(resources.managedControlPlane, { namespace: tenant.namespace, name: "survivor" }));
  const half = await eventually("the VPC is there", async () => {
    const seen = await find(before);
    return seen.status?.conditions?.some((one) => one.type === "VpcReady" && one.status === "True") ? seen : null;
  });

  await expect(
    runSupervisor(folder, {
      speed: 60,
      seedFleet: false,
      signal: new AbortController().signal,
      progress: () => undefined,
      say: () => undefined,
    }),
  ).rejects.toThrow(/a sandbox already runs in/);

  process.kill(findSupervisor(folder)?.pid ?? 0, "SIGKILL");
  await eventually("no process is left", async () => (processesOf().length === 0 ? true : null), 10_000);

  running = await startSandbox({ directory, speed: 60 });
  const after = await useSandbox(directory);
  expect(after.env).toEqual(before.env);
  const ready = await eventually("the cluster is ready", async () => {
    const seen = await find(after);
    return seen.status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ? seen : null;
  });
  expect(ready.metadata.uid).toBe(half.metadata.uid);
  expect(ready.spec.network?.vpc?.id).toBe(half.spec.network?.vpc?.id);

  const startedStopping = Date.now();
  await running.stop();
  expect(Date.now() - startedStopping).toBeLessThan(10_000);
  expect(processesOf()).toEqual([]);
});
