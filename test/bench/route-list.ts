import { type BenchWorld, type Figure, percentile } from "./figure.ts";
import { kubectl } from "./kubectl.ts";
import { personaToken } from "./portal-client.ts";

const ROUTES = 1_000;
const AT_ONCE = 250;
const READS = 20;
const REST_MS = 15_000;

/** The first page of the route list with 1,000 routes on the management cluster: its size on the wire, and the time until it is there, while the portal still reads them and at rest. */
export async function measureRouteList({ url, sandboxDir, say }: BenchWorld): Promise<readonly Figure[]> {
  say(`seeding ${ROUTES} routes`);
  for (let from = 0; from < ROUTES; from += AT_ONCE) {
    const items = Array.from({ length: AT_ONCE }, (_, n) => route(`fleet-${from + n}`));
    kubectl(sandboxDir, ["apply", "--server-side", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  }
  const token = personaToken(sandboxDir, "payments-dev");
  const read = async () => {
    const begun = performance.now();
    const answer = await fetch(`${url}/api/v1/routes`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    return { ms: performance.now() - begun, kib: Buffer.byteLength(text) / 1024, text };
  };
  for (let tries = 0; tries < 60 && !(await read()).text.includes(`"total":${ROUTES}`); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  const many = async () => {
    const reads = [];
    for (let n = 0; n < READS; n += 1) reads.push(await read());
    return reads;
  };
  const during = await many();
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const atRest = await many();
  const p95 = (reads: typeof during) =>
    percentile(
      reads.map(({ ms }) => ms),
      0.95,
    );
  return [
    { name: `route list, ${ROUTES} routes: size of the first page`, figure: atRest[0]?.kib ?? Number.NaN, unit: "KiB", budget: 50 },
    { name: `route list, ${ROUTES} routes: server time, p95 of ${READS}`, figure: p95(atRest), unit: "ms", budget: 100 },
    { name: "the same right after they appeared", figure: p95(during), unit: "ms", budget: null },
  ];
}

function route(name: string) {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: {
      name,
      namespace: "team-payments",
      labels: { "app.kubernetes.io/managed-by": "trellis", "trellis.internal/team": "payments", "trellis.internal/route": name },
      annotations: { "application-networking.k8s.aws/service-name-override": `payments-${name}` },
    },
    spec: {
      parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", namespace: "lattice", name: "net-prod", sectionName: "https" }],
      rules: [
        {
          backendRefs: [
            {
              group: "application-networking.k8s.aws",
              kind: "ServiceImport",
              namespace: "payments",
              name: `payments-checkout-${name}`,
              weight: 1,
            },
          ],
        },
      ],
    },
  };
}
