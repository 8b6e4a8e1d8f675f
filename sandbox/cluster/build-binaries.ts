import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../state/sandbox-folder.ts";
import { withLock } from "./lock-file.ts";

export type Progress = (line: string) => void;
export type Binaries = {
  launcher: string;
  etcd: string[];
  apiServer: string[];
  manager: string;
  kubectl: string;
  capaHooks: string;
  cache: string;
};

const kubernetesVersion = "v1.36.3";
const stamp = [
  "-s",
  "-w",
  "-X",
  `k8s.io/component-base/version.gitVersion=${kubernetesVersion}`,
  "-X",
  "k8s.io/component-base/version.gitMajor=1",
  "-X",
  "k8s.io/component-base/version.gitMinor=36",
].join(" ");
const controlPlane = join(projectRoot, "sandbox/control-plane");
const capaHooks = join(projectRoot, "sandbox/capa-hooks");

export const goModules = { controlPlane, capaHooks };

type Target = { name: string; module: string; package: string; ldflags: string; says: string };
const targets: Target[] = [
  { name: "launcher", module: controlPlane, package: "./launcher", ldflags: "-s -w", says: "the launcher" },
  {
    name: "sandbox-control-plane",
    module: controlPlane,
    package: ".",
    ldflags: stamp,
    says: "kube-apiserver and etcd (3 to 7 minutes the first time)",
  },
  {
    name: "capi-manager",
    module: controlPlane,
    package: "sigs.k8s.io/cluster-api/core",
    ldflags: "-s -w",
    says: "the Cluster API manager",
  },
  { name: "kubectl", module: controlPlane, package: "k8s.io/kubernetes/cmd/kubectl", ldflags: stamp, says: "kubectl" },
  {
    name: "capa-hooks",
    module: capaHooks,
    package: ".",
    ldflags: "-s -w",
    says: "CAPA's admission webhooks (2 to 6 minutes the first time)",
  },
];

/** Where built programs and prepared CRDs are kept: outside the work tree, so that clones share them. */
export function sandboxCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "trellis-sandbox");
}

/**
 * Builds what the sandbox runs, or finds it in the cache (named by a hash of the Go sources and sums). Slow only the first time on a machine.
 * With `KUBEBUILDER_ASSETS` etcd and kube-apiserver come from that folder.
 */
export async function buildBinaries(options: { progress?: Progress; signal?: AbortSignal } = {}): Promise<Binaries> {
  const progress = options.progress ?? (() => undefined);
  const assets = process.env.KUBEBUILDER_ASSETS;
  const cache = sandboxCache();
  const paths = new Map<string, string>();
  for (const target of targets) {
    if (assets && target.name === "sandbox-control-plane") continue;
    paths.set(target.name, await built(target, cache, progress, options.signal));
  }
  const path = (name: string) => paths.get(name) ?? "";
  const both = path("sandbox-control-plane");
  return {
    launcher: path("launcher"),
    etcd: assets ? [join(assets, "etcd")] : [both, "etcd"],
    apiServer: assets ? [join(assets, "kube-apiserver")] : [both, "kube-apiserver"],
    manager: path("capi-manager"),
    kubectl: path("kubectl"),
    capaHooks: path("capa-hooks"),
    cache,
  };
}

async function built(target: Target, cache: string, progress: Progress, signal?: AbortSignal): Promise<string> {
  const folder = join(cache, sourceHash(target));
  const file = join(folder, target.name);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  await withLock(`${file}.lock`, progress, `another process is building ${target.says}`, async () => {
    if (existsSync(file)) return;
    const temporary = `${file}.${process.pid}.new`;
    rmSync(temporary, { force: true });
    await go(
      ["build", "-trimpath", "-buildvcs=false", "-ldflags", target.ldflags, "-o", temporary, target.package],
      target.module,
      `building ${target.says}`,
      progress,
      signal,
    );
    chmodSync(temporary, 0o755);
    renameSync(temporary, file);
  });
  return file;
}

function sourceHash(target: Target): string {
  const hash = createHash("sha256").update(target.ldflags).update(target.package);
  const sources = ["go.mod", "go.sum", ...goFiles(target.module, target.package)];
  for (const name of sources) hash.update(name).update(readFileSync(join(target.module, name)));
  return hash.digest("hex").slice(0, 16);
}

function goFiles(module: string, name: string): string[] {
  if (!name.startsWith(".")) return [];
  return readdirSync(join(module, name))
    .filter((file) => file.endsWith(".go"))
    .sort()
    .map((file) => join(name, file));
}

/** Runs go and returns what it printed; says every ten seconds that it still works. */
export async function go(args: string[], cwd: string, says: string, progress: Progress, signal?: AbortSignal): Promise<string> {
  const startedAt = Date.now();
  progress(`${says} …`);
  const timer = setInterval(() => progress(`${says}: ${Math.round((Date.now() - startedAt) / 1000)} s so far`), 10_000);
  try {
    return await output("go", args, cwd, signal);
  } finally {
    clearInterval(timer);
  }
}

function output(program: string, args: string[], cwd: string, signal?: AbortSignal): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CGO_ENABLED: "0" },
      ...(signal ? { signal } : {}),
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.once("error", (error: NodeJS.ErrnoException) =>
      failed(
        error.code === "ENOENT"
          ? new Error("Go is missing. The sandbox builds a real API server from source: install Go 1.26 or newer and put `go` on the PATH.")
          : error,
      ),
    );
    child.once("close", (code) => {
      if (code === 0) return done(Buffer.concat(out).toString("utf8"));
      const text = Buffer.concat(err).toString("utf8").trim().split("\n").slice(-15).join("\n");
      failed(new Error(`go ${args.slice(0, 2).join(" ")} failed in ${cwd}:\n${text}`));
    });
  });
}
