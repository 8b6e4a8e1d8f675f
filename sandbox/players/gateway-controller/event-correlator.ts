/** What a controller asks its recorder to say. */
export type SpokenEvent = { source: string; object: string; type: "Normal" | "Warning"; reason: string; message: string };
export type CorrelatedEvent = { key: string; message: string; count: number; firstAt: number };

/** How many Events of one object and type are written before the budget is used up. */
export const usualEventBurst = 25;
const refillSeconds = 300;
const distinctMessages = 10;
const similarForSeconds = 600;
const rememberedEvents = 4096;

/**
 * client-go's event correlator (lattice.md §10.1.1): equal Events are counted; from the tenth different message of one reason on they are
 * combined; and after 25 Events of one object and type only one in 300 s is written, while the count goes on. Null: this one is dropped.
 */
export function eventCorrelator(speed: number, now: () => number, burst = usualEventBurst) {
  const seconds = (value: number) => (value * 1_000) / speed;
  const buckets = new Map<string, { tokens: number; at: number }>();
  const similar = new Map<string, { messages: Set<string>; at: number }>();
  const seen = new Map<string, { count: number; firstAt: number }>();

  function takeToken(key: string): boolean {
    const at = now();
    const bucket = buckets.get(key) ?? { tokens: burst, at };
    const tokens = Math.min(burst, bucket.tokens + (at - bucket.at) / seconds(refillSeconds));
    const allowed = tokens >= 1;
    buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at });
    return allowed;
  }
  /** The key and the words under which the Event is kept: its own, or those of all similar ones. */
  function aggregated(event: SpokenEvent): { key: string; message: string } {
    const group = [event.source, event.object, event.type, event.reason].join("|");
    const at = now();
    const known = similar.get(group);
    const entry = known && at - known.at <= seconds(similarForSeconds) ? known : { messages: new Set<string>(), at };
    entry.at = at;
    entry.messages.add(event.message);
    similar.set(group, entry);
    if (entry.messages.size < distinctMessages) return { key: `${group}|${event.message}`, message: event.message };
    return { key: group, message: `(combined from similar events): ${event.message}` };
  }

  return (event: SpokenEvent): CorrelatedEvent | null => {
    const { key, message } = aggregated(event);
    const before = seen.get(key);
    const entry = { count: (before?.count ?? 0) + 1, firstAt: before?.firstAt ?? now() };
    seen.delete(key);
    seen.set(key, entry);
    for (const oldest of seen.keys()) {
      if (seen.size <= rememberedEvents) break;
      seen.delete(oldest);
    }
    return takeToken([event.source, event.object, event.type].join("|")) ? { key, message, ...entry } : null;
  };
}
export type EventCorrelator = ReturnType<typeof eventCorrelator>;
