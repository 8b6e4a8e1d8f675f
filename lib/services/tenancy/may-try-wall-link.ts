import type { DatabasePort } from "../../adapters/database/port.ts";
import { hashOfSecret } from "../../domain/tenancy/wall-link.ts";

const WINDOW_MS = 60_000;
const A_MINUTE_IN_ALL = 300;
const A_MINUTE_BY_ADDRESS = 10;

/**
 * May this address try to exchange a token now? Counted in the database, so that replicas agree. In all first: whoever changes her address
 * with each try meets that limit, and no more rows are written than it allows. Addresses are kept as hashes, for about a minute.
 */
export async function mayTryWallLink({ read }: DatabasePort, address: string, now: Date): Promise<boolean> {
  const count = (key: string) => read.wall.countAttempt({ key, windowMs: WINDOW_MS, now });
  const all = await count("wall");
  if (all === 1) await read.wall.forgetAttempts(new Date(now.getTime() - WINDOW_MS));
  if (all > A_MINUTE_IN_ALL) return false;
  return (await count(`wall/${await hashOfSecret(networkOf(address))}`)) <= A_MINUTE_BY_ADDRESS;
}

/** One household has 2^64 addresses of version 6: its network counts as one. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  const whole = [...groups, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...(tail ?? "").split(":")];
  return whole.slice(0, 4).join(":");
}
