import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveTopic } from "./live-protocol.ts";
import { backoffMs, createStreamKeeper, type Source } from "./stream-keeper.ts";

const a: LiveTopic = { topic: "a", input: {} };
const b: LiveTopic = { topic: "b", input: {} };
const idOf = ({ topic }: LiveTopic) => JSON.stringify([topic, {}]);

class PlayedSource implements Source {
  readyState = 1;
  readonly topics: readonly LiveTopic[];
  readonly #listeners = new Map<string, ((event: { readonly data?: unknown }) => void)[]>();
  constructor(topics: readonly LiveTopic[]) {
    this.topics = topics;
  }
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }
  close(): void {
    this.readyState = 2;
  }
  say(type: string, data?: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(data === undefined ? {} : { data: JSON.stringify(data) });
  }
  opened(): void {
    this.say("open", { session: null, topics: this.topics.map((_, index) => index), refused: [] });
  }
}

function play() {
  const sources: PlayedSource[] = [];
  const heard: string[] = [];
  const keeper = createStreamKeeper({
    open: (topics) => {
      const source = new PlayedSource(topics);
      sources.push(source);
      return source;
    },
    onEvent: (id, event) => heard.push(`event ${id} ${event.type}`),
    onFresh: (ids) => heard.push(`fresh ${ids.join(" ")}`),
    onTick: () => heard.push("tick"),
    onStatus: (status) => heard.push(status),
    onEnd: (reason) => heard.push(`end ${reason}`),
    delayMs: () => 1000,
  });
  const source = (at: number): PlayedSource => {
    const found = sources[at];
    if (found === undefined) throw new Error(`no stream ${at}`);
    return found;
  };
  return { keeper, sources, source, heard };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("createStreamKeeper", () => {
  it("says that everything is fresh when the first stream opens", () => {
    const { keeper, source, heard } = play();
    keeper.setTopics([a, b]);
    source(0).opened();
    expect(heard).toEqual(["live", `fresh ${idOf(a)} ${idOf(b)}`]);
  });

  it("keeps the old stream until the new one is open, and reads again only what is new", () => {
    const { keeper, source, heard } = play();
    keeper.setTopics([a]);
    source(0).opened();
    keeper.setTopics([a, b]);
    expect(source(0).readyState).toBe(1);
    source(0).say("topic", { index: 0, topic: "a", version: 1, event: { type: "remove", key: "x" } });
    source(1).opened();
    expect(source(0).readyState).toBe(2);
    expect(heard.slice(2)).toEqual([`event ${idOf(a)} remove`, "live", `fresh ${idOf(b)}`]);
  });

  it("does not open another stream for the same topics", () => {
    const { keeper, sources } = play();
    keeper.setTopics([a]);
    keeper.setTopics([{ topic: "a", input: {} }]);
    expect(sources).toHaveLength(1);
  });

  it("reads again on a gap in the versions and on resync", () => {
    const { keeper, source, heard } = play();
    keeper.setTopics([a]);
    source(0).opened();
    const event = { type: "set", key: "x", view: {} };
    source(0).say("topic", { index: 0, topic: "a", version: 1, event });
    source(0).say("topic", { index: 0, topic: "a", version: 3, event });
    source(0).say("topic", { index: 0, topic: "a", version: 4, event: { type: "resync" } });
    source(0).say("topic", { index: 0, topic: "a", version: 5, event });
    expect(heard.slice(2)).toEqual([`event ${idOf(a)} set`, `fresh ${idOf(a)}`, `fresh ${idOf(a)}`, `event ${idOf(a)} set`]);
  });

  it("treats a reconnection by the browser as a gap of every topic", () => {
    const { keeper, source, heard } = play();
    keeper.setTopics([a]);
    source(0).opened();
    source(0).readyState = 0;
    source(0).say("error");
    source(0).opened();
    expect(heard.slice(2)).toEqual(["broken", "live", `fresh ${idOf(a)}`]);
  });

  it("opens again after the server refused the stream", () => {
    const { keeper, source, sources } = play();
    keeper.setTopics([a]);
    source(0).readyState = 2;
    source(0).say("error");
    expect(sources).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(sources).toHaveLength(2);
  });

  it("opens again when rights change and stays closed when the session ends", () => {
    const rights = play();
    rights.keeper.setTopics([a]);
    rights.source(0).opened();
    rights.source(0).say("end", { reason: "rights" });
    vi.advanceTimersByTime(1000);
    expect(rights.sources).toHaveLength(2);

    const session = play();
    session.keeper.setTopics([a]);
    session.source(0).opened();
    session.source(0).say("end", { reason: "session" });
    vi.advanceTimersByTime(60_000);
    expect(session.sources).toHaveLength(1);
    expect(session.heard.at(-1)).toBe("end session");
  });

  it("ignores what another version of the server might say", () => {
    const { keeper, source, heard } = play();
    keeper.setTopics([a]);
    source(0).opened();
    source(0).say("topic", "nonsense");
    source(0).say("topic", { index: 7, topic: "z", version: 1, event: { type: "resync" } });
    expect(heard).toHaveLength(2);
  });
});

describe("backoffMs", () => {
  it("doubles up to thirty seconds and never falls below half", () => {
    expect([1, 2, 3, 9].map((attempt) => backoffMs(attempt, 1))).toEqual([1000, 2000, 4000, 30_000]);
    expect(backoffMs(9, 0)).toBe(15_000);
  });
});
