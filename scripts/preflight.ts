import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";

const PACKAGES = { chromium: "chromium", fonts: "fonts-noto-cjk", postgresql: "postgresql" } as const;

/** What this machine lacks, one plain sentence each; empty when everything is there. */
export type Missing = readonly string[];

/** As root the system packages are installed later, so only what cannot be installed is missing. */
export function missingForVerify(): Missing {
  if (isRoot() && hasApt()) return [];
  const missing: string[] = [];
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

/** What scripts/missing-tools.mjs cannot know: whether the port is free. */
export function missingForDemo(port: number): Promise<Missing> {
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
