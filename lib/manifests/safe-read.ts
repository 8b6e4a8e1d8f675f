import { isObject } from "./json-shape.ts";

/** Readers for objects that anybody may have written: a wrong shape reads as absent, and nothing grows without bound. */
const MAX_TEXT = 2_000;
const MAX_ITEMS = 500;

export function recordAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  const found = valueAt(value, ...path);
  return isObject(found) ? found : {};
}

export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isObject(current) || !Object.hasOwn(current, name)) return undefined;
    current = current[name];
  }
  return current;
}

export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = valueAt(value, ...path);
  return typeof found === "string" && found !== "" ? found.slice(0, MAX_TEXT).toWellFormed() : null;
}

/** A whole number that is not negative. */
export function countAt(value: unknown, ...path: readonly string[]): number | null {
  const found = valueAt(value, ...path);
  return typeof found === "number" && Number.isSafeInteger(found) && found >= 0 ? found : null;
}

export function flagAt(value: unknown, ...path: readonly string[]): boolean {
  return valueAt(value, ...path) === true;
}

/** An RFC 3339 time as metav1.Time writes it. */
export function dateAt(value: unknown, ...path: readonly string[]): Date | null {
  const text = textAt(value, ...path);
  if (text === null || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found.slice(0, MAX_ITEMS) : [];
}

export function textsAt(value: unknown, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).flatMap((item) => (typeof item === "string" ? [item.slice(0, MAX_TEXT).toWellFormed()] : []));
}

/** Labels or annotations. */
export function textMapAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  const entries = Object.entries(recordAt(value, ...path)).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    entries.flatMap(([name, item]): [string, string][] =>
      typeof item === "string" ? [[name, item.slice(0, MAX_TEXT).toWellFormed()]] : [],
    ),
  );
}
