import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { parseStrictYaml } from "./strict-yaml.ts";
import { isTenantAddressAllowed } from "./tenant-address.ts";

/** A credential to a tenant cluster. Lives as long as one call; never cached, logged, or sent on. */
export type TenantCredential =
  | { readonly type: "token"; readonly token: string }
  | { readonly type: "certificate"; readonly certificateData: string; readonly keyData: string };
export type StrictKubeconfig = { readonly server: string; readonly caData: string; readonly credential: TenantCredential };

/** Which rule a kubeconfig broke; the messages name each (errors.kubernetes.kubeconfigRefused). */
export type KubeconfigRule =
  | "size"
  | "syntax"
  | "alias"
  | "tag"
  | "key"
  | "shape"
  | "count"
  | "reference"
  | "exec"
  | "authProvider"
  | "file"
  | "proxy"
  | "insecure"
  | "serverName"
  | "impersonation"
  | "https"
  | "url"
  | "host"
  | "address"
  | "ca"
  | "credential";
export type StrictResult =
  | { readonly ok: true; readonly kubeconfig: StrictKubeconfig }
  | { readonly ok: false; readonly rule: KubeconfigRule };

export type StrictOptions = {
  /** Where the Cluster says its control plane is. CAPA writes the host with a leading `https://`. */
  readonly controlPlane: { readonly host: string; readonly port: number };
  readonly allowedCidrs: readonly string[];
};

const MAX_BYTES = 64 * 1024;
const MAX_CA_CERTIFICATES = 20;

const ClusterFields = z.strictObject({
  server: z.string(),
  "certificate-authority-data": z.base64().min(1),
  "tls-server-name": z.exactOptional(z.string()),
});
const UserFields = z.union([
  z.strictObject({
    token: z
      .string()
      .min(1)
      .max(16_384)
      .regex(/^[\x21-\x7e]+$/),
  }),
  z.strictObject({ "client-certificate-data": z.base64().min(1), "client-key-data": z.base64().min(1) }),
]);
const Shape = z.strictObject({
  apiVersion: z.literal("v1"),
  kind: z.literal("Config"),
  preferences: z.exactOptional(z.nullable(z.strictObject({}))),
  "current-context": z.string().min(1),
  clusters: z.tuple([z.strictObject({ name: z.string(), cluster: ClusterFields })]),
  users: z.tuple([z.strictObject({ name: z.string(), user: UserFields })]),
  contexts: z.tuple([
    z.strictObject({
      name: z.string(),
      context: z.strictObject({ cluster: z.string(), user: z.string(), namespace: z.exactOptional(z.string()) }),
    }),
  ]),
});
type Shape = z.infer<typeof Shape>;

/**
 * Reads a kubeconfig that came from a cluster, as text nobody vouches for: one cluster, one user, one context, https to the expected control plane, inline CA, inline token or client certificate.
 * Everything else is refused by the name of the rule it broke, and no text of it is repeated.
 */
export function readStrictKubeconfig(text: string, options: StrictOptions): StrictResult {
  if (Buffer.byteLength(text) > MAX_BYTES) return refuse("size");
  const yaml = parseStrictYaml(text);
  if (!yaml.ok) return yaml;
  const parsed = Shape.safeParse(yaml.value);
  if (!parsed.success) return refuse(ruleBrokenBy(yaml.value));
  const config = parsed.data;
  const [{ name: clusterName, cluster }] = config.clusters;
  const [{ name: userName, user }] = config.users;
  const [{ name: contextName, context }] = config.contexts;
  if (config["current-context"] !== contextName || context.cluster !== clusterName || context.user !== userName) return refuse("reference");
  const server = readServer(cluster.server, cluster["tls-server-name"], options);
  if (!server.ok) return server;
  const caData = cluster["certificate-authority-data"];
  if (!isCertificateBundle(caData)) return refuse("ca");
  const credential = readCredential(user);
  if (!credential) return refuse("credential");
  return { ok: true, kubeconfig: { server: server.server, caData, credential } };
}

function refuse(rule: KubeconfigRule): { readonly ok: false; readonly rule: KubeconfigRule } {
  return { ok: false, rule };
}

function readServer(
  server: string,
  serverName: string | undefined,
  options: StrictOptions,
): { readonly ok: true; readonly server: string } | { readonly ok: false; readonly rule: KubeconfigRule } {
  const url = URL.parse(server);
  if (!url) return refuse("url");
  if (url.protocol !== "https:") return refuse("https");
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "" || url.pathname !== "/") return refuse("url");
  const host = bareHost(url.hostname);
  const expected = URL.parse(
    `https://${bracketed(options.controlPlane.host.replace(/^https:\/\//, "").replace(/\/$/, ""))}:${options.controlPlane.port}`,
  );
  if (!expected || host !== bareHost(expected.hostname) || portOf(url) !== portOf(expected)) return refuse("host");
  if (serverName !== undefined && serverName.toLowerCase() !== host) return refuse("serverName");
  if (!isTenantAddressAllowed(host, options.allowedCidrs)) return refuse("address");
  return { ok: true, server: url.origin };
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase();
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

function portOf(url: URL): string {
  return url.port === "" ? "443" : url.port;
}

function readCredential(user: Shape["users"][0]["user"]): TenantCredential | null {
  if ("token" in user) return { type: "token", token: user.token };
  const certificateData = user["client-certificate-data"];
  const keyData = user["client-key-data"];
  const key = Buffer.from(keyData, "base64").toString("latin1").trim();
  const isKey = /^-----BEGIN (?:EC |RSA )?PRIVATE KEY-----\n[\sA-Za-z0-9+/=]+-----END (?:EC |RSA )?PRIVATE KEY-----$/.test(
    key.replace(/\r/g, ""),
  );
  return isKey && isCertificateBundle(certificateData) ? { type: "certificate", certificateData, keyData } : null;
}

/** Base64 of PEM that holds certificates and nothing else. */
function isCertificateBundle(data: string): boolean {
  const pem = Buffer.from(data, "base64").toString("latin1");
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g) ?? [];
  const rest = blocks.reduce((text, block) => text.replace(block, ""), pem);
  if (blocks.length === 0 || blocks.length > MAX_CA_CERTIFICATES || rest.trim() !== "") return false;
  return blocks.every((block) => {
    try {
      return new X509Certificate(block).raw.length > 0;
    } catch {
      return false;
    }
  });
}

const RULE_OF_FIELD: readonly (readonly [string, KubeconfigRule])[] = [
  ["exec", "exec"],
  ["auth-provider", "authProvider"],
  ["certificate-authority", "file"],
  ["client-certificate", "file"],
  ["client-key", "file"],
  ["tokenFile", "file"],
  ["proxy-url", "proxy"],
  ["insecure-skip-tls-verify", "insecure"],
  ["as", "impersonation"],
  ["as-uid", "impersonation"],
  ["as-groups", "impersonation"],
  ["as-user-extra", "impersonation"],
];

/** Finds the best name for what is wrong with a shape that was refused already. */
function ruleBrokenBy(value: unknown): KubeconfigRule {
  const names = new Set<string>();
  collectNames(value, names);
  const forbidden = RULE_OF_FIELD.find(([name]) => names.has(name));
  if (forbidden) return forbidden[1];
  const Counted = z.object({ clusters: z.array(z.unknown()), users: z.array(z.unknown()), contexts: z.array(z.unknown()) });
  const lists = Counted.safeParse(value);
  if (lists.success && Object.values(lists.data).some((list) => list.length !== 1)) return "count";
  return "shape";
}

function collectNames(value: unknown, names: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value)) names.add(name);
    collectNames(member, names);
  }
}
