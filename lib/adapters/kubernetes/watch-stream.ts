import { z } from "zod";
import type { PortalError } from "../../domain/portal-error.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import { createBreather } from "./breather.ts";
import { createLineParser } from "./line-parser.ts";
import { toBuffer } from "./read-body.ts";
import { type Resource, resourcePath } from "./resource-paths.ts";
import { toOutage } from "./to-outage.ts";
import { translateError } from "./translate-error.ts";
import type { KubeStream, Transport } from "./transport.ts";

const MAX_LINE_BYTES = 8 * 1024 * 1024;
const OPEN_TIMEOUT_MS = 10_000;

const Envelope = z.object({ type: z.enum(["ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"]), object: z.unknown() });
const Bookmark = z.object({ metadata: z.object({ resourceVersion: z.string().min(1) }) });

/** `opened`: the server accepted the watch. `broken`: a line or an object that cannot be read; `lost` when it might have named a change. */
export type StreamEvent =
  | { readonly type: "opened" }
  | { readonly type: "upsert" | "remove"; readonly object: KubeObject }
  | { readonly type: "bookmark"; readonly resourceVersion: string }
  | { readonly type: "broken"; readonly lost: boolean };

export type StreamOptions = {
  readonly resource: Resource;
  readonly resourceVersion: string;
  /** The server ends the watch after this; a connection that outlives it by `graceMs` is dead. */
  readonly timeoutSeconds: number;
  readonly graceMs: number;
  readonly signal: AbortSignal;
};

/** One watch connection. Returns at a clean end; throws `UNAVAILABLE` (`kubernetes.expired` for 410) otherwise. */
export async function* openWatchStream(transport: Transport, options: StreamOptions): AsyncGenerator<StreamEvent> {
  const { resource, resourceVersion, timeoutSeconds } = options;
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000 + options.graceMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const query = { watch: "true", allowWatchBookmarks: "true", resourceVersion, timeoutSeconds: String(timeoutSeconds) };
  const path = resourcePath(resource, { allNamespaces: true });
  const stream = await transport.open({ method: "GET", path, query, kind: resource.kind }, { signal, timeoutMs: OPEN_TIMEOUT_MS });
  if (stream.answer) throw translateError(stream.answer, askedOf(transport, resource));
  yield { type: "opened" };
  try {
    yield* readEvents(stream, transport, resource);
  } catch (error) {
    throw toOutage(error, { cluster: transport.clusterId, timedOut: deadline.aborted, aborted: options.signal.aborted });
  } finally {
    stream.body.destroy();
  }
}

async function* readEvents(stream: KubeStream, transport: Transport, resource: Resource): AsyncGenerator<StreamEvent> {
  const lines = createLineParser(MAX_LINE_BYTES);
  const breathe = createBreather();
  for await (const chunk of stream.body) {
    for (const line of lines.push(toBuffer(chunk))) {
      yield line.type === "line" ? readEvent(line.text, transport, resource) : { type: "broken", lost: true };
      await breathe();
    }
  }
}

function readEvent(text: string, transport: Transport, resource: Resource): StreamEvent {
  const envelope = Envelope.safeParse(parseLine(text));
  if (!envelope.success) return { type: "broken", lost: true };
  const { type, object } = envelope.data;
  if (type === "ERROR") throw inStreamError(object, transport, resource);
  if (type === "BOOKMARK") {
    const bookmark = Bookmark.safeParse(object);
    return bookmark.success
      ? { type: "bookmark", resourceVersion: bookmark.data.metadata.resourceVersion }
      : { type: "broken", lost: false };
  }
  const parsed = KubeObject.safeParse(object);
  if (!parsed.success) return { type: "broken", lost: false };
  return { type: type === "DELETED" ? "remove" : "upsert", object: parsed.data };
}

function inStreamError(status: unknown, transport: Transport, resource: Resource): PortalError {
  const code = z.object({ code: z.number() }).safeParse(status);
  const answer = { status: code.success ? code.data.code : 500, json: status, text: "", warnings: [], retryAfterSeconds: null };
  return translateError(answer, askedOf(transport, resource));
}

function askedOf(
  transport: Transport,
  resource: Resource,
): { readonly cluster: string; readonly apiVersion: string; readonly kind: string; readonly name: string } {
  return { cluster: transport.clusterId, apiVersion: resource.apiVersion, kind: resource.kind, name: "" };
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
