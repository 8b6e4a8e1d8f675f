import {
  type EndReason,
  type LiveEvent,
  type LiveStatus,
  type LiveTopic,
  readEndData,
  readOpenData,
  readTopicData,
  topicId,
} from "./live-protocol.ts";

/** The part of EventSource that is used, so that a test can play it. */
export type Source = {
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void;
  close(): void;
  readonly readyState: number;
};

export type StreamKeeper = {
  readonly setTopics: (topics: readonly LiveTopic[]) => void;
  readonly liveIds: () => readonly string[];
  readonly stop: () => void;
};

type Options = {
  readonly open: (topics: readonly LiveTopic[]) => Source;
  readonly onEvent: (id: string, event: LiveEvent) => void;
  readonly onFresh: (ids: readonly string[]) => void;
  readonly onTick: () => void;
  readonly onStatus: (status: LiveStatus) => void;
  readonly onEnd: (reason: EndReason) => void;
  /** Milliseconds until the next try; `attempt` starts at 1. */
  readonly delayMs: (attempt: number) => number;
};

const CLOSED = 2;

/**
 * Keeps one stream open for the topics asked for. Other topics mean another stream: the old one closes only when the new one is open,
 * so topics that stay have no gap. `onFresh` names those that had one.
 */
export function createStreamKeeper(options: Options): StreamKeeper {
  let wanted: readonly LiveTopic[] = [];
  let current: Source | null = null;
  let opening: Source | null = null;
  let live: ReadonlySet<string> = new Set();
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let stopped = false;

  const openStream = () => {
    clearTimeout(retry);
    opening?.close();
    const topics = wanted;
    const source = options.open(topics);
    const versions = new Map<number, number>();
    const ids = topics.map(topicId);
    opening = source;
    const isMine = () => !stopped && (source === opening || source === current);

    source.addEventListener("open", ({ data }) => {
      // EventSource's own `open` carries no data; the server's says which topics it opened.
      if (!isMine() || typeof data !== "string") return;
      const now = new Set(readOpenData(data).flatMap((index) => ids[index] ?? []));
      const unbroken = source === opening && current !== null ? live : new Set<string>();
      if (source === opening) {
        current?.close();
        current = source;
        opening = null;
      }
      versions.clear();
      live = now;
      attempt = 0;
      options.onStatus("live");
      options.onFresh([...now].filter((id) => !unbroken.has(id)));
    });
    source.addEventListener("topic", ({ data }) => {
      const read = isMine() && typeof data === "string" ? readTopicData(data) : null;
      const id = read === null ? undefined : ids[read.index];
      if (read === null || id === undefined) return;
      const expected = (versions.get(read.index) ?? 0) + 1;
      versions.set(read.index, read.version);
      if (read.version !== expected || read.event.type === "resync") options.onFresh([id]);
      else options.onEvent(id, read.event);
    });
    source.addEventListener("tick", () => {
      if (isMine()) options.onTick();
    });
    source.addEventListener("end", ({ data }) => {
      if (!isMine()) return;
      const reason = typeof data === "string" ? readEndData(data) : "shutdown";
      source.close();
      lose(source);
      options.onEnd(reason);
      if (reason !== "session") again();
    });
    source.addEventListener("error", () => {
      if (!isMine()) return;
      const closed = source.readyState === CLOSED;
      if (closed) lose(source);
      if (current === null || source === current) {
        live = new Set();
        options.onStatus("broken");
      }
      // While it is not closed the browser tries again by itself.
      if (closed) again();
    });
  };
  const lose = (source: Source) => {
    if (source === opening) opening = null;
    if (source !== current) return;
    current = null;
    live = new Set();
  };
  const again = () => {
    clearTimeout(retry);
    attempt += 1;
    if (!stopped) retry = setTimeout(openStream, options.delayMs(attempt));
  };

  return {
    setTopics: (topics) => {
      const same = current !== null || opening !== null ? topics.map(topicId).join() === wanted.map(topicId).join() : false;
      wanted = topics;
      if (same || stopped) return;
      openStream();
    },
    liveIds: () => [...live],
    stop: () => {
      stopped = true;
      clearTimeout(retry);
      opening?.close();
      current?.close();
    },
  };
}

/** Doubling from one second to thirty, each between half and the whole: a restarted portal is not met by everybody at once. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(30_000, 1000 * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}
