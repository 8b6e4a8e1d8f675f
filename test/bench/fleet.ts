import type { BenchWorld } from "./figure.ts";
import { kubectl } from "./kubectl.ts";

/** Clusters that are paused, so that the manager leaves them alone: what a list has to show without what a fleet costs. */
export async function seedFleet({ sandboxDir, say }: BenchWorld, count: number): Promise<void> {
  say(`seeding ${count} paused clusters`);
  kubectl(sandboxDir, ["delete", "resourcequota", "--all", "-n", "team-payments"]);
  const objects = Array.from({ length: count }, (_, n) => ({
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: {
      name: `fleet-${n}`,
      namespace: "team-payments",
      labels: { "app.kubernetes.io/managed-by": "trellis", "trellis.internal/team": "payments" },
    },
    spec: {
      paused: true,
      controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: "AWSManagedControlPlane", name: `fleet-${n}` },
      infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "AWSManagedCluster", name: `fleet-${n}` },
    },
  }));
  kubectl(sandboxDir, ["apply", "--server-side", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
}
