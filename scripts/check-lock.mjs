// Fails when package-lock.json lacks a platform's binary: such a lock installs here and breaks `npm ci` elsewhere.
import { readFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const present = new Set(Object.keys(packages).map((name) => name.split("node_modules/").pop()));
const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
const missing = [...new Set(wanted.filter((name) => !present.has(name)))];
if (missing.length > 0) {
  console.error(`package-lock.json lacks optional packages: ${missing.join(", ")}`);
  process.exit(1);
}
// Addresses of a registry in the lock would bind every machine to it.
const bound = Object.entries(packages).filter(([, entry]) => entry.resolved?.startsWith("http"));
if (bound.length > 0) {
  console.error(`package-lock.json holds registry addresses (for example ${bound[0][0]}); install with the repository's .npmrc.`);
  process.exit(1);
}
