// Fails when a document cites a path of this repository that is gone, or writes a version number of a dependency in prose.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const documents = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { encoding: "utf8" })
  .split("\n")
  .filter(Boolean);
const roots = [
  "app/",
  "components/",
  "deploy/",
  "docs/",
  "e2e/",
  "lib/",
  "messages/",
  "prisma/",
  "public/",
  "sandbox/",
  "scripts/",
  "test/",
  "toolchain/",
  ".ci/",
];
const problems = [];

for (const document of documents) {
  if (!existsSync(document)) continue;
  const text = readFileSync(document, "utf8");
  const cited = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1]).filter((word) => roots.some((root) => word.startsWith(root)));
  const linked = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map((match) => match[1])
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => path.join(path.dirname(document), target));
  for (const target of [...cited, ...linked]) {
    const plain = target.replace(/[,.;:]$/, "").replace(/:\d+$/, "");
    if (/[*<>{}…[\]]/.test(plain)) continue;
    if (!existsSync(plain)) problems.push(`${document}: ${target} does not exist`);
  }
}
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
