import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { startApiServer, waitUntilOk } from "../../../cluster/api-server.ts";
import { buildBinaries } from "../../../cluster/build-binaries.ts";
import { clusterFiles } from "../../../cluster/custom-resource-definitions.ts";
import { type KubeClient, kubeClient } from "../../../kube/kube-client.ts";
import { freePorts, keptPorts } from "../../../state/ports.ts";
import { type SandboxFolder } from "../../../state/sandbox-folder.ts";
import { keptSecrets } from "../../../state/secrets.ts";
import { installTenantDefinitions } from "../../workloads/install-tenant-definitions.ts";

const readyMs = 120_000;
export type BareApiServer = { client: (manager: string) => KubeClient; stop: () => Promise<void> };

/** An API server with the definitions of the gateway controller and nothing else, on the sandbox's etcd: a cluster in which nobody plays yet. */
export async function startBareApiServer(folder: SandboxFolder, purpose: string): Promise<BareApiServer> {
  const binaries = await buildBinaries({ progress: () => undefined, signal: AbortSignal.timeout(readyMs) });
  const name = `${purpose}-${randomBytes(3).toString("hex")}`;
  const ports = await keptPorts(folder);
  const [port = 0] = await freePorts(1);
  const child = startApiServer(folder, binaries, { name, port, etcdPort: ports.etcdClient, prefix: `/${name}` });
  const server = `https://127.0.0.1:${port}`;
  await waitUntilOk(folder, `${server}/readyz`, child, readyMs);
  const ca = readFileSync(folder.pki("ca.crt"), "utf8");
  const token = keptSecrets(folder).adminToken;
  const opened: KubeClient[] = [];
  const client = (manager: string) => {
    const fresh = kubeClient({ server, ca, token, manager, timeoutMs: 60_000 });
    opened.push(fresh);
    return fresh;
  };
  await installTenantDefinitions(client("setup"), (await clusterFiles()).definitions);
  return {
    client,
    stop: async () => {
      await Promise.all(opened.map((one) => one.close()));
      await child.stop(3_000);
    },
  };
}
