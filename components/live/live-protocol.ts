/** A live query that a page wants: the verb's name and its input. */
export type LiveTopic = { readonly topic: string; readonly input: Readonly<Record<string, unknown>> };

/** What a topic pushed, its sentences in the reader's language. */
export type LiveEvent =
  | { readonly type: "set"; readonly key: string; readonly view: unknown }
  | { readonly type: "remove"; readonly key: string }
  | { readonly type: "resync" };

export type EndReason = "session" | "rights" | "shutdown";

/** The same topic with the same input is the same stream; inputs are written by query-keys.ts, so their members always stand in one order. */
export function topicId({ topic, input }: LiveTopic): string {
  return JSON.stringify([topic, input]);
}

/** What the tabs of one browser tell each other. `fresh`: these topics have no gap from now on, read their queries once. */
export type TabMessage =
  | { readonly type: "want"; readonly tab: string; readonly topics: readonly LiveTopic[] }
  | { readonly type: "leave"; readonly tab: string }
  | { readonly type: "lead" }
  | { readonly type: "event"; readonly id: string; readonly event: LiveEvent }
  | { readonly type: "fresh"; readonly ids: readonly string[]; readonly tab: string | null }
  | { readonly type: "tick" }
  | { readonly type: "status"; readonly status: LiveStatus }
  | { readonly type: "end"; readonly reason: EndReason };

export type LiveStatus = "connecting" | "live" | "broken";

/** Reads `data` of the server's `topic` event; null when it has another shape (a newer server, a proxy's page). */
export function readTopicData(data: string): { readonly index: number; readonly version: number; readonly event: LiveEvent } | null {
  const read = parseObject(data);
  const { index, version, event } = read ?? {};
  if (typeof index !== "number" || typeof version !== "number" || !isLiveEvent(event)) return null;
  return { index, version, event };
}

/** The indexes that the server opened, from its `open` event. */
export function readOpenData(data: string): readonly number[] {
  const topics = parseObject(data)?.["topics"];
  return Array.isArray(topics) ? topics.filter((index) => typeof index === "number") : [];
}

export function readEndData(data: string): EndReason {
  const reason = parseObject(data)?.["reason"];
  return reason === "session" || reason === "rights" ? reason : "shutdown";
}

function isLiveEvent(event: unknown): event is LiveEvent {
  if (typeof event !== "object" || event === null || !("type" in event)) return false;
  if (event.type === "resync") return true;
  if (!("key" in event) || typeof event.key !== "string") return false;
  return event.type === "remove" || (event.type === "set" && "view" in event);
}

function parseObject(text: string): Partial<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}
