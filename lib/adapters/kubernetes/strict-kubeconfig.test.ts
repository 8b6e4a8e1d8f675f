import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { type KubeconfigRule, readStrictKubeconfig, type StrictOptions } from "./strict-kubeconfig.ts";

/** A self-signed certificate made for this test; its key is gone. */
const CA_PEM = `-----BEGIN CERTIFICATE-----
MIIBjDCCATGgAwIBAgIUeBjbkKL7kfWGkXQ/9VqVxUqyjv8wCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPdHJlbGxpcy10ZXN0LWNhMCAXDTI2MTEyMjIzNDUzOVoYDzIx
MjYxMDI5MjM0NTM5WjAaMRgwFgYDVQQDDA90cmVsbGlzLXRlc3QtY2EwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAARvb/u5hYN5GHmZs+ay0uP03I+Y+moMHsEvOLGZ
RwbY8ixEN1m98clolx4438TnocjWGles32YPg2kD85wkDYUho1MwUTAdBgNVHQ4E
FgQUskZ8xjyEzWzA6L+501DJ7mrkEVcwHwYDVR0jBBgwFoAUskZ8xjyEzWzA6L+5
01DJ7mrkEVcwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAkAod
7cxhJBzwh+78mZP2MUsee25MolhR9/F/TJ2hcI8CIQDGVlzFC2789WHym45Qu9vY
sfSmyrI1Pv/CvwobNu8cYQ==
-----END CERTIFICATE-----
`;
const CA = Buffer.from(CA_PEM).toString("base64");
const CANARY = "canary-token-1234";
const HOST = "ABC123.gr7.ap-northeast-1.eks.amazonaws.com";
const OPTIONS: StrictOptions = { controlPlane: { host: HOST, port: 443 }, allowedCidrs: [] };

type Parts = {
  readonly server?: string;
  readonly cluster?: object;
  readonly user?: object;
  readonly context?: object;
  readonly top?: object;
  readonly ca?: string;
};

function kubeconfig(parts: Parts = {}): string {
  return stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "c",
          cluster: { server: parts.server ?? `https://${HOST}`, "certificate-authority-data": parts.ca ?? CA, ...parts.cluster },
        },
      ],
      users: [{ name: "u", user: parts.user ?? { token: CANARY } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u", ...parts.context } }],
      "current-context": "x",
      ...parts.top,
    },
    { aliasDuplicateObjects: false },
  );
}

const cluster = { name: "c", cluster: { server: `https://${HOST}`, "certificate-authority-data": CA } };
const user = { name: "u", user: { token: CANARY } };
const at = (host: string, port = 443): StrictOptions => ({ controlPlane: { host, port }, allowedCidrs: [] });
const local = (server: string): readonly [string, StrictOptions] => {
  const url = new URL(server);
  return [kubeconfig({ server }), at(url.hostname.replace(/^\[|\]$/g, ""), Number(url.port || 443))];
};

const HOSTILE: readonly (readonly [string, KubeconfigRule, string, StrictOptions?])[] = [
  [
    "runs a command",
    "exec",
    kubeconfig({ user: { exec: { apiVersion: "client.authentication.k8s.io/v1beta1", command: "/bin/sh", args: ["-c", "id"] } } }),
  ],
  ["runs a command beside a token", "exec", kubeconfig({ user: { token: CANARY, exec: { command: "id" } } })],
  ["uses an auth provider", "authProvider", kubeconfig({ user: { "auth-provider": { name: "gcp", config: { "cmd-path": "/bin/sh" } } } })],
  ["reads a token file", "file", kubeconfig({ user: { tokenFile: "/var/run/secrets/kubernetes.io/serviceaccount/token" } })],
  ["reads a token file beside a token", "file", kubeconfig({ user: { token: CANARY, tokenFile: "/etc/passwd" } })],
  ["reads a client certificate from a file", "file", kubeconfig({ user: { "client-certificate": "/etc/passwd", "client-key-data": CA } })],
  ["reads a key from a file", "file", kubeconfig({ user: { "client-certificate-data": CA, "client-key": "/root/.ssh/id_rsa" } })],
  ["reads its authority from a file", "file", kubeconfig({ cluster: { "certificate-authority": "/etc/ssl/certs/ca.pem" } })],
  ["goes through a proxy", "proxy", kubeconfig({ cluster: { "proxy-url": "http://evil.example.com:3128" } })],
  ["skips verification", "insecure", kubeconfig({ cluster: { "insecure-skip-tls-verify": true } })],
  ["verifies another name", "serverName", kubeconfig({ cluster: { "tls-server-name": "evil.example.com" } })],
  ["acts as somebody", "impersonation", kubeconfig({ user: { token: CANARY, as: "system:admin" } })],
  ["acts as a group", "impersonation", kubeconfig({ user: { token: CANARY, "as-groups": ["system:masters"] } })],
  ["uses a password", "shape", kubeconfig({ user: { username: "a", password: CANARY } })],
  ["speaks http", "https", kubeconfig({ server: `http://${HOST}` })],
  ["speaks file", "https", kubeconfig({ server: "file:///etc/passwd" })],
  ["has no address", "url", kubeconfig({ server: "not a url" })],
  ["carries a user in the address", "url", kubeconfig({ server: `https://user:pass@${HOST}` })],
  ["carries a path", "url", kubeconfig({ server: `https://${HOST}/latest/meta-data` })],
  ["carries a query", "url", kubeconfig({ server: `https://${HOST}/?x=1` })],
  ["points elsewhere", "host", kubeconfig({ server: "https://evil.example.com" })],
  ["points at a name that starts alike", "host", kubeconfig({ server: `https://${HOST}.evil.example.com` })],
  ["points at another port", "host", kubeconfig({ server: `https://${HOST}:6443` })],
  ["points at the portal itself", "address", ...local("https://127.0.0.1:6443")],
  ["points at the portal in decimal", "address", ...local("https://2130706433:6443")],
  ["points at the portal in octal", "address", ...local("https://0177.0.0.1:6443")],
  ["points at the portal in IPv6", "address", ...local("https://[::1]:6443")],
  ["points at the portal in mapped IPv6", "address", ...local("https://[::ffff:127.0.0.1]:6443")],
  ["points at the portal in compatible IPv6", "address", ...local("https://[::7f00:1]:6443")],
  ["points at the portal through NAT64", "address", ...local("https://[64:ff9b::7f00:1]:6443")],
  ["points at the portal by name", "address", ...local("https://localhost:6443")],
  ["points at the portal by a name below", "address", ...local("https://a.localhost:6443")],
  ["points at nobody", "address", ...local("https://0.0.0.0:6443")],
  ["points at the instance's metadata", "address", ...local("https://169.254.169.254")],
  ["points at the instance's metadata in IPv6", "address", ...local("https://[fd00:ec2::254]")],
  ["points at the metadata by name", "address", ...local("https://metadata.google.internal")],
  ["points at the metadata by the name EC2 gives it", "address", ...local("https://instance-data.ec2.internal")],
  ["points at a name with a closing dot", "address", ...local("https://localhost.")],
  ["points at a link-local neighbour", "address", ...local("https://[fe80::1]")],
  ["points at a multicast group", "address", ...local("https://239.0.0.1")],
  ["points at the pod's credentials", "address", ...local("https://169.254.170.23")],
  ["has two clusters", "count", kubeconfig({ top: { clusters: [cluster, { ...cluster, name: "d" }] } })],
  ["has two users", "count", kubeconfig({ top: { users: [user, { ...user, name: "v" }] } })],
  ["has no context", "count", kubeconfig({ top: { contexts: [] } })],
  ["uses a context that is not there", "reference", kubeconfig({ top: { "current-context": "other" } })],
  ["has a context of another user", "reference", kubeconfig({ context: { user: "root" } })],
  ["has no authority", "shape", kubeconfig({ top: { clusters: [{ name: "c", cluster: { server: `https://${HOST}` } }] } })],
  ["has an authority that is no certificate", "ca", kubeconfig({ ca: Buffer.from("hello").toString("base64") })],
  [
    "hides a key in its authority",
    "ca",
    kubeconfig({ ca: Buffer.from(`${CA_PEM}\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`).toString("base64") }),
  ],
  ["has a certificate that is broken", "ca", kubeconfig({ ca: Buffer.from(CA_PEM.replace(/\n./, "\nA")).toString("base64") })],
  ["has a token with a line break", "shape", kubeconfig({ user: { token: "abc\r\nX-Evil: 1" } })],
  ["has no credential", "shape", kubeconfig({ user: {} })],
  ["has a client key that is none", "credential", kubeconfig({ user: { "client-certificate-data": CA, "client-key-data": CA } })],
  ["has a field nobody knows", "shape", kubeconfig({ top: { extensions: [] } })],
  ["is another kind", "shape", kubeconfig({ top: { kind: "List" } })],
  ["is a list", "shape", "- a\n- b\n"],
  ["is empty", "shape", ""],
  ["is larger than any kubeconfig", "size", `${kubeconfig()}# ${"x".repeat(70_000)}`],
  ["is not YAML", "syntax", "a: [1, 2"],
  ["is two documents", "syntax", `${kubeconfig()}---\n${kubeconfig()}`],
  ["is a YAML bomb", "alias", `a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n`],
  ["anchors a value", "alias", kubeconfig().replace("current-context: x", "current-context: &z x")],
  ["merges keys", "key", `${kubeconfig()}<<: {kind: Config}\n`],
  ["tags a value", "tag", kubeconfig().replace("current-context: x", "current-context: !!js/function x")],
  ["repeats a key", "key", `${kubeconfig()}kind: Config\n`],
  ["reaches for the prototype", "key", `${kubeconfig()}__proto__: {polluted: true}\n`],
  ["reaches for the constructor", "key", `${kubeconfig()}constructor: {prototype: {polluted: true}}\n`],
  ["has a key that is a list", "key", `${kubeconfig()}? [a]\n: b\n`],
  ["is nested without end", "syntax", `a: ${"[".repeat(30_000)}`],
];

describe("a kubeconfig that came from a cluster", () => {
  it("is read when it is plain", () => {
    expect(readStrictKubeconfig(kubeconfig(), OPTIONS)).toEqual({
      ok: true,
      kubeconfig: { server: `https://${HOST.toLowerCase()}`, caData: CA, credential: { type: "token", token: CANARY } },
    });
  });

  it.each<readonly [string, string, StrictOptions]>([
    [
      "as JSON",
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        preferences: {},
        clusters: [cluster],
        users: [user],
        contexts: [{ name: "x", context: { cluster: "c", user: "u", namespace: "default" } }],
        "current-context": "x",
      }),
      OPTIONS,
    ],
    [
      "with a default port and the scheme in the Cluster's host, as CAPA writes it",
      kubeconfig({ server: `https://${HOST}:443` }),
      at(`https://${HOST}`),
    ],
    ["with the verified name equal to the host", kubeconfig({ cluster: { "tls-server-name": HOST } }), OPTIONS],
    ["at a private address", ...local("https://10.0.0.1:6443")],
    ["at a private IPv6 address", ...local("https://[fd12:3456::1]:6443")],
    ["at the private name of an instance", ...local("https://ip-10-0-0-1.eu-central-1.compute.internal:6443")],
    [
      "on loopback where the installation allows it",
      kubeconfig({ server: "https://127.0.0.1:40123" }),
      { controlPlane: { host: "127.0.0.1", port: 40_123 }, allowedCidrs: ["127.0.0.0/8"] },
    ],
  ])("is read %s", (_name, text, options) => {
    expect(readStrictKubeconfig(text, options)).toMatchObject({ ok: true });
  });

  it.each(HOSTILE.map(([name, rule, text, options = OPTIONS]) => ({ name, rule, text, options })))(
    "is refused when it $name",
    ({ rule, text, options }) => {
      const result = readStrictKubeconfig(text, options);
      expect(result).toEqual({ ok: false, rule });
      expect(Object.getOwnPropertyDescriptor(Object.prototype, "polluted")).toBeUndefined();
    },
  );

  it("does not become link-local because loopback is allowed", () => {
    expect(
      readStrictKubeconfig(kubeconfig({ server: "https://169.254.169.254" }), { ...at("169.254.169.254"), allowedCidrs: ["127.0.0.0/8"] }),
    ).toEqual({ ok: false, rule: "address" });
  });
});
