import type { JsonObject } from "../../domain/json.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";

/** Safe because every KubeObject was read from JSON or YAML, or built by lib/manifests from JSON values only; JSON.stringify would throw on anything that is not. */
export function toJsonObject(object: KubeObject): JsonObject {
  return object as JsonObject;
}
