import type { TopicEvent } from "../services/topic.ts";

const MAX_KEYS = 200;

/** What waits to be sent of one topic: the newest event per key. More keys than a reader could use become one `resync`. */
export class TopicQueue {
  readonly #events = new Map<string, TopicEvent>();
  #resync = false;

  push(event: TopicEvent): void {
    if (this.#resync) return;
    if (event.type === "resync") {
      this.resync();
      return;
    }
    // Deleting first keeps the order of the newest events.
    this.#events.delete(event.key);
    this.#events.set(event.key, event);
    if (this.#events.size > MAX_KEYS) this.resync();
  }

  resync(): void {
    this.#events.clear();
    this.#resync = true;
  }

  get isEmpty(): boolean {
    return !this.#resync && this.#events.size === 0;
  }

  /** Hands out what waits, oldest first, and is empty afterwards. */
  take(): readonly TopicEvent[] {
    const taken: TopicEvent[] = this.#resync ? [{ type: "resync" }] : [...this.#events.values()];
    this.#events.clear();
    this.#resync = false;
    return taken;
  }
}
