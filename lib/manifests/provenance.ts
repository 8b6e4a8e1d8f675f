import type { KubeObject } from "../domain/requests/plan.ts";
import { isObject } from "./json-shape.ts";
import { CONTENT_HASH, DELETE_REQUEST, REQUEST } from "./keys.ts";

/** Annotations that delivery adds from the stored row; never part of what people approve (product.md §5). */
export const PROVENANCE_ANNOTATIONS: readonly string[] = [REQUEST, CONTENT_HASH, DELETE_REQUEST];

export type Provenance = { readonly requestId: string; readonly contentHash: string };

/** The object as delivery applies it: with the request and the hash it comes from. */
export function withProvenance(object: KubeObject, { requestId, contentHash }: Provenance): KubeObject {
  const { annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...(isObject(annotations) ? annotations : {}), [REQUEST]: requestId, [CONTENT_HASH]: contentHash },
    },
  };
}

/** Which request wrote this object, by its annotations; null when Trellis did not. */
export function provenanceOf(object: KubeObject): Provenance | null {
  const { annotations } = object.metadata;
  if (!isObject(annotations)) return null;
  const requestId = annotations[REQUEST];
  const contentHash = annotations[CONTENT_HASH];
  return typeof requestId === "string" && typeof contentHash === "string" ? { requestId, contentHash } : null;
}

/** The merge patch that announces a deletion to the admission policy. */
export function deleteRequestPatch(requestId: string) {
  return { metadata: { annotations: { [DELETE_REQUEST]: requestId } } };
}
