import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type KubeClient, kubeClient } from "../kube/kube-client.ts";
import { kubeconfigText } from "../kube/kubeconfig.ts";
import type { Ports } from "../state/ports.ts";
import { type SandboxFolder, writePrivate } from "../state/sandbox-folder.ts";
import type { Secrets } from "../state/secrets.ts";
import { hasParameterPolicy, removeParameterPolicy, untilPolicyIsEvaluated } from "./admission-policies.ts";
import { startApiServer, startEtcd, waitUntilOk } from "./api-server.ts";
import type { Binaries, Progress } from "./build-binaries.ts";
import { type RunningChild, startChild } from "./child-process.ts";
import type { ClusterFiles } from "./custom-resource-definitions.ts";
import { installDefinitions } from "./install-definitions.ts";
import { installDeploy } from "./install-deploy.ts";
import { installWebhooks } from "./install-webhooks.ts";
import { type KeptChild, keepRunning } from "./keep-running.ts";
import { type WorkloadPool, workloadPool } from "./workload-pool.ts";

/** Generous: a machine of two cores may be doing much else. */
const readyMs = 180_000;
export type ClusterOptions = {
  folder: SandboxFolder;
  binaries: Binaries;
  files: ClusterFiles;
  ports: Ports;
  secrets: Secrets;
  progress: Progress;
  say: Progress;
  signal: AbortSignal;
};
export type RunningCluster = {
  admin: KubeClient;
  player: KubeClient;
  pool: WorkloadPool;
  ca: string;
  server: string;
  stop: () => Promise<void>;
};

/** Starts etcd, the management API server, the Cluster API manager, CAPA's webhooks and the first workload API servers, and loads what belongs in them. */
export async function startCluster(options: ClusterOptions): Promise<RunningCluster> {
  const { folder, binaries, ports, secrets, signal } = options;
  writeCertificates(folder, binaries);
  const ca = readFileSync(folder.pki("ca.crt"), "utf8");
  const server = `https://127.0.0.1:${ports.apiServer}`;
  const client = (token: string, manager: string) => kubeClient({ server, ca, token, manager, timeoutMs: 60_000 });
  const admin = client(secrets.adminToken, "trellis-sandbox");
  const player = client(secrets.playerToken, "capa");
  writeKubeconfigs(folder, server, ca, secrets);
  const pool = workloadPool({ folder, binaries, ports, secrets });
  const kept: KeptChild[] = [];
  const keep = (start: () => RunningChild) => {
    const child = keepRunning(start, options.say);
    kept.unshift(child);
    return child;
  };
  const stop = async () => {
    for (const child of kept) child.release();
    await Promise.race([removeParameterPolicy(admin), sleep(1_500)]);
    // Newest first; etcd, the first that was started, goes when nobody writes any more.
    const [etcd, ...others] = kept.toReversed();
    await Promise.all([pool.stop(2_000), ...others.map((child) => child.stop(2_000))]);
    await etcd?.stop(2_000);
    await Promise.all([admin.close(), player.close()]);
  };
  try {
    const api = await startControlPlane(options, keep, server);
    if (await hasParameterPolicy(admin)) await startAgain(options, api, admin);
    await loadDefinitions(options, admin);
    const first = pool.startFirst();
    await startControllers(options, keep, { admin, ca });
    await installDeploy(admin);
    await untilPolicyIsEvaluated(admin, signal);
    options.progress("waiting for the workload API servers");
    await first;
    signal.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  return { admin, player, pool, ca, server, stop };
}

type Keep = (start: () => RunningChild) => KeptChild;

async function startControlPlane(
  { folder, binaries, ports, progress, signal }: ClusterOptions,
  keep: Keep,
  server: string,
): Promise<KeptChild> {
  progress("starting etcd");
  const etcd = keep(() => startEtcd(folder, binaries, ports));
  await waitUntilOk(folder, `http://127.0.0.1:${ports.etcdClient}/readyz`, etcd.current(), readyMs, signal);
  progress("starting the management API server");
  const api = keep(() =>
    startApiServer(folder, binaries, { name: "management", port: ports.apiServer, etcdPort: ports.etcdClient, prefix: "/management" }),
  );
  await waitUntilOk(folder, `${server}/readyz`, api.current(), readyMs, signal);
  return api;
}

/** After an unclean end: without the policy, and with an API server that never looked for its parameters. */
async function startAgain({ folder, ports, progress, signal }: ClusterOptions, api: KeptChild, admin: KubeClient): Promise<void> {
  progress("starting the management API server once more after an unclean end");
  await removeParameterPolicy(admin);
  await api.restart();
  await waitUntilOk(folder, `https://127.0.0.1:${ports.apiServer}/readyz`, api.current(), readyMs, signal);
}

async function loadDefinitions({ folder, files, progress, signal }: ClusterOptions, admin: KubeClient): Promise<void> {
  progress(`loading ${files.definitions.length} custom resource definitions`);
  await installDefinitions(admin, folder, files.definitions);
  signal.throwIfAborted();
}

async function startControllers(
  { folder, binaries, files, ports, progress, signal }: ClusterOptions,
  keep: Keep,
  cluster: { admin: KubeClient; ca: string },
): Promise<void> {
  progress("starting the Cluster API manager and CAPA's admission webhooks");
  const manager = keep(() => startManager(folder, binaries, ports));
  const hooks = keep(() => startCapaHooks(folder, binaries, ports));
  await waitUntilOk(folder, `http://127.0.0.1:${ports.capiHealth}/readyz`, manager.current(), readyMs, signal);
  await waitUntilOk(folder, `http://127.0.0.1:${ports.capaHealth}/readyz`, hooks.current(), readyMs, signal);
  await installWebhooks(cluster.admin, files.managerWebhooks, { prefix: "capi", port: ports.capiWebhook, ca: cluster.ca });
  await installWebhooks(cluster.admin, files.capaWebhooks, { prefix: "capa", port: ports.capaWebhook, ca: cluster.ca });
}

function startManager(folder: SandboxFolder, binaries: Binaries, ports: Ports): RunningChild {
  return startChild(folder, {
    name: "capi-manager",
    launcher: binaries.launcher,
    program: binaries.manager,
    args: [
      `--kubeconfig=${folder.at("capi-manager.kubeconfig")}`,
      "--leader-elect=false",
      `--webhook-port=${ports.capiWebhook}`,
      `--webhook-cert-dir=${folder.pki("webhook")}`,
      `--health-addr=127.0.0.1:${ports.capiHealth}`,
      "--diagnostics-address=0",
      "--insecure-diagnostics=true",
      "--skip-crd-migration-phases=StorageVersionMigration,CleanupManagedFields",
      "--remote-connection-grace-period=50s",
      "--v=0",
    ],
    env: { GOGC: "50" },
  });
}

function startCapaHooks(folder: SandboxFolder, binaries: Binaries, ports: Ports): RunningChild {
  return startChild(folder, {
    name: "capa-hooks",
    launcher: binaries.launcher,
    program: binaries.capaHooks,
    args: [
      "--host=127.0.0.1",
      `--webhook-port=${ports.capaWebhook}`,
      `--webhook-cert-dir=${folder.pki("webhook")}`,
      `--health-addr=127.0.0.1:${ports.capaHealth}`,
    ],
  });
}

function writeCertificates(folder: SandboxFolder, binaries: Binaries): void {
  execFileSync(binaries.launcher, ["pki", "--dir", folder.at("pki")], { stdio: ["ignore", "ignore", "inherit"] });
  mkdirSync(folder.pki("webhook"), { recursive: true, mode: 0o700 });
  copyFileSync(folder.pki("server.crt"), folder.at("pki", "webhook", "tls.crt"));
  copyFileSync(folder.pki("server.key"), folder.at("pki", "webhook", "tls.key"));
}

function writeKubeconfigs(folder: SandboxFolder, server: string, ca: string, secrets: Secrets): void {
  const text = (user: string, token: string) => kubeconfigText({ name: "management", server, ca, user, token });
  writePrivate(folder.adminKubeconfig, text("sandbox-admin", secrets.adminToken));
  writePrivate(folder.at("capi-manager.kubeconfig"), text("capi-manager", secrets.managerToken));
  writePrivate(folder.portalKubeconfig, text("trellis", secrets.portalToken));
}
