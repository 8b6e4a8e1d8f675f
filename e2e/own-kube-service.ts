import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { kubectl } from "../test/bench/kubectl.ts";

/** The cluster in which the kubeServices of these journeys run. */
export const PROVIDER = { key: "team-payments/checkout", namespace: "payments" } as const;

/**
 * Runs a kubeService of its own in the provider cluster, with one port for each protocol. One export belongs to one route, so journeys that
 * run beside each other never publish the same one. The answer takes it away again.
 */
export function ownKubeService(sandboxDir: string, name: string): () => void {
  const printed = execFileSync("node", ["sandbox/cli.ts", "kubeconfig", PROVIDER.key], {
    encoding: "utf8",
    env: { ...process.env, TRELLIS_SANDBOX_DIR: sandboxDir },
  });
  const folder = mkdtempSync(path.join(tmpdir(), "trellis-e2e-"));
  const file = path.join(folder, "kubeconfig");
  writeFileSync(file, printed, { mode: 0o600 });
  const run = (...args: readonly string[]) => kubectl(sandboxDir, ["--kubeconfig", file, ...args], JSON.stringify(objects(name)));
  run("apply", "-f", "-");
  return () => {
    run("delete", "--ignore-not-found", "--wait=false", "-f", "-");
    rmSync(folder, { recursive: true });
  };
}

function objects(name: string) {
  const labels = { "app.kubernetes.io/name": name, "trellis.internal/team": "payments" };
  const metadata = { name, namespace: PROVIDER.namespace, labels };
  const selector = { "app.kubernetes.io/name": name };
  const containerPorts = [
    { name: "http", containerPort: 8080 },
    { name: "grpc", containerPort: 9090 },
    { name: "tls", containerPort: 8443 },
  ];
  const container = { name, image: `registry.example.com/payments/${name}:1.0.0`, ports: containerPorts };
  const ports = [
    { name: "http", port: 80, targetPort: 8080, protocol: "TCP" },
    { name: "grpc", port: 9090, targetPort: 9090, protocol: "TCP", appProtocol: "kubernetes.io/h2c" },
    { name: "tls", port: 443, targetPort: 8443, protocol: "TCP" },
  ];
  return {
    apiVersion: "v1",
    kind: "List",
    items: [
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata,
        spec: {
          replicas: 2,
          selector: { matchLabels: selector },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata,
        spec: { type: "ClusterIP", ipFamilyPolicy: "SingleStack", selector, ports },
      },
    ],
  };
}
