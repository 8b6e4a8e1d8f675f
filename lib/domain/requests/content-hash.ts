import { ContentHash } from "../ids.ts";
import type { JsonValue } from "../json.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Plan } from "./plan.ts";

/** SHA-256 over the UTF-8 bytes of a text that is canonical already, as 64 lower-case hex digits. */
export async function contentHash(bytes: string): Promise<ContentHash> {
  const digest = await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(bytes));
  return ContentHash.parse(Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join(""));
}

/** The hash of any JSON value over its canonical form: intents, admitted objects, request bodies. `INVALID` `requests.notJson`. */
export async function hashOfJson(value: JsonValue): Promise<ContentHash> {
  return contentHash(canonicalJson(value));
}

/** The bytes people approve and delivery parses (product.md §5). `INVALID` `requests.notJson`. */
export function planBytes(plan: Plan): string {
  return canonicalJson(asJson(plan));
}

// Safe: canonicalJson looks at every member at run time and refuses what is not JSON.
function asJson(plan: Plan): JsonValue {
  return plan as JsonValue;
}
