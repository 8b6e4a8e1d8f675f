import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "undici";
import type { SandboxFolder } from "../state/sandbox-folder.ts";
import type { Binaries } from "./build-binaries.ts";
import { type RunningChild, startChild } from "./child-process.ts";

/** One etcd for all API servers of the sandbox. Its data outlive restarts; fsync is off because nobody's data depend on it. */
export function startEtcd(folder: SandboxFolder, binaries: Binaries, ports: { etcdClient: number; etcdPeer: number }): RunningChild {
  const client = `http://127.0.0.1:${ports.etcdClient}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  const [program = "", ...first] = binaries.etcd;
  return startChild(folder, {
    name: "etcd",
    launcher: binaries.launcher,
    program,
    args: [
      ...first,
      "--name=sandbox",
      `--data-dir=${folder.at("etcd")}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=sandbox=${peer}`,
      "--unsafe-no-fsync",
      "--auto-compaction-mode=periodic",
      "--auto-compaction-retention=15m",
      "--quota-backend-bytes=4294967296",
      "--log-level=error",
    ],
    env: { GOGC: "50" },
  });
}

/** One kube-apiserver. Several share etcd by prefix; each prefix is a cluster of its own. */
export function startApiServer(
  folder: SandboxFolder,
  binaries: Binaries,
  options: { name: string; port: number; etcdPort: number; prefix: string },
): RunningChild {
  const [program = "", ...first] = binaries.apiServer;
  return startChild(folder, {
    name: options.name,
    launcher: binaries.launcher,
    program,
    args: [
      ...first,
      `--etcd-servers=http://127.0.0.1:${options.etcdPort}`,
      `--etcd-prefix=${options.prefix}`,
      "--bind-address=127.0.0.1",
      "--advertise-address=127.0.0.1",
      `--secure-port=${options.port}`,
      `--tls-cert-file=${folder.pki("server.crt")}`,
      `--tls-private-key-file=${folder.pki("server.key")}`,
      `--client-ca-file=${folder.pki("ca.crt")}`,
      `--token-auth-file=${folder.serverTokens}`,
      "--authorization-mode=RBAC",
      `--service-account-issuer=https://kubernetes.default.svc/${options.prefix.replaceAll("/", "")}`,
      "--api-audiences=https://kubernetes.default.svc",
      `--service-account-key-file=${folder.pki("service-account.key")}`,
      `--service-account-signing-key-file=${folder.pki("service-account.key")}`,
      "--service-cluster-ip-range=10.0.0.0/16",
      "--disable-admission-plugins=ServiceAccount",
      "--endpoint-reconciler-type=none",
      "--enable-aggregator-routing=false",
      "--profiling=false",
      "--v=0",
    ],
    env: { GOGC: "50" },
  });
}

/** Waits until `url` answers 200, the child dies, or the time is over. */
export async function waitUntilOk(
  folder: SandboxFolder,
  url: string,
  child: RunningChild,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const agent = url.startsWith("https:") ? new Agent({ connect: { ca: readFileSync(folder.pki("ca.crt"), "utf8") } }) : new Agent();
  const until = Date.now() + timeoutMs;
  try {
    while (Date.now() < until) {
      signal?.throwIfAborted();
      if (child.hasExited()) throw new Error(`${child.name} ended while starting; see ${folder.log(child.name)}`);
      if (await answersOk(url, agent)) return;
      await sleep(50);
    }
  } finally {
    await agent.destroy();
  }
  throw new Error(`${child.name} did not become ready within ${timeoutMs / 1000} s; see ${folder.log(child.name)}`);
}

async function answersOk(url: string, dispatcher: Agent): Promise<boolean> {
  try {
    const response = await request(url, { dispatcher, signal: AbortSignal.timeout(2_000) });
    await response.body.dump();
    return response.statusCode === 200;
  } catch {
    return false;
  }
}
