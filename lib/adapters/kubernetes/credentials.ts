import { readFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import type { ClusterAccess } from "./cluster-access.ts";

/** What a connection needs: the server's address, headers that prove who we are, and TLS material. */
export type Credentials = { readonly server: string; readonly headers: Readonly<Record<string, string>>; readonly tls: TlsMaterial };

const Material = z.exactOptional(z.union([z.string(), z.instanceof(Buffer)]));
const TlsMaterial = z.object({
  ca: Material,
  cert: Material,
  key: Material,
  servername: z.exactOptional(z.string()),
  rejectUnauthorized: z.exactOptional(z.boolean()),
});
type TlsMaterial = z.infer<typeof TlsMaterial>;

export type CredentialSource = {
  /** Cached for half a minute, so that rotated tokens and files are picked up; one look-up at a time. */
  current(): Promise<Credentials>;
  /** The server refused the credential: read everything again next time. */
  invalidate(): void;
};

const REFRESH_MS = 30_000;
const LOOKUP_TIMEOUT_MS = 20_000;

export function createCredentialSource(access: ClusterAccess): CredentialSource {
  let loaded: { config: KubeConfig; source: string } | null = null;
  let cached: { value: Credentials; at: number } | null = null;
  let pending: Promise<Credentials> | null = null;

  async function lookUp(): Promise<Credentials> {
    const source = "kubeconfigPath" in access ? readFileSync(access.kubeconfigPath, "utf8") : "in-cluster";
    // Kept while the file is unchanged: it holds the cache of exec plugins.
    if (loaded?.source !== source) loaded = { config: loadKubeConfig(access), source };
    const value = await readCredentials(loaded.config);
    cached = { value, at: performance.now() };
    return value;
  }

  return {
    async current() {
      if (cached && performance.now() - cached.at < REFRESH_MS) return cached.value;
      pending ??= withTimeout(lookUp()).finally(() => {
        pending = null;
      });
      try {
        return await pending;
      } catch (error) {
        throw new PortalError("UNAVAILABLE", "kubernetes.noCredential", { cluster: access.id }, { cause: error });
      }
    },
    invalidate() {
      loaded = null;
      cached = null;
    },
  };
}

function loadKubeConfig(access: ClusterAccess): KubeConfig {
  const config = new KubeConfig();
  if ("kubeconfigPath" in access) config.loadFromFile(access.kubeconfigPath);
  else config.loadFromCluster();
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error("the kubeconfig has no current cluster");
  if (cluster.proxyUrl) throw new Error("proxy-url is not supported");
  return config;
}

async function readCredentials(config: KubeConfig): Promise<Credentials> {
  const server = config.getCurrentCluster()?.server;
  if (!server) throw new Error("the kubeconfig has no server");
  const options: RequestOptions = { headers: {} };
  await config.applyToHTTPSOptions(options);
  const headers = z.record(z.string(), z.coerce.string()).parse(options.headers);
  if (options.auth) headers.Authorization = `Basic ${Buffer.from(options.auth).toString("base64")}`;
  const present = Object.fromEntries(Object.entries(options).filter(([name, value]) => name in TlsMaterial.shape && value !== undefined));
  return { server: server.replace(/\/+$/, ""), headers, tls: TlsMaterial.parse(present) };
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("the credential look-up took too long")), LOOKUP_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
