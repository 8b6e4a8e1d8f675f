import { describe, expect, it } from "vitest";
import { openEventStream } from "./event-stream.ts";
import { createStreams } from "./streams.ts";
import { TopicQueue } from "./topic-queue.ts";

describe("TopicQueue", () => {
  it("keeps the newest event of each key", () => {
    const queue = new TopicQueue();
    queue.push({ type: "set", key: "a", view: 1 });
    queue.push({ type: "set", key: "b", view: 2 });
    queue.push({ type: "remove", key: "a" });
    expect(queue.take()).toEqual([
      { type: "set", key: "b", view: 2 },
      { type: "remove", key: "a" },
    ]);
    expect(queue.isEmpty).toBe(true);
  });

  it("says resync instead of more than a reader can use, and after a resync nothing else", () => {
    const queue = new TopicQueue();
    for (let n = 0; n < 500; n += 1) queue.push({ type: "set", key: String(n), view: n });
    expect(queue.take()).toEqual([{ type: "resync" }]);
  });
});

describe("openEventStream", () => {
  const read = async (reader: ReadableStreamDefaultReader<Uint8Array>) => new TextDecoder().decode((await reader.read()).value);

  it("sends events and ends when closed", async () => {
    const stream = openEventStream(new AbortController().signal);
    let closed = 0;
    stream.onClose(() => (closed += 1));
    stream.send("tick", { n: 1 });
    stream.close();
    stream.close();
    expect(await stream.response.text()).toBe('retry: 2000\n\nevent: tick\ndata: {"n":1}\n\n');
    expect(closed).toBe(1);
  });

  it("drops what a slow reader cannot take, and says when it has caught up", async () => {
    const stream = openEventStream(new AbortController().signal);
    let drained = 0;
    stream.onDrain(() => (drained += 1));
    let sent = 0;
    while (stream.send("big", "x".repeat(10_000))) sent += 1;
    expect(sent).toBeLessThan(40);
    expect(drained).toBe(0);
    const reader = (stream.response.body ?? new ReadableStream()).getReader();
    for (let n = 0; n < sent; n += 1) await read(reader);
    expect(drained).toBe(1);
    expect(stream.send("small", 1)).toBe(true);
  });

  it("closes with the reader and with the request", async () => {
    const leaving = new AbortController();
    const stream = openEventStream(leaving.signal);
    let closed = 0;
    stream.onClose(() => (closed += 1));
    leaving.abort();
    await stream.response.body?.cancel().catch(() => undefined);
    expect(closed).toBe(1);
    expect(stream.send("late", 1)).toBe(true);
  });
});

describe("createStreams", () => {
  it("ends the streams of one person or session, and all of them once", () => {
    const ended: string[] = [];
    const streams = createStreams(() => undefined);
    const add = (readerId: string, sessionId: string) => {
      const remove = streams.add({
        readerId,
        sessionId: sessionId as never,
        end: (reason) => (ended.push(`${sessionId}:${reason}`), remove()),
      });
    };
    add("u1", "s1");
    add("u1", "s2");
    add("u2", "s3");
    streams.endSession("s1");
    streams.endReader("u1", "rights");
    streams.endAll("shutdown");
    expect([ended, streams.size(), streams.closed]).toEqual([["s1:session", "s2:rights", "s3:shutdown"], 0, true]);
  });
});
