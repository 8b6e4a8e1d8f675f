import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../domain/portal-error.ts";
import { MESSAGES } from "./translate.ts";

const root = path.resolve(import.meta.dirname, "../..");
const files = globSync("lib/**/*.ts", { cwd: root }).filter(
  (file) => !/\.test\.ts$|\/(generated|testing)\/|\/(contract|fake[\w-]*|testing)\.ts$/.test(file),
);

/** Keys that stand in the code as literals: of failures, of refused fields, of sentences in views. */
function keysIn(file: string): string[] {
  const source = readFileSync(path.join(root, file), "utf8");
  const found = (pattern: RegExp, prefix: string) => [...source.matchAll(pattern)].map((match) => `${prefix}${match[1] ?? ""}`);
  return [
    ...found(/new PortalError\(\s*"[A-Z_]+",\s*"([\w.-]+)"/g, "errors."),
    ...found(/\bkey: "([a-zA-Z][\w-]*(?:\.[\w-]+)+)"/g, "errors."),
    ...found(/\bmessage\(\s*"([\w.-]+)"/g, ""),
    ...found(/\bmessageKey: "([\w-]+\.[\w.-]+)"/g, ""),
  ];
}

function textAt(messages: unknown, key: string): unknown {
  return key
    .split(".")
    .reduce<unknown>(
      (branch, name) =>
        typeof branch === "object" && branch !== null ? Object.entries(branch).find(([member]) => member === name)?.[1] : undefined,
      messages,
    );
}

describe("message keys", () => {
  const keys = new Map(files.flatMap((file) => keysIn(file).map((key) => [key, file] as const)));

  it("finds the keys of the code", () => expect(keys.size).toBeGreaterThan(50));

  it.each(["en", "ja"] as const)("has a text for every key of the code in %s", (locale) => {
    const missing = [...keys].filter(([key]) => typeof textAt(MESSAGES[locale], key) !== "string").map(([key, file]) => `${key} (${file})`);
    expect(missing).toEqual([]);
  });

  it.each(["en", "ja"] as const)("has a title for every error code in %s", (locale) => {
    expect(ERROR_CODES.filter((code) => typeof textAt(MESSAGES[locale], `problems.${code}`) !== "string")).toEqual([]);
  });
});
