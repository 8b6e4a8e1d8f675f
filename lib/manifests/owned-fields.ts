import type { JsonObject, JsonValue } from "../domain/json.ts";
import type { KubeObject } from "../domain/requests/plan.ts";
import { equalJson, isJsonObject, isObject, toJson, toJsonObject } from "./json-shape.ts";
import { TRELLIS } from "./keys.ts";

/**
 * What field manager `trellis` applied, cut out of the live object by `metadata.managedFields` (Kubernetes docs, "Server-side apply",
 * FieldsV1): other writers' fields and admission's defaults stay out. Null when the object carries no such entry.
 */
export function ownedFields(object: KubeObject): JsonObject | null {
  const { managedFields } = object.metadata;
  const entries: readonly unknown[] = Array.isArray(managedFields) ? managedFields : [];
  const sets = entries.filter(
    (entry) => isObject(entry) && entry["manager"] === TRELLIS && entry["operation"] === "Apply" && entry["subresource"] === undefined,
  );
  if (sets.length === 0) return null;
  const fields = sets.map((entry) => (isObject(entry) ? toJson(entry["fieldsV1"]) : null));
  const merged = Object.fromEntries(fields.filter(isJsonObject).flatMap((set) => Object.entries(set)));
  return cutObject(toJsonObject(object), merged);
}

/** Members named `f:…` of a set; a set without any stands for the whole value. */
function cut(value: JsonValue, set: JsonObject): JsonValue {
  const inner = Object.keys(set).filter((key) => key !== ".");
  if (inner.length === 0) return value;
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => cutItem(item, set));
  return isJsonObject(value) ? cutObject(value, set) : value;
}

function cutObject(value: JsonObject, set: JsonObject): JsonObject {
  const members = Object.entries(set).flatMap(([key, inner]): [string, JsonValue][] => {
    const name = key.startsWith("f:") ? key.slice(2) : null;
    const member = name === null ? undefined : value[name];
    return name === null || member === undefined ? [] : [[name, cut(member, isJsonObject(inner) ? inner : {})]];
  });
  return Object.fromEntries(members);
}

/** `k:{…}` names an item of a keyed list by its keys, `v:…` an item of a set by its value. */
function cutItem(item: JsonValue, set: JsonObject): JsonValue[] {
  for (const [key, inner] of Object.entries(set)) {
    const named = parseJson(key.slice(2));
    if (key.startsWith("v:") && equalJson(named, item)) return [item];
    if (
      key.startsWith("k:") &&
      isJsonObject(named) &&
      isJsonObject(item) &&
      Object.entries(named).every(([name, value]) => equalJson(item[name], value))
    ) {
      return [cut(item, isJsonObject(inner) ? inner : {})];
    }
  }
  return [];
}

// managedFields come from the API server but could be forged by a writer; a key that is no JSON names nothing.
function parseJson(text: string): JsonValue | undefined {
  try {
    return toJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}
