import { Agent, request } from "undici";
import { z } from "zod";
import { KubeObject, type ObjectRef, type Resource, resourcePath, resources } from "./kube-object.ts";

const Status = z.looseObject({ message: z.string().optional(), reason: z.string().optional() });
const List = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(KubeObject),
});

/** An answer of the API server that is not a success. */
export class KubeError extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = "KubeError";
    this.status = status;
    this.reason = reason;
  }
}

export type KubeClientOptions = { server: string; ca: string; token: string | (() => string); manager: string; timeoutMs?: number };
type Call = { body?: unknown; type?: string; query?: Record<string, string>; signal?: AbortSignal };

/** A small client for one API server: one pooled connection set, a timeout on every call, objects parsed. Writes carry their field manager. */
export function kubeClient(options: KubeClientOptions) {
  const agent = new Agent({ connect: { ca: options.ca, timeout: 5_000 }, connections: 24, keepAliveTimeout: 30_000, bodyTimeout: 0 });
  const timeoutMs = options.timeoutMs ?? 15_000;
  const token = () => (typeof options.token === "string" ? options.token : options.token());

  async function call(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, init: Call = {}): Promise<unknown> {
    const signals = [AbortSignal.timeout(timeoutMs), ...(init.signal ? [init.signal] : [])];
    const response = await request(`${options.server}${path}`, {
      method,
      dispatcher: agent,
      signal: AbortSignal.any(signals),
      headers: {
        authorization: `Bearer ${token()}`,
        accept: "application/json",
        ...(init.body === undefined ? {} : { "content-type": init.type ?? "application/json" }),
      },
      ...(init.query ? { query: init.query } : {}),
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw kubeError(response.statusCode, text);
    return text.startsWith("{") ? JSON.parse(text) : text;
  }
  const object = async (answer: Promise<unknown>) => KubeObject.parse(await answer);
  const write = { fieldManager: options.manager };

  return {
    server: options.server,
    call,
    get: (resource: Resource, ref: ObjectRef) => object(call("GET", resourcePath(resource, ref))),
    find: async (resource: Resource, ref: ObjectRef) => orNull(object(call("GET", resourcePath(resource, ref)))),
    list: async (resource: Resource, query: Record<string, string> = {}, namespace?: string) =>
      List.parse(await call("GET", resourcePath(resource, { namespace }), { query })),
    create: (resource: Resource, body: KubeObject) =>
      object(call("POST", resourcePath(resource, { namespace: body.metadata.namespace }), { body, query: write })),
    apply: (resource: Resource, body: KubeObject, force = true, query: Record<string, string> = {}) =>
      object(
        call("PATCH", resourcePath(resource, body.metadata), {
          body,
          type: "application/apply-patch+yaml",
          query: { ...write, force: String(force), ...query },
        }),
      ),
    merge: (resource: Resource, ref: ObjectRef, patch: object, subresource = "") =>
      object(call("PATCH", resourcePath(resource, ref) + subresource, { body: patch, type: "application/merge-patch+json", query: write })),
    delete: async (resource: Resource, ref: ObjectRef) => {
      await orNull(call("DELETE", resourcePath(resource, ref)));
    },
    /** Lets a deleted namespace go at once, whatever stood in it: no controller that would empty it runs here. */
    finalize: async (ref: ObjectRef) => {
      const found = await orNull(object(call("GET", resourcePath(resources.namespace, ref))));
      if (found === null) return;
      await orNull(call("PUT", `${resourcePath(resources.namespace, ref)}/finalize`, { body: { ...found, spec: { finalizers: [] } } }));
    },
    /** Opens a watch; ends when the server ends it or `signal` fires. Every line is one event, unparsed. */
    watchLines: async function* (resource: Resource, query: Record<string, string>, signal: AbortSignal): AsyncGenerator<string> {
      const response = await request(`${options.server}${resourcePath(resource)}`, {
        dispatcher: agent,
        signal,
        headers: { authorization: `Bearer ${token()}`, accept: "application/json" },
        query: { ...query, watch: "true", allowWatchBookmarks: "true" },
        headersTimeout: timeoutMs,
      });
      if (response.statusCode >= 300) throw kubeError(response.statusCode, await response.body.text());
      yield* lines(response.body);
    },
    close: () => agent.destroy(),
    /** What another client of the same server and user is made with, for somebody who needs connections of their own. */
    options,
  };
}
export type KubeClient = ReturnType<typeof kubeClient>;

function kubeError(status: number, text: string): KubeError {
  const parsed = text.startsWith("{") ? Status.safeParse(JSON.parse(text)) : null;
  const fields = parsed?.success ? parsed.data : {};
  return new KubeError(status, fields.reason ?? "", fields.message ?? text.slice(0, 500));
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return null;
    throw error;
  }
}

async function* lines(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split("\n");
    rest = parts.pop() ?? "";
    yield* parts.filter((line) => line !== "");
  }
}
