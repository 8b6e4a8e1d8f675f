import { pausedCluster } from "../../sandbox/seed/large-fleet/paused-cluster.ts";
import type { BenchWorld } from "./figure.ts";
import { kubectl } from "./kubectl.ts";

/** Clusters that are paused, so that the manager leaves them alone: what a list has to show without what a fleet costs. */
export async function seedFleet({ sandboxDir, say }: BenchWorld, count: number): Promise<void> {
  say(`seeding ${count} paused clusters`);
  kubectl(sandboxDir, ["delete", "resourcequota", "--all", "-n", "team-payments"]);
  const labels = { "app.kubernetes.io/managed-by": "trellis", "trellis.internal/team": "payments" };
  const items = Array.from({ length: count }, (_, n) => pausedCluster({ namespace: "team-payments", name: `fleet-${n}`, labels }));
  kubectl(sandboxDir, ["apply", "--server-side", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items }));
}
