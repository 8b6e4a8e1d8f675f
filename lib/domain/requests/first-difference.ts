import type { JsonObject, JsonValue } from "../json.ts";

/** Dotted path of the first member in which two JSON values differ ("spec.addons.0.version"), in sorted order; null when they are equal. */
export function firstDifference(one: JsonValue | undefined, other: JsonValue | undefined, path = ""): string | null {
  if (one === other) return null;
  if (isContainer(one) && isContainer(other) && Array.isArray(one) === Array.isArray(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
    for (const name of names) {
      const found = firstDifference(member(one, name), member(other, name), path === "" ? name : `${path}.${name}`);
      if (found !== null) return found;
    }
    return null;
  }
  return path;
}

function isContainer(value: JsonValue | undefined): value is JsonObject | readonly JsonValue[] {
  return typeof value === "object" && value !== null;
}

function member(container: JsonObject | readonly JsonValue[], name: string): JsonValue | undefined {
  return Object.entries(container).find(([key]) => key === name)?.[1];
}
