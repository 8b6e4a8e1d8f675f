// npm run check: format, lint, types, boundaries, dead code, docs, lock, unit tests. Under a minute; run it often.
import { runParts } from "./parts.ts";

// Lint and types both read what this writes; side by side with it they would read a clone without it.
const hasRouteTypes = await runParts([{ name: "route types", command: ["next", "typegen"] }]);
const ok = await runParts([
  { name: "lint", command: ["eslint", "--cache", "--cache-location", "node_modules/.cache/eslint/", "--max-warnings", "0", "."] },
  { name: "generated files", command: ["node", "scripts/generate.ts", "--check"] },
  { name: "lock", command: ["node", "scripts/check-lock.mjs"] },
  { name: "docs", command: ["node", "scripts/check-docs.mjs"] },
  { name: "format", command: ["biome", "ci", "--error-on-warnings", "."] },
  { name: "types", command: ["tsc", "--noEmit"] },
  {
    name: "boundaries",
    command: ["depcruise", "--config", ".dependency-cruiser.cjs", "--output-type", "err", "lib", "components", "app", "sandbox", "scripts"],
  },
  { name: "dead code", command: ["knip"] },
  { name: "unit tests", command: ["vitest", "run", "--project", "unit"], counts: true },
]);
process.exit(hasRouteTypes && ok ? 0 : 1);
