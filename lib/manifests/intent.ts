import type { JsonObject } from "../domain/json.ts";
import type { KubeObject } from "../domain/requests/plan.ts";
import { isJsonObject, omit, toJsonObject } from "./json-shape.ts";
import { ownedFields } from "./owned-fields.ts";
import { PROVENANCE_ANNOTATIONS } from "./provenance.ts";

/**
 * What Trellis says of an object and nothing else: apiVersion, kind, name, its own labels and annotations, and the fields it applied. Of a
 * live object that is what field manager `trellis` owns, of a rendered one all of it; so both give the same value while nobody else took a
 * field over. Provenance, status and everything written by servers and providers are left out. Its hash is `base.intentHash` (product.md §5).
 */
export function intentOf(object: KubeObject): JsonObject {
  const own = ownedFields(object) ?? omit(toJsonObject(object), ["status"]);
  const { namespace, name } = object.metadata;
  return {
    ...omit(own, ["status", "metadata"]),
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...ownMetadata(own), name, ...(namespace === undefined ? {} : { namespace }) },
  };
}

function ownMetadata(object: JsonObject): JsonObject {
  const metadata = isJsonObject(object["metadata"]) ? object["metadata"] : {};
  const labels = isJsonObject(metadata["labels"]) ? metadata["labels"] : {};
  const annotations = isJsonObject(metadata["annotations"]) ? omit(metadata["annotations"], PROVENANCE_ANNOTATIONS) : {};
  return { ...(Object.keys(labels).length > 0 ? { labels } : {}), ...(Object.keys(annotations).length > 0 ? { annotations } : {}) };
}
