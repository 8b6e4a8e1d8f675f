import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";

export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Every path of one sandbox. `TRELLIS_SANDBOX_DIR` moves the whole folder, so several sandboxes live side by side. */
export function sandboxFolder(root: string = process.env.TRELLIS_SANDBOX_DIR ?? join(projectRoot, ".sandbox")) {
  const at = (...parts: string[]) => join(resolve(root), ...parts);
  return {
    root: resolve(root),
    at,
    ports: at("ports.json"),
    supervisor: at("supervisor.json"),
    supervisorLog: at("logs", "supervisor.log"),
    faults: at("faults.json"),
    secrets: at("secrets.json"),
    personaTokens: at("tokens.json"),
    serverTokens: at("pki", "tokens.csv"),
    adminKubeconfig: at("admin.kubeconfig"),
    portalKubeconfig: at("portal", "kubeconfig"),
    portalEnv: at("portal", "env.json"),
    bootstrap: at("portal", "bootstrap.yaml"),
    auditKeys: at("portal", "audit-keys.json"),
    eksClusters: at("eks", "clusters.json"),
    workloadPool: at("eks", "pool.json"),
    pki: (name: string) => at("pki", name),
    log: (name: string) => at("logs", `${name}.log`),
    pid: (name: string) => at("pids", `${name}.json`),
    bin: (name: string) => at("bin", name),
  };
}
export type SandboxFolder = ReturnType<typeof sandboxFolder>;

/** Writes a file nobody else may read, whole or not at all. */
export function writePrivate(file: string, content: string, mode = 0o600): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.new`;
  writeFileSync(temporary, content, { mode });
  chmodSync(temporary, mode);
  renameSync(temporary, file);
}

export function writePrivateJson(file: string, value: unknown): void {
  writePrivate(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Reads and parses a JSON file of ours; null when it is missing or not what the schema wants. */
export function findJson<T>(file: string, schema: z.ZodType<T>): T | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
