import { createInterface } from "node:readline";
import { type BenchWorld, type Figure, percentile } from "./figure.ts";
import { spawnKubectl } from "./kubectl.ts";
import { portalClient, submitCluster } from "./portal-client.ts";

const SETTLE_MS = 400;

/** Approves requests one after another and takes the time from sending the approval until the API server announces the Cluster. */
export async function measureApprovals({ url, sandboxDir, say }: BenchWorld, count: number): Promise<Figure> {
  const developer = portalClient(url, sandboxDir, "payments-dev");
  const admin = portalClient(url, sandboxDir, "admin");
  const seen = watchClusterNames(sandboxDir);
  const seconds: number[] = [];
  try {
    for (let n = 1; n <= count; n += 1) {
      const name = `bench-${n}`;
      const request = await submitCluster(developer, name);
      const begun = performance.now();
      const announced = seen.until(name);
      await admin.post(`/requests/${request.id}/approve`, { contentHash: request.contentHash });
      seconds.push(((await announced) - begun) / 1000);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      say(`approval ${n} of ${count}: ${seconds.at(-1)?.toFixed(3) ?? ""} s`);
    }
  } finally {
    seen.stop();
  }
  return { name: `approve → first object on the API server, p95 of ${count}`, figure: percentile(seconds, 0.95), unit: "s", budget: 1 };
}

function watchClusterNames(sandboxDir: string) {
  const child = spawnKubectl(sandboxDir, [
    "get",
    "clusters.cluster.x-k8s.io",
    "--all-namespaces",
    "--watch",
    "--no-headers",
    "-o",
    "custom-columns=NAME:.metadata.name",
  ]);
  const at = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  if (child.stdout === null) throw new Error("kubectl has no output");
  createInterface({ input: child.stdout }).on("line", (line) => {
    const name = line.trim();
    if (at.has(name)) return;
    at.set(name, performance.now());
    waiting.get(name)?.(performance.now());
  });
  return {
    until: (name: string) =>
      new Promise<number>((resolve, reject) => {
        waiting.set(name, resolve);
        setTimeout(() => reject(new Error(`the Cluster ${name} did not appear within 30 s`)), 30_000).unref();
      }),
    stop: () => child.kill("SIGTERM"),
  };
}
