// npm run generate: messages/{en,ja}.json from messages/src, docs/permissions.md from the permission table and the verbs. `--check` writes nothing and fails when one is stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compareLanguages, type Fragment, flatten, nest } from "./merge-messages.ts";

const root = path.resolve(import.meta.dirname, "..");
const source = path.join(root, "messages/src");

function fragmentsOf(locale: string): Fragment[] {
  const files = readdirSync(source).filter((file) => file.endsWith(`.${locale}.json`));
  return files
    .sort()
    .map((file) => ({ file: `messages/src/${file}`, tree: JSON.parse(readFileSync(path.join(source, file), "utf8")) as unknown }));
}

function readMessages(): { problems: string[]; outputs: [string, string][] } {
  const problems: string[] = [];
  const [en, ja] = [flatten(fragmentsOf("en"), problems), flatten(fragmentsOf("ja"), problems)];
  problems.push(...compareLanguages(en, ja));
  const text = (leaves: typeof en) => `${JSON.stringify(nest(leaves), null, 2)}\n`;
  return {
    problems,
    outputs: [
      ["messages/en.json", text(en)],
      ["messages/ja.json", text(ja)],
    ],
  };
}

const check = process.argv.includes("--check");
const { problems, outputs } = readMessages();
if (problems.length > 0 && check) fail(problems);
for (const problem of problems.slice(0, 40)) console.error(problem);

write(outputs);
// Loaded only now: on a fresh clone some verbs import the messages that were just written.
const { permissionsDocument } = await import("./permissions-document.ts");
write([["docs/permissions.md", permissionsDocument()]]);
if (problems.length > 0) fail([`${problems.length} problems in messages/src`]);

function write(files: readonly [string, string][]): void {
  const stale = files.filter(([file, text]) => !existsSync(path.join(root, file)) || readFileSync(path.join(root, file), "utf8") !== text);
  if (check && stale.length > 0) fail(stale.map(([file]) => `${file} is stale: run npm run generate`));
  for (const [file, text] of stale) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    console.log(`wrote ${file}`);
  }
}

function fail(sentences: readonly string[]): never {
  for (const sentence of sentences.slice(0, 40)) console.error(sentence);
  if (sentences.length > 40) console.error(`and ${sentences.length - 40} more`);
  process.exit(1);
}
