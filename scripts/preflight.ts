import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statfsSync } from "node:fs";
import { createServer } from "node:net";

const GiB = 1024 ** 3;
const PACKAGES = { chromium: "chromium", fonts: "fonts-noto-cjk", postgresql: "postgresql" } as const;

/** What this machine lacks, one plain sentence each; empty when everything is there. */
export type Missing = readonly string[];

/** Checks everything a start needs before anything is started. */
export async function missingForDemo(port: number): Promise<Missing> {
  return [...missingGo(), ...missingDisk(5), ...(await portTaken(port))];
}

/** As root the system packages are installed later, so only what cannot be installed is missing. */
export function missingForVerify(): Missing {
  const missing = [...missingGo(), ...missingDisk(6)];
  if (isRoot() && hasApt()) return missing;
  if (chromiumPath() === null)
    missing.push("No Chromium was found and this user may not install one: install the package chromium, or set PLAYWRIGHT_CHROMIUM_PATH.");
  if (postgresBin() === null)
    missing.push("No PostgreSQL 15 or newer was found and this user may not install one: install the package postgresql.");
  return missing;
}

/** As root: installs Chromium, fonts and PostgreSQL with the system's packages when they are not there. */
export function installSystemPackages(): void {
  const wanted = [
    ...(chromiumPath() === null ? [PACKAGES.chromium] : []),
    ...(postgresBin() === null ? [PACKAGES.postgresql] : []),
    ...(hasJapaneseFont() ? [] : [PACKAGES.fonts]),
  ];
  if (wanted.length === 0 || !isRoot() || !hasApt()) return;
  console.log(`installing ${wanted.join(", ")} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-q"],
    ["install", "-y", "-q", "--no-install-recommends", ...wanted],
  ]) {
    const done = spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
    if (done.status !== 0) throw new Error(`apt-get ${args.join(" ")} failed with ${String(done.status)}`);
  }
}

export function chromiumPath(): string | null {
  const candidates = [process.env.PLAYWRIGHT_CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** The folder with `initdb` and `postgres` of version 15 or newer. */
export function postgresBin(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian)
    ? readdirSync(debian)
        .map(Number)
        .filter((version) => version >= 15)
    : [];
  const newest = versions
    .sort((a, b) => b - a)
    .map((version) => `${debian}/${version}/bin`)
    .find((bin) => existsSync(`${bin}/postgres`));
  return newest ?? null;
}

function missingGo(): string[] {
  const go = spawnSync("go", ["env", "GOVERSION"], { encoding: "utf8" });
  if (go.status !== 0)
    return ["Go is missing: the sandbox builds a real Kubernetes API server. Install Go 1.26 or newer and put it on PATH."];
  const [, major = "0", minor = "0"] = /go(\d+)\.(\d+)/.exec(go.stdout) ?? [];
  if (Number(major) > 1 || Number(minor) >= 26) return [];
  return [`Go ${major}.${minor} is too old: the sandbox needs Go 1.26 or newer.`];
}

function missingDisk(neededGiB: number): string[] {
  const { bavail, bsize } = statfsSync(".");
  const freeGiB = (bavail * bsize) / GiB;
  return freeGiB >= neededGiB ? [] : [`Only ${freeGiB.toFixed(1)} GiB are free here; ${neededGiB} GiB are needed.`];
}

function portTaken(port: number): Promise<string[]> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve([`Port ${port} is taken. Choose another one: npm run demo -- --port ${port + 1}`]));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve([])));
  });
}

const isRoot = () => process.getuid?.() === 0;
const hasApt = () => existsSync("/usr/bin/apt-get");

function hasJapaneseFont(): boolean {
  const listed = spawnSync("fc-list", [":lang=ja", "family"], { encoding: "utf8" });
  return listed.status === 0 && listed.stdout.trim() !== "";
}
