// npm run build: `next build` when the sources changed since the last one. `--force` builds anyway.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const distDir = process.env.NEXT_DIST_DIR ?? ".next";
const stampPath = `${distDir}/trellis-sources`;
const SOURCES = [
  "app",
  "components",
  "lib",
  "messages",
  "prisma",
  "public",
  "package-lock.json",
  "next.config.js",
  "proxy.ts",
  "instrumentation.ts",
  "tsconfig.json",
  "postcss.config.mjs",
];

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

function digestOfSources(): string {
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...SOURCES], {
    encoding: "utf8",
  }).stdout.split("\n");
  const hash = createHash("sha256");
  for (const file of listed.filter((name) => name !== "" && !/\.test\.tsx?$/.test(name) && existsSync(name)).sort())
    hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

run("node", ["scripts/generate.ts"]);
run("prisma", ["generate"]);
const digest = digestOfSources();
if (!process.argv.includes("--force") && existsSync(stampPath) && readFileSync(stampPath, "utf8") === digest) {
  console.log("the portal's build is current");
} else {
  run("next", ["build"]);
  writeFileSync(stampPath, digest);
}
