import { canonicalJson } from "../requests/canonical-json.ts";
import type { AuditMac } from "./audit-mac.ts";
import type { SignedHead } from "./audit-row.ts";

/** Signs the head of the chain as of `at` with the current key: kept elsewhere, it shows later that rows were cut off or the chain was made anew. */
export async function signHead(head: { readonly seq: number; readonly mac: string }, at: Date, mac: AuditMac): Promise<SignedHead> {
  const unsigned = { seq: head.seq, mac: head.mac, keyId: mac.currentKeyId, at: at.toISOString() };
  return { ...unsigned, signature: await mac.make(unsigned.keyId, canonicalHead(unsigned)) };
}

/** Did a key of this ring sign it? */
export async function isHeadGenuine(head: SignedHead, mac: AuditMac): Promise<boolean> {
  return mac.check(head.keyId, canonicalHead(head), head.signature);
}

// `head` tells these bytes from a row's, so that neither MAC can stand for the other.
function canonicalHead({ seq, mac, keyId, at }: Omit<SignedHead, "signature">): string {
  return canonicalJson({ head: 1, seq, mac, keyId, at });
}
