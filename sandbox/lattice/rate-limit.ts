import type { LatticeSettings } from "./lattice-settings.ts";

/** One token bucket per account and Region, shared by every caller, as AWS shares its own. Answers whether the call may pass. */
export function createRateLimit() {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (place: { account: string; region: string }, rate: LatticeSettings["rate"], now: number): boolean => {
    if (rate === null) return true;
    const key = `${place.account} ${place.region}`;
    const bucket = buckets.get(key) ?? { tokens: rate.burst, at: now };
    bucket.tokens = Math.min(rate.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * rate.perSecond);
    bucket.at = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}
