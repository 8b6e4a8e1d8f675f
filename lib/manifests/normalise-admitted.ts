import type { JsonObject, JsonValue } from "../domain/json.ts";
import type { KubeObject } from "../domain/requests/plan.ts";
import { equalJson, isJsonObject, omit, toJsonObject } from "./json-shape.ts";
import { PROVENANCE_ANNOTATIONS } from "./provenance.ts";

const SERVER_METADATA = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "managedFields",
  "finalizers",
  "ownerReferences",
  "selfLink",
];

/**
 * What admission makes of an object, free of what changes from call to call (product.md §5): without uid, resourceVersion, generation,
 * times, managedFields, finalizers, ownerReferences, status and provenance. For an object that exists (`live`), only its difference from
 * it, in the form of a JSON merge patch (RFC 7396): members that change, `null` for members that go.
 */
export function normaliseAdmitted(object: KubeObject, live: KubeObject | null): JsonObject {
  const admitted = stable(object);
  return live === null ? admitted : difference(stable(live), admitted);
}

function stable(object: KubeObject): JsonObject {
  const json = omit(toJsonObject(object), ["status"]);
  const metadata = isJsonObject(json["metadata"]) ? omit(json["metadata"], SERVER_METADATA) : {};
  const annotations = isJsonObject(metadata["annotations"]) ? omit(metadata["annotations"], PROVENANCE_ANNOTATIONS) : {};
  return { ...json, metadata: { ...omit(metadata, ["annotations"]), ...(Object.keys(annotations).length > 0 ? { annotations } : {}) } };
}

function difference(from: JsonObject, to: JsonObject): JsonObject {
  const gone = Object.keys(from).filter((name) => !Object.hasOwn(to, name));
  const changed = Object.entries(to).flatMap(([name, value]): [string, JsonValue][] => {
    const before = from[name];
    if (equalJson(before, value)) return [];
    return [[name, isJsonObject(before) && isJsonObject(value) ? difference(before, value) : value]];
  });
  return Object.fromEntries([...gone.map((name): [string, JsonValue] => [name, null]), ...changed]);
}
