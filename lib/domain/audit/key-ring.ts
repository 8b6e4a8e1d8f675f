import { PortalError } from "../portal-error.ts";

/** The audit's keys by id; new rows and heads are made with `current`, older keys stay to verify what they made. */
export type KeyRing = { readonly current: string; readonly keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>> };

const MIN_KEY_BYTES = 32;
const KEY = /^([a-z0-9][a-z0-9-]{0,31}):((?:[0-9a-f]{2})+)$/;

/**
 * Reads `TRELLIS_AUDIT_KEYS`: `id:hex` pairs separated by commas, at least 32 bytes a key, the current one first.
 * `INVALID` `audit.keys` without saying any of the text.
 */
export function parseKeyRing(text: string): KeyRing {
  const pairs = text.split(",").map((part) => toPair(part.trim()));
  const [first] = pairs;
  if (first === undefined || new Set(pairs.map(([id]) => id)).size !== pairs.length) throw refused();
  return { current: first[0], keys: new Map(pairs) };
}

function toPair(part: string): readonly [string, Uint8Array<ArrayBuffer>] {
  const [, id, hex] = KEY.exec(part) ?? [];
  if (id === undefined || hex === undefined || hex.length < MIN_KEY_BYTES * 2) throw refused();
  return [id, Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))];
}

function refused(): PortalError {
  return new PortalError("INVALID", "audit.keys", { bytes: MIN_KEY_BYTES });
}
