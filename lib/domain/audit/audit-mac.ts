import { PortalError } from "../portal-error.ts";
import type { KeyRing } from "./key-ring.ts";

/** Makes and checks HMAC-SHA-256 over text, as 64 lower-case hex digits. Keys are imported once. */
export type AuditMac = {
  readonly currentKeyId: string;
  has(keyId: string): boolean;
  /** `INTERNAL` `audit.unknownKey` when the ring has no such key. */
  make(keyId: string, text: string): Promise<string>;
  /** False for a wrong MAC and for a key that the ring does not hold. Constant time. */
  check(keyId: string, text: string, mac: string): Promise<boolean>;
};

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };

export function createAuditMac(ring: KeyRing): AuditMac {
  const imported = new Map<string, Promise<CryptoKey>>();
  const keyOf = (keyId: string): Promise<CryptoKey> | undefined => {
    const bytes = ring.keys.get(keyId);
    if (bytes === undefined) return undefined;
    const key = imported.get(keyId) ?? globalThis.crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["sign", "verify"]);
    imported.set(keyId, key);
    return key;
  };
  return {
    currentKeyId: ring.current,
    has: (keyId) => ring.keys.has(keyId),
    make: async (keyId, text) => {
      const key = await keyOf(keyId);
      if (key === undefined) throw new PortalError("INTERNAL", "audit.unknownKey", { keyId });
      return toHex(await globalThis.crypto.subtle.sign(ALGORITHM, key, new TextEncoder().encode(text)));
    },
    check: async (keyId, text, mac) => {
      const key = await keyOf(keyId);
      const bytes = fromHex(mac);
      if (key === undefined || bytes === null) return false;
      return globalThis.crypto.subtle.verify(ALGORITHM, key, bytes, new TextEncoder().encode(text));
    },
  };
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[0-9a-f]{64}$/.test(hex)) return null;
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
