import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { Agent, request } from "undici";
import type { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { MetricsPort } from "../telemetry/port.ts";
import type { CredentialSource, Credentials } from "./credentials.ts";
import type { CallOptions } from "./port.ts";
import { readBody } from "./read-body.ts";
import { readWarnings } from "./read-warnings.ts";
import { toOutage } from "./to-outage.ts";
import { untilAborted } from "./until-aborted.ts";

export type KubeRequest = {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Encoded path below the server's address, with a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly contentType?: string;
  /** For metrics. */
  readonly kind: string;
  readonly maxBytes?: number;
};

export type KubeAnswer = {
  readonly status: number;
  readonly json: unknown;
  readonly text: string;
  readonly warnings: readonly string[];
  readonly retryAfterSeconds: number | null;
};
export type KubeStream = { readonly answer: KubeAnswer | null; readonly body: Readable };

export interface Transport {
  readonly clusterId: string;
  /** Any HTTP answer, refusals included; throws `UNAVAILABLE` when there is none. */
  call(kubeRequest: KubeRequest, options?: CallOptions): Promise<KubeAnswer>;
  /** Resolves when the headers arrived. `answer` is set, and the body read, when the status is not 200. */
  open(kubeRequest: KubeRequest, options: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<KubeStream>;
  close(): Promise<void>;
}

const READ_TIMEOUT_MS = 10_000;
/** Admission may call several webhooks, each with up to 10 s. */
const WRITE_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_BYTES = 8 * 1024 * 1024;

type Raw = Awaited<ReturnType<typeof request>>;

export type TransportOptions = {
  readonly clusterId: string;
  readonly credentials: CredentialSource;
  readonly metrics: MetricsPort;
  /** Stands for the id in metrics where there are many clusters. */
  readonly metricsId?: string;
  readonly connection?: ConnectionLimits;
};

export type ConnectionLimits = {
  readonly timeoutMs: number;
  readonly connections: number;
  /** Resolves names in place of the system's own way: the address that was checked is the one connected to. */
  readonly lookup: LookupFunction;
};

export function createTransport({ clusterId, credentials, metrics, metricsId, connection }: TransportOptions): Transport {
  let pool: { agent: Agent; key: string } | null = null;

  function agentFor(current: Credentials): Agent {
    const key = JSON.stringify([current.server, current.tls]);
    if (pool?.key === key) return pool.agent;
    // Rotated certificates: calls under way finish on the old connections.
    void pool?.agent.close();
    pool = { agent: createAgent(current, connection), key };
    return pool.agent;
  }

  async function send(kubeRequest: KubeRequest, signal: AbortSignal): Promise<Raw> {
    for (let attempt = 1; ; attempt++) {
      const current = await untilAborted(credentials.current(), signal);
      const answer = await request(`${current.server}${kubeRequest.path}${toQuery(kubeRequest.query)}`, {
        method: kubeRequest.method,
        headers: {
          ...current.headers,
          accept: "application/json",
          "user-agent": "trellis",
          ...(kubeRequest.body ? { "content-type": kubeRequest.contentType ?? "application/json" } : {}),
        },
        body: kubeRequest.body ? JSON.stringify(kubeRequest.body) : null,
        dispatcher: agentFor(current),
        signal,
      });
      if (answer.statusCode !== 401 || attempt > 1) return answer;
      await answer.body.dump();
      credentials.invalidate();
    }
  }

  return {
    clusterId,
    async call(kubeRequest, options = {}) {
      const started = performance.now();
      const timeout = AbortSignal.timeout(options.timeoutMs ?? (kubeRequest.method === "GET" ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS));
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
      let outcome = "error";
      try {
        const answer = await readAnswer(
          await withOneRetry(kubeRequest, () => send(kubeRequest, signal)),
          kubeRequest.maxBytes ?? MAX_BYTES,
        );
        outcome = String(answer.status);
        return answer;
      } catch (error) {
        throw toOutage(error, { cluster: clusterId, timedOut: timeout.aborted, aborted: options.signal?.aborted ?? false });
      } finally {
        metrics.observe("trellis_kube_requests_seconds", (performance.now() - started) / 1000, {
          cluster: metricsId ?? clusterId,
          method: kubeRequest.method,
          kind: kubeRequest.kind,
          outcome,
        });
      }
    },
    async open(kubeRequest, options) {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), options.timeoutMs);
      try {
        const raw = await withOneRetry(kubeRequest, () => send(kubeRequest, AbortSignal.any([options.signal, late.signal])));
        return { answer: raw.statusCode === 200 ? null : await readAnswer(raw, MAX_BYTES), body: raw.body };
      } catch (error) {
        throw toOutage(error, { cluster: clusterId, timedOut: late.signal.aborted, aborted: options.signal.aborted });
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      await pool?.agent.destroy();
      pool = null;
    },
  };
}

function createAgent(credentials: Credentials, limits: ConnectionLimits | undefined): Agent {
  return new Agent({
    // Calls bring their own timeout; a watch is quiet for as long as nothing happens.
    bodyTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 20_000,
    allowH2: false,
    pipelining: 1,
    ...(limits === undefined ? {} : { connections: limits.connections }),
    connect: {
      ...credentials.tls,
      ...(limits === undefined ? {} : { lookup: limits.lookup }),
      timeout: limits?.timeoutMs ?? CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelay: 10_000,
    },
  });
}

/** A pooled connection that the server closed just now fails a read that would otherwise succeed. */
async function withOneRetry(kubeRequest: KubeRequest, run: () => Promise<Raw>): Promise<Raw> {
  try {
    return await run();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (kubeRequest.method !== "GET" || (code !== "UND_ERR_SOCKET" && code !== "ECONNRESET")) throw error;
    return await run();
  }
}

async function readAnswer(raw: Raw, maxBytes: number): Promise<KubeAnswer> {
  const text = await readBody(raw.body, maxBytes);
  const retryAfter = Number(raw.headers["retry-after"]);
  return {
    status: raw.statusCode,
    json: parseJson(text),
    text,
    warnings: readWarnings(raw.headers.warning),
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter >= 0 ? Math.min(retryAfter, 600) : null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toQuery(query: KubeRequest["query"]): string {
  return query === undefined || Object.keys(query).length === 0 ? "" : `?${new URLSearchParams(query).toString()}`;
}

/** Thrown by a list whose page is larger than the bound; the caller asks for a smaller page. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof PortalError && error.key === "kubernetes.answerTooLarge";
}
