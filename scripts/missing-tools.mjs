// What a bare machine lacks before anything can be installed. Dependency-free: scripts/run.mjs asks it under any Node.
import { spawnSync } from "node:child_process";
import { statfsSync } from "node:fs";

const GiB = 1024 ** 3;
const NEEDED_GIB = 6;

/** One plain sentence for each thing that is missing; empty when everything is there. @returns {string[]} */
export function missingTools() {
  return [...missingGo(), ...missingDisk()];
}

function missingGo() {
  const go = spawnSync("go", ["env", "GOVERSION"], { encoding: "utf8" });
  if (go.status !== 0)
    return ["Go is missing: the sandbox builds a real Kubernetes API server. Install Go 1.26 or newer and put it on PATH."];
  const [, major = "0", minor = "0"] = /go(\d+)\.(\d+)/.exec(go.stdout) ?? [];
  if (Number(major) > 1 || Number(minor) >= 26) return [];
  return [`Go ${major}.${minor} is too old: the sandbox needs Go 1.26 or newer.`];
}

function missingDisk() {
  const { bavail, bsize } = statfsSync(".");
  const freeGiB = (bavail * bsize) / GiB;
  return freeGiB >= NEEDED_GIB ? [] : [`Only ${freeGiB.toFixed(1)} GiB are free here; ${NEEDED_GIB} GiB are needed.`];
}
