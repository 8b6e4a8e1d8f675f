import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LogFields, LogPort, MetricsPort } from "../telemetry/port.ts";
import { createCredentialSource } from "./credentials.ts";
import type { WatchEvent } from "./port.ts";
import { answer, createScriptedServer, type Handler, type ScriptedServer } from "./scripted-api-server.ts";
import { createTransport, type Transport } from "./transport.ts";
import { createWatchCache, type RunningWatchCache, type WatchTiming } from "./watch-cache.ts";

const counts = new Map<string, number>();
const metrics: MetricsPort = {
  count: (name, labels) =>
    void counts.set(`${name} ${labels?.type ?? ""}`.trim(), (counts.get(`${name} ${labels?.type ?? ""}`.trim()) ?? 0) + 1),
  gauge: () => undefined,
  observe: () => undefined,
  render: async () => "",
};
const logged: [string, LogFields | undefined][] = [];
const write = (event: string, fields?: LogFields) => void logged.push([event, fields]);
const log: LogPort = { debug: write, info: write, warn: write, error: write };

type Item = { readonly metadata: Readonly<Record<string, unknown>>; readonly [field: string]: unknown };
const namespace = (name: string, resourceVersion: string, more: Readonly<Record<string, unknown>> = {}): Item => ({
  metadata: { name, resourceVersion, ...more },
});
const listOf = (resourceVersion: string, items: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) => ({
  kind: "NamespaceList",
  apiVersion: "v1",
  metadata: { resourceVersion, ...more },
  items,
});
const line = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`;
const bookmark = (resourceVersion: string) => line("BOOKMARK", { kind: "Namespace", apiVersion: "v1", metadata: { resourceVersion } });
const upsertLine = (type: string, item: Item) => line(type, { apiVersion: "v1", kind: "Namespace", ...item });

/** Sends the lines and leaves the stream open. */
const open =
  (...lines: readonly string[]): Handler =>
  (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
    for (const one of lines) response.write(one);
  };
const ended =
  (...lines: readonly string[]): Handler =>
  (response) =>
    void response.writeHead(200).end(lines.join(""));

let server: ScriptedServer;
let transport: Transport;
let cache: RunningWatchCache;
let events: WatchEvent[];

beforeEach(async () => {
  counts.clear();
  logged.length = 0;
  events = [];
  server = await createScriptedServer();
  const credentials = createCredentialSource({ id: "mgmt", kubeconfigPath: server.kubeconfigPath });
  transport = createTransport({ clusterId: "mgmt", credentials, metrics });
});
afterEach(async () => {
  cache.stop();
  await transport.close();
  await server.close();
});

function start(
  timing: WatchTiming = { minSeconds: 30, maxSeconds: 30, graceMs: 8_000 },
  kind: "Namespace" | "HTTPRoute" | "Event" = "Namespace",
): RunningWatchCache {
  cache = createWatchCache({ transport, kind, log, metrics, now: () => new Date(), random: () => 0.5, timing });
  cache.subscribe((event) => events.push(event));
  return cache;
}

const names = () =>
  [...cache.values()].map((watched) => `${watched.object.metadata.name}@${String(watched.object.metadata.resourceVersion)}`).sort();
const story = () => events.map((event) => `${event.type} ${event.key}`);
const until = (condition: () => boolean) => expect.poll(condition, { timeout: 20_000, interval: 5 }).toBe(true);

describe("a watch cache", { timeout: 30_000 }, () => {
  it("lists in pages, then watches from the version of the list", async () => {
    server.onCall(answer(200, listOf("10", [namespace("a", "1")], { continue: "more" })), answer(200, listOf("10", [namespace("b", "2")])));
    server.onWatch(
      open(
        upsertLine("ADDED", namespace("c", "11")),
        upsertLine("MODIFIED", namespace("a", "12")),
        upsertLine("DELETED", namespace("b", "13")),
      ),
    );
    start();
    await cache.synced(AbortSignal.timeout(20_000));
    await until(() => events.length === 5);
    expect(story()).toEqual(["upsert a", "upsert b", "upsert c", "upsert a", "remove b"]);
    expect(names()).toEqual(["a@12", "c@11"]);
    expect(server.lists().map((request) => [request.path, request.query.get("limit"), request.query.get("continue")])).toEqual([
      ["/api/v1/namespaces", "250", null],
      ["/api/v1/namespaces", "250", "more"],
    ]);
    expect(Object.fromEntries(server.watches()[0]?.query ?? [])).toEqual({
      watch: "true",
      allowWatchBookmarks: "true",
      resourceVersion: "10",
      timeoutSeconds: "30",
    });
    expect(cache.get("a")?.object).toMatchObject({ apiVersion: "v1", kind: "Namespace" });
    expect(cache.health()).toMatchObject({ synced: true, connected: true, relists: 0, objects: 2, lastError: null });
  });

  it("keeps of managedFields only when the spec was last written, and no last applied configuration", async () => {
    const written = (time: unknown, fields: object) => ({ manager: "x", time, fieldsV1: fields });
    const heavy = namespace("a", "1", {
      managedFields: [
        written("2026-11-22T09:00:00Z", { "f:spec": {} }),
        written("2026-11-22T09:00:07Z", { "f:metadata": {}, "f:spec": {} }),
        written("2026-11-22T10:00:00Z", { "f:status": {} }),
        written("soon", { "f:spec": {} }),
        { manager: "x" },
      ],
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", kept: "yes" },
    });
    server.onCall(answer(200, listOf("10", [heavy])));
    server.onWatch(open());
    await start().synced(AbortSignal.timeout(20_000));
    expect(cache.get("a")?.object.metadata).toEqual({ name: "a", resourceVersion: "1", annotations: { kept: "yes" } });
    expect(cache.get("a")?.specWrittenAt).toEqual(new Date("2026-11-22T09:00:07.000Z"));
  });

  it("relists after 410 in the stream and tells exactly what differs", async () => {
    server.onCall(
      answer(200, listOf("10", [namespace("a", "1"), namespace("b", "2"), namespace("c", "3")])),
      answer(200, listOf("50", [namespace("a", "1"), namespace("c", "40"), namespace("d", "41")])),
    );
    server.onWatch(open(line("ERROR", { kind: "Status", code: 410, reason: "Expired", message: "too old resource version" })), open());
    start();
    await until(() => cache.health().relists === 1);
    expect(story()).toEqual(["upsert a", "upsert b", "upsert c", "remove b", "upsert c", "upsert d"]);
    expect(counts.get("trellis_watch_relists_total")).toBe(1);
    await until(() => server.watches().length === 2);
    expect(server.watches()[1]?.query.get("resourceVersion")).toBe("50");
  });

  it("relists after 410 instead of a stream", async () => {
    server.onCall(answer(200, listOf("10", [])), answer(200, listOf("20", [namespace("a", "15")])));
    server.onWatch(answer(410, { kind: "Status", code: 410, reason: "Expired" }), open());
    start();
    await until(() => cache.health().relists === 1);
    expect(names()).toEqual(["a@15"]);
  });

  it("starts the list again when its snapshot expires between pages", async () => {
    server.onCall(
      answer(200, listOf("10", [namespace("gone", "1")], { continue: "old" })),
      answer(410, { kind: "Status", code: 410, reason: "Expired" }),
      answer(200, listOf("20", [namespace("a", "15")])),
    );
    server.onWatch(open());
    await start().synced(AbortSignal.timeout(20_000));
    expect(story()).toEqual(["upsert a"]);
  });

  it("resumes from the last bookmark after a reset, without a list", async () => {
    const health: boolean[] = [];
    server.onCall(answer(200, listOf("10", [])));
    let stream: ServerResponse | undefined;
    server.onWatch(
      (response, request) => {
        stream = response;
        open(upsertLine("ADDED", namespace("a", "11")), bookmark("30"))(response, request);
      },
      open(upsertLine("MODIFIED", namespace("a", "31"))),
    );
    start().subscribeHealth((now) => health.push(now.connected));
    await until(() => names().length === 1);
    stream?.socket?.resetAndDestroy();
    await until(() => names()[0] === "a@31");
    expect(server.watches().map((request) => request.query.get("resourceVersion"))).toEqual(["10", "30"]);
    expect(server.lists()).toHaveLength(1);
    expect(server.watches().map((request) => request.query.get("timeoutSeconds"))).toEqual(["30", "2"]);
    expect(health).toEqual([true, false, true]);
    expect(cache.health()).toMatchObject({ connected: true, relists: 0, lastError: null });
  });

  it("takes a clean end for what it is: reconnects at once and stays connected", async () => {
    const health: boolean[] = [];
    server.onCall(answer(200, listOf("10", [])));
    server.onWatch(ended(bookmark("20")), open(bookmark("21")));
    start().subscribeHealth((now) => health.push(now.connected));
    await until(() => server.watches().length === 2);
    expect(server.watches()[1]?.query.get("resourceVersion")).toBe("20");
    expect(health).toEqual([true]);
  });

  it("takes an end at the promised time as proof, and an earlier one not", async () => {
    server.onCall(answer(200, listOf("10", [])));
    const endAfter =
      (ms: number): Handler =>
      (response) => {
        response.writeHead(200);
        response.flushHeaders();
        setTimeout(() => response.end(), ms);
      };
    server.onWatch(endAfter(300), endAfter(1_000), open());
    start({ minSeconds: 1, maxSeconds: 1, graceMs: 5_000 });
    await cache.synced(AbortSignal.timeout(20_000));
    const listed = Number(cache.health().freshAt);
    await until(() => server.watches().length === 2);
    expect(Number(cache.health().freshAt)).toBe(listed);
    await until(() => server.watches().length === 3);
    expect(Number(cache.health().freshAt) - listed).toBeGreaterThanOrEqual(1_200);
  });

  it("waits as long as 429 asks", async () => {
    server.onCall(
      answer(429, { kind: "Status", code: 429, reason: "TooManyRequests" }, { "retry-after": "1" }),
      answer(200, listOf("10", [])),
    );
    server.onWatch(open());
    await start().synced(AbortSignal.timeout(20_000));
    const [first, second] = server.lists();
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it("does not hammer a server that ends every watch at once", async () => {
    server.onCall(answer(200, listOf("10", [])));
    server.onWatch(ended());
    await start().synced(AbortSignal.timeout(20_000));
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(server.watches().length).toBeGreaterThan(0);
    expect(server.watches().length).toBeLessThanOrEqual(4);
  });

  it("loses one line to garbage, and makes up for it by a list when the watch ends", async () => {
    server.onCall(
      answer(200, listOf("10", [])),
      answer(200, listOf("20", [namespace("a", "11"), namespace("hidden", "12"), namespace("b", "13")])),
    );
    server.onWatch(
      ended(upsertLine("ADDED", namespace("a", "11")), "}{ not json\n", "\n", upsertLine("ADDED", namespace("b", "13"))),
      open(),
    );
    start();
    await until(() => names().length === 3);
    expect(story()).toEqual(["upsert a", "upsert b", "upsert hidden"]);
    expect(logged.map(([event]) => event)).toContain("watch.brokenEvent");
  });

  it("loses one object that has no name, in a list and in a watch", async () => {
    server.onCall(answer(200, listOf("10", [namespace("a", "1"), { metadata: { name: 7 } }, null, "text", namespace("b", "2")])));
    server.onWatch(open(line("ADDED", { metadata: {} }), line("ADDED", null), upsertLine("ADDED", namespace("c", "11"))));
    start();
    await until(() => names().length === 3);
    expect(names()).toEqual(["a@1", "b@2", "c@11"]);
    expect(server.lists()).toHaveLength(1);
  });

  it("isolates listeners that throw or reject, and counts them", async () => {
    server.onCall(answer(200, listOf("10", [])));
    server.onWatch(open(upsertLine("ADDED", namespace("a", "11")), upsertLine("ADDED", namespace("b", "12"))));
    cache = createWatchCache({ transport, kind: "Namespace", log, metrics, now: () => new Date() });
    cache.subscribe(() => {
      throw new Error("broken listener");
    });
    // TypeScript takes a function that returns a promise for one that returns nothing.
    const asynchronous: () => unknown = () => Promise.reject(new Error("broken asynchronous listener"));
    cache.subscribe(asynchronous);
    cache.subscribe((event) => events.push(event));
    await until(() => events.length === 2);
    expect(counts.get("trellis_watch_handler_errors_total")).toBe(4);
    expect(counts.get("trellis_watch_events_total upsert")).toBe(2);
  });

  it("notices a connection that went dead and says so", async () => {
    const health: (string | boolean | null)[] = [];
    server.onCall(answer(200, listOf("10", [])));
    server.onWatch(open(bookmark("11")));
    start({ minSeconds: 1, maxSeconds: 1, graceMs: 200 }).subscribeHealth((now) => health.push(now.connected, now.lastError));
    await until(() => health.length >= 4);
    expect(health.slice(0, 4)).toEqual([true, null, false, "kubernetes.timeout"]);
    const [first, second] = server.watches();
    await until(() => server.watches().length >= 2);
    expect((second?.at ?? server.watches()[1]?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_150);
  });

  it("asks for smaller pages when one is too large", async () => {
    const padding = "x".repeat(1024 * 1024);
    const big = Array.from({ length: 17 }, (_, index) => namespace(`n${index}`, "1", { annotations: { padding } }));
    server.onCall(answer(200, listOf("10", big)), answer(200, listOf("10", [namespace("a", "1")])));
    server.onWatch(open());
    await start().synced(AbortSignal.timeout(20_000));
    expect(server.lists().map((request) => request.query.get("limit"))).toEqual(["250", "31"]);
    expect(names()).toEqual(["a@1"]);
  });

  it("lets timers run while it takes in thousands of objects", async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => namespace(`n${index}`, "1"));
    server.onCall(answer(200, listOf("10", many)));
    server.onWatch(open(many.map((_, index) => upsertLine("MODIFIED", namespace(`n${index}`, "2"))).join("")));
    const slow = start();
    slow.subscribe(() => {
      const end = performance.now() + 0.05;
      while (performance.now() < end);
    });
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await until(() => events.length === 4_000);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });

  it("gives up waiting for the first list when asked to, and says what is wrong", async () => {
    server.onCall(answer(503, { kind: "Status", code: 503, reason: "ServiceUnavailable" }));
    start();
    await until(() => cache.health().lastError !== null);
    await expect(cache.synced(AbortSignal.timeout(10))).rejects.toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.notSynced" });
    expect(cache.health()).toMatchObject({ synced: false, connected: false, freshAt: null, lastError: "kubernetes.unavailable" });
  });

  it("asks nothing more once it is stopped", async () => {
    server.onCall(answer(200, listOf("10", [])));
    server.onWatch(open());
    await start().synced(AbortSignal.timeout(20_000));
    await until(() => server.watches().length === 1);
    cache.stop();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(server.requests).toHaveLength(2);
    expect(cache.health().connected).toBe(false);
  });

  it("waits for a kind that the server does not serve, says so once, and finds it when it comes", async () => {
    const notServed: Handler = (response) => void response.writeHead(404).end("404 page not found\n");
    server.onCall(notServed, notServed, notServed, answer(200, listOf("10", [namespace("a", "1")])));
    server.onWatch(open());
    start(undefined, "HTTPRoute");
    await cache.synced(AbortSignal.timeout(20_000));
    expect(cache.health()).toMatchObject({ synced: false, connected: false, lastError: "kubernetes.kindMissing", objects: 0 });
    expect(Date.now() - Number(cache.health().freshAt)).toBeLessThan(20_000);
    await until(() => cache.health().synced && cache.health().connected);
    expect(cache.health()).toMatchObject({ lastError: null, objects: 1 });
    expect(logged.map(([event]) => event)).toEqual(["watch.kindMissing"]);
  });

  it("keeps what it had when the kind is suddenly not served: an API server that starts says the same", async () => {
    server.onCall(answer(200, listOf("10", [namespace("a", "1")])), (response) => void response.writeHead(404).end("404 page not found\n"));
    server.onWatch((response) => void response.writeHead(404).end("404 page not found\n"));
    start(undefined, "HTTPRoute");
    await until(() => cache.health().lastError === "kubernetes.kindMissing");
    const { freshAt } = cache.health();
    await until(() => server.lists().length > 2);
    expect(names()).toEqual(["a@1"]);
    expect(cache.health()).toMatchObject({ synced: true, connected: false, freshAt });
  });

  it("keeps of Events only those about a route's objects, and of those only what is read", async () => {
    const event = (name: string, resourceVersion: string, kind: string) => ({
      metadata: { namespace: "shop", name, resourceVersion, managedFields: [{}] },
      involvedObject: { kind, namespace: "shop", name: "x" },
      reason: "FailedDeployModel",
      source: { component: "x" },
      related: { kind: "Pod" },
    });
    server.onCall(answer(200, listOf("10", [event("pod", "1", "Pod"), event("route", "2", "HTTPRoute"), namespace("odd", "3")])));
    server.onWatch(
      open(
        line("ADDED", { apiVersion: "v1", kind: "Event", ...event("other-pod", "11", "Pod") }),
        line("ADDED", { apiVersion: "v1", kind: "Event", ...event("import", "12", "ServiceImport") }),
        line("DELETED", { apiVersion: "v1", kind: "Event", ...event("pod", "13", "Pod") }),
        line("DELETED", { apiVersion: "v1", kind: "Event", ...event("route", "14", "HTTPRoute") }),
      ),
    );
    start(undefined, "Event");
    await until(() => events.length === 3);
    expect(story()).toEqual(["upsert shop/route", "upsert shop/import", "remove shop/route"]);
    expect(cache.get("shop/import")?.object).toEqual({
      apiVersion: "v1",
      kind: "Event",
      metadata: { namespace: "shop", name: "import", resourceVersion: "12" },
      involvedObject: { kind: "ServiceImport", namespace: "shop", name: "x" },
      reason: "FailedDeployModel",
    });
  });
});
