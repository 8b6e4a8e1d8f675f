import { readFileSync } from "node:fs";
import { isPortalError, type PortalError } from "../lib/domain/portal-error.ts";

/** An error as a sentence for somebody at a terminal: the English message with its values, and what an outside system said. */
export function englishError(error: unknown): string {
  if (isPortalError(error)) return [sentenceOf(error), error.raw].filter((part) => part !== undefined).join(" ");
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

function sentenceOf({ code, key, values }: PortalError): string {
  const [area = ""] = key.split(".");
  const text = find(readArea(area), ["errors", ...key.split(".")]);
  if (typeof text !== "string") return `${code} ${key}`;
  return text.replace(/\{(\w+)[^{}]*\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function readArea(area: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(`../messages/src/${area}.en.json`, import.meta.url), "utf8"));
  } catch {
    return null;
  }
}

function find(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (node, name) => (typeof node === "object" && node !== null && Object.hasOwn(node, name) ? Reflect.get(node, name) : undefined),
    tree,
  );
}
