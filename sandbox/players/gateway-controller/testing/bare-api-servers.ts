import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApiServer, startEtcd, waitUntilOk } from "../../../cluster/api-server.ts";
import { buildBinaries } from "../../../cluster/build-binaries.ts";
import { type RunningChild } from "../../../cluster/child-process.ts";
import { clusterFiles } from "../../../cluster/custom-resource-definitions.ts";
import { type KubeClient, kubeClient } from "../../../kube/kube-client.ts";
import { keptPorts } from "../../../state/ports.ts";
import { sandboxFolder } from "../../../state/sandbox-folder.ts";
import { keptSecrets } from "../../../state/secrets.ts";
import { installTenantDefinitions } from "../../workloads/install-tenant-definitions.ts";

const readyMs = 150_000;
const stopMs = 3_000;
export type BareApiServer = { client: (manager: string) => KubeClient };

/**
 * API servers with the definitions of the gateway controller and nothing else, in a folder of their own: clusters in which nobody plays yet. Those
 * of the sandbox have controllers at work.
 */
export async function startBareApiServers(count: number): Promise<{ folder: string; servers: BareApiServer[]; stop: () => Promise<void> }> {
  const folder = sandboxFolder(mkdtempSync(join(tmpdir(), "trellis-routes-")));
  const binaries = await buildBinaries({ progress: () => undefined, signal: AbortSignal.timeout(readyMs) });
  const ports = await keptPorts(folder);
  const { adminToken } = keptSecrets(folder);
  mkdirSync(folder.at("pki"), { recursive: true, mode: 0o700 });
  execFileSync(binaries.launcher, ["pki", "--dir", folder.at("pki")], { stdio: ["ignore", "ignore", "inherit"] });
  const ca = readFileSync(folder.pki("ca.crt"), "utf8");
  const children: RunningChild[] = [];
  const opened: KubeClient[] = [];

  async function startServer(at: number): Promise<BareApiServer> {
    const port = ports.workload[at] ?? 0;
    const child = startApiServer(folder, binaries, { name: `bare-${at}`, port, etcdPort: ports.etcdClient, prefix: `/bare-${at}` });
    children.push(child);
    const server = `https://127.0.0.1:${port}`;
    await waitUntilOk(folder, `${server}/readyz`, child, readyMs);
    const client = (manager: string) => {
      const fresh = kubeClient({ server, ca, token: adminToken, manager, timeoutMs: 60_000 });
      opened.push(fresh);
      return fresh;
    };
    await installTenantDefinitions(client("setup"), (await clusterFiles()).definitions);
    return { client };
  }
  const stop = async () => {
    await Promise.all(opened.map((one) => one.close()));
    for (const child of children.toReversed()) await child.stop(stopMs);
    rmSync(folder.root, { recursive: true, force: true });
  };
  try {
    const etcd = startEtcd(folder, binaries, ports);
    children.push(etcd);
    await waitUntilOk(folder, `http://127.0.0.1:${ports.etcdClient}/readyz`, etcd, readyMs);
    const servers = await Promise.all(Array.from({ length: count }, (_, at) => startServer(at)));
    return { folder: folder.root, servers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
