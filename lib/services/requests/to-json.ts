import type { JsonValue } from "../../domain/json.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";

/** A value of ours as JSON to store. `INVALID` `requests.notJson` for what JSON cannot carry. */
export function toJson(value: unknown): JsonValue {
  const json = asJson(value);
  canonicalJson(json);
  return json;
}

// Safe because `toJson` hands nothing out before canonicalJson has looked at every member.
function asJson(value: unknown): JsonValue {
  return value as JsonValue;
}
