import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { Credentials } from "./credentials.ts";
import type { Handler, ScriptedRequest } from "./scripted-api-server.ts";

const read = (name: string) => readFileSync(fileURLToPath(new URL(`./testdata/${name}`, import.meta.url)), "utf8");
/** Certificates of test servers on the loopback; their keys protect nothing. */
const CERTIFICATES = {
  tenant: { cert: read("tenant-server.crt"), key: read("tenant-server.key") },
  other: { cert: read("other-server.crt"), key: read("other-server.key") },
};

export type ScriptedTenant = {
  readonly port: number;
  readonly url: string;
  readonly certificate: string;
  readonly requests: readonly ScriptedRequest[];
  readonly connections: () => number;
  /** How many requests were open at once, at most. */
  readonly mostAtOnce: () => number;
  /** The last handler stays. */
  onCall(...handlers: readonly [Handler, ...Handler[]]): void;
  /** The Secret's text that leads here, with this token. */
  kubeconfig(token: string, change?: { readonly server?: string; readonly ca?: "tenant" | "other" }): string;
  useCertificate(name: keyof typeof CERTIFICATES): void;
  close(): Promise<void>;
};

/** An HTTPS server on the loopback that plays a tenant cluster's API server. */
export async function createScriptedTenant(): Promise<ScriptedTenant> {
  const requests: ScriptedRequest[] = [];
  let handlers: Handler[] = [];
  let connections = 0;
  let atOnce = 0;
  let most = 0;
  const server: Server = createServer(CERTIFICATES.tenant, (message, response) => {
    const url = new URL(message.url ?? "/", "https://scripted");
    const request = {
      method: message.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: message.headers,
      at: performance.now(),
    };
    requests.push(request);
    atOnce += 1;
    most = Math.max(most, atOnce);
    response.on("close", () => {
      atOnce -= 1;
    });
    message.resume();
    const handler = handlers.length > 1 ? handlers.shift() : handlers[0];
    if (handler) handler(response, request);
    else response.writeHead(500).end();
  });
  server.on("secureConnection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no address");
  const url = `https://127.0.0.1:${address.port}`;

  return {
    port: address.port,
    url,
    certificate: CERTIFICATES.tenant.cert,
    requests,
    connections: () => connections,
    mostAtOnce: () => most,
    onCall: (...next) => {
      handlers = [...next];
    },
    kubeconfig: (token, { server: other = url, ca = "tenant" } = {}) =>
      kubeconfigText({ server: other, headers: {}, tls: { ca: CERTIFICATES[ca].cert } }, token),
    useCertificate: (name) => {
      server.setSecureContext(CERTIFICATES[name]);
      server.closeAllConnections();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function kubeconfigText({ server, tls }: Credentials, token: string): string {
  const ca = Buffer.from(String(tls.ca)).toString("base64");
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster: { server, "certificate-authority-data": ca } }],
    users: [{ name: "u", user: { token } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });
}
