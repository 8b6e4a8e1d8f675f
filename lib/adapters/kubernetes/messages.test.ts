import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { z } from "zod";

type Tree = { readonly [name: string]: string | Tree };
const Tree: z.ZodType<Tree> = z.lazy(() => z.record(z.string(), z.union([z.string(), Tree])));

function keysOf(tree: Tree, prefix = ""): readonly string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "string" ? [`${prefix}${name}`] : keysOf(value, `${prefix}${name}.`),
  );
}

function thrownKeys(): readonly string[] {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const keys = sources.flatMap((name) =>
    [...readFileSync(`${folder}${name}`, "utf8").matchAll(/"(kubernetes\.[a-zA-Z.]+)"/g)].map((match) => `errors.${match[1]}`),
  );
  return [...new Set(keys)].sort();
}

it.each(["en", "ja"])("has a sentence for every error of this adapter, and none too many, in %s", (language) => {
  const text = readFileSync(fileURLToPath(new URL(`../../../messages/src/kubernetes.${language}.json`, import.meta.url)), "utf8");
  expect([...keysOf(Tree.parse(JSON.parse(text)))].sort()).toEqual(thrownKeys());
});
