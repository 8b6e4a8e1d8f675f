import { readFileSync } from "node:fs";
import { z } from "zod";

const KeyFile = z
  .strictObject({ current: z.string().min(1), keys: z.record(z.string(), z.base64()) })
  .refine(({ current, keys }) => Object.hasOwn(keys, current), { error: "`current` names no key" })
  .refine(({ keys }) => Object.values(keys).every((key) => Buffer.from(key, "base64").length >= 32), {
    error: "a key is shorter than 32 bytes",
  });

/** The audit's key ring: the file behind `TRELLIS_AUDIT_KEYS`, JSON `{current, keys: {<id>: <base64>}}`. Throws a sentence that never quotes a key. */
export function readAuditKeys(path: string): { readonly current: string; readonly keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>> } {
  const parsed = KeyFile.safeParse(readJson(path));
  if (!parsed.success)
    throw new Error(`The audit key file ${path} is wrong: ${parsed.error.issues.map(({ message }) => message).join("; ")}.`);
  return {
    current: parsed.data.current,
    keys: new Map(Object.entries(parsed.data.keys).map(([id, key]) => [id, Uint8Array.from(Buffer.from(key, "base64"))])),
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Error(`The audit key file ${path} cannot be read as JSON.`);
  }
}
