import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

export type ScriptedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly at: number;
};
export type Handler = (response: ServerResponse, request: ScriptedRequest) => void;

export type ScriptedServer = {
  readonly url: string;
  readonly kubeconfigPath: string;
  readonly requests: readonly ScriptedRequest[];
  readonly connections: () => number;
  /** Answers lists and everything that is no watch; the last handler stays. */
  onCall(...handlers: readonly [Handler, ...Handler[]]): void;
  onWatch(...handlers: readonly [Handler, ...Handler[]]): void;
  writeKubeconfig(token: string): void;
  watches(): readonly ScriptedRequest[];
  lists(): readonly ScriptedRequest[];
  close(): Promise<void>;
};

/** An HTTP server that plays an API server's answers for tests of this adapter, misbehaviour included. */
export async function createScriptedServer(): Promise<ScriptedServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "trellis-scripted-"));
  const kubeconfigPath = path.join(folder, "kubeconfig");
  const requests: ScriptedRequest[] = [];
  let calls: Handler[] = [];
  let watches: Handler[] = [];
  let connections = 0;

  const server = createServer((message, response) => {
    const url = new URL(message.url ?? "/", "http://scripted");
    const request = {
      method: message.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: message.headers,
      at: performance.now(),
    };
    requests.push(request);
    const queue = isWatch(request) ? watches : calls;
    const handler = queue.length > 1 ? queue.shift() : queue[0];
    message.resume();
    if (handler) handler(response, request);
    else if (!isWatch(request)) response.writeHead(500).end();
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no address");
  const url = `http://127.0.0.1:${address.port}`;

  function writeKubeconfig(token: string): void {
    const kubeconfig = {
      clusters: [{ name: "c", cluster: { server: url, "insecure-skip-tls-verify": true } }],
      users: [{ name: "u", user: { token } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      "current-context": "x",
    };
    writeFileSync(kubeconfigPath, JSON.stringify(kubeconfig), { mode: 0o600 });
  }
  writeKubeconfig("first");

  return {
    url,
    kubeconfigPath,
    requests,
    connections: () => connections,
    onCall: (...handlers) => {
      calls = [...handlers];
    },
    onWatch: (...handlers) => {
      watches = [...handlers];
    },
    writeKubeconfig,
    watches: () => requests.filter(isWatch),
    lists: () => requests.filter((request) => !isWatch(request)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isWatch(request: ScriptedRequest): boolean {
  return request.query.get("watch") === "true";
}

/** Answers once with JSON. */
export function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Handler {
  return (response) => void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
