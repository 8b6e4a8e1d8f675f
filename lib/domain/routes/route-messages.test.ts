import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { valueAt } from "../../manifests/safe-read.ts";

const FOLDERS = [new URL(".", import.meta.url), new URL("../../manifests/routes/", import.meta.url)].map((url) => fileURLToPath(url));
const SOURCES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(`${folder}${name}`, "utf8")),
);

function found(pattern: RegExp, prefix: string): readonly string[] {
  return SOURCES.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => `${prefix}${name}`));
}

/** Keys whose last part is written in the source alone: rules of fields, warnings of rules and of policies. */
const KEYS = [
  ...found(/\bproblem\(\s*(?:`[^`]*`|"[^"]*"|path|field|at),\s*"([A-Za-z]+)"/g, "errors.routes.field."),
  ...found(/\brefused\("([A-Za-z]+)"/g, "errors.routes.field."),
  ...found(/\bPortalError\("[A-Z]+", "(routes\.[A-Za-z.]+)"/g, "errors."),
  ...found(/\bmessage\(\s*"(routes\.[A-Za-z.]+)"/g, ""),
  ...found(/\bwarning\([^,]+, "([A-Za-z]+)"/g, "routes.warning."),
  ...found(/\bwarn\("([A-Za-z]+)"/g, "routes.policy.warning."),
];

it.each(["en", "ja"])("has a sentence for every refusal and warning of a route in %s", (language) => {
  const messages: unknown = JSON.parse(readFileSync(new URL(`../../../messages/src/routes.${language}.json`, import.meta.url), "utf8"));
  expect(new Set(KEYS).size).toBeGreaterThan(80);
  expect([...new Set(KEYS)].filter((key) => typeof valueAt(messages, ...key.split(".")) !== "string")).toEqual([]);
});
