// A process that does nothing but deliver, for the kill test: `node test/delivery/headless.ts` with the environment below. It prints "running" and goes on until it is killed.
import { z } from "zod";
import { createDatabase } from "../../lib/adapters/database/index.ts";
import { testAuditKeys } from "../../lib/adapters/database/testing.ts";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import type { LogFields, LogPort } from "../../lib/adapters/telemetry/port.ts";
import type { Context } from "../../lib/services/context.ts";
import { requestKindsOf } from "../../lib/services/requests/request-kinds.ts";
import { noClusters } from "../../lib/services/requests/testing/no-clusters.ts";
import { noRoutes } from "../../lib/services/requests/testing/no-routes.ts";
import { NOTE_KINDS } from "../../lib/services/requests/testing/note-kinds.ts";
import { startDelivery } from "../../lib/workers/delivery.ts";

const env = z
  .object({
    HEADLESS_DATABASE_URL: z.optional(z.url()),
    HEADLESS_DATA_DIR: z.optional(z.string()),
    HEADLESS_KUBECONFIG: z.string(),
    HEADLESS_LEASE_MS: z.coerce.number().int().positive(),
  })
  .parse(process.env);

const WAKE_MS = 100;
const clock = { now: () => new Date() };
const log: LogPort = {
  debug: () => undefined,
  info: () => undefined,
  warn: (event, fields) => say(event, fields),
  error: (event, fields) => say(event, fields),
};

const ctx: Context = {
  actor: { type: "system", name: "delivery" },
  signal: new AbortController().signal,
  clock,
  db: createDatabase({
    ...(env.HEADLESS_DATABASE_URL === undefined ? { dataDir: env.HEADLESS_DATA_DIR ?? "" } : { databaseUrl: env.HEADLESS_DATABASE_URL }),
    auditKeys: testAuditKeys,
    log,
    clock,
  }),
  kube: createKubernetes({
    clusters: [{ id: "kill", kubeconfigPath: env.HEADLESS_KUBECONFIG }],
    tenantEndpointCidrs: [],
    fieldManager: "trellis",
    log,
    metrics: createFakeMetrics(),
    clock,
  }),
  ...noRoutes,
  clusters: noClusters,
  kinds: requestKindsOf(NOTE_KINDS),
  settings: {
    installationId: "kill",
    baseUrl: "http://localhost:3000",
    requestTtlDays: 7,
    deliveryLeaseMs: env.HEADLESS_LEASE_MS,
    kubernetesUser: "trellis",
  },
  log,
  metrics: createFakeMetrics(),
  wakeDelivery: () => undefined,
  randomId: () => crypto.randomUUID(),
};

function say(event: string, fields: LogFields = {}): void {
  const error = fields["error"] instanceof Error ? { error: fields["error"].message, cause: fields["error"].cause } : {};
  process.stderr.write(`${JSON.stringify({ event, ...fields, ...error })}\n`);
}

// Nobody is left to kill it when the test that started it has gone.
process.stdin.on("close", () => process.exit(0)).resume();

await ctx.db.ready(AbortSignal.timeout(30_000));
const worker = startDelivery(ctx);
setInterval(worker.wake, WAKE_MS);
process.stdout.write("running\n");
