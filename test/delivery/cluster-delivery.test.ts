import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { DatabasePort } from "../../lib/adapters/database/port.ts";
import { createTestDatabase } from "../../lib/adapters/database/testing.ts";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { WATCHED_KINDS } from "../../lib/adapters/kubernetes/port.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import { SessionId, TeamId } from "../../lib/domain/ids.ts";
import type { JsonObject } from "../../lib/domain/json.ts";
import { parsePlan } from "../../lib/domain/requests/parse-plan.ts";
import { refOfStep } from "../../lib/domain/requests/plan.ts";
import type { RequestView } from "../../lib/domain/requests/request-view.ts";
import type { GlobalRole, Person, SystemActor, TeamRole } from "../../lib/domain/tenancy/actor.ts";
import { provenanceOf } from "../../lib/manifests/provenance.ts";
import { createClusterIndex } from "../../lib/read-models/clusters/create-cluster-index.ts";
import { createClusterKind } from "../../lib/services/clusters/create-cluster-kind.ts";
import { deleteClusterKind } from "../../lib/services/clusters/delete-cluster-kind.ts";
import type { Context } from "../../lib/services/context.ts";
import { approveRequest } from "../../lib/services/requests/approve-request.ts";
import { getRequest } from "../../lib/services/requests/get-request.ts";
import { getRequestKind } from "../../lib/services/requests/get-request-kind.ts";
import { requestKind, requestKindsOf } from "../../lib/services/requests/request-kinds.ts";
import { submitRequest } from "../../lib/services/requests/submit-request.ts";
import { noRoutes } from "../../lib/services/requests/testing/no-routes.ts";
import { applyBootstrap } from "../../lib/services/tenancy/apply-bootstrap.ts";
import { deliverTenancy } from "../../lib/services/tenancy/deliver-tenancy.ts";
import { readBootstrap } from "../../lib/services/tenancy/read-bootstrap.ts";
import { tenancyBootstrapKind } from "../../lib/services/tenancy/tenancy-bootstrap-kind.ts";
import { startDelivery } from "../../lib/workers/delivery.ts";
import { startReservationSweeper } from "../../lib/workers/reservation-sweeper.ts";

const payments = TeamId.parse("payments");
const folder = inject("sandboxDirectory");
const clock = { now: () => new Date() };
const log = createFakeLog();
// The portal's own account, not the admin's: what delivery may not do shows here.
const kube = createKubernetes({
  clusters: [{ id: "mgmt-local", kubeconfigPath: path.join(folder, "portal", "kubeconfig") }],
  tenantEndpointCidrs: ["127.0.0.1/32"],
  fieldManager: "trellis",
  log,
  metrics: createFakeMetrics(),
  clock,
});
const cluster = kube.managementCluster("mgmt-local");
const name = `e2e-${crypto.randomUUID().slice(0, 6)}`;

let db: DatabasePort;
let as: (actor: Person | SystemActor) => Context;
let dev: Person;
let lead: Person;
let admins: readonly Person[];
let stop: () => Promise<void>;

beforeAll(async () => {
  db = await createTestDatabase();
  const clusters = createClusterIndex({ kube, clock, log });
  let wake: () => void = () => undefined;
  const shared: Omit<Context, "actor"> = {
    signal: new AbortController().signal,
    clock,
    db,
    kube,
    ...noRoutes,
    clusters,
    kinds: requestKindsOf([requestKind(createClusterKind), requestKind(deleteClusterKind), requestKind(tenancyBootstrapKind)]),
    settings: {
      installationId: "e2e",
      baseUrl: "http://localhost:3000",
      requestTtlDays: 7,
      deliveryLeaseMs: 30_000,
      kubernetesUser: "trellis",
    },
    log,
    metrics: createFakeMetrics(),
    wakeDelivery: () => wake(),
    randomId: () => crypto.randomUUID(),
  };
  as = (actor) => ({ ...shared, actor });
  await Promise.all(WATCHED_KINDS.map((kind) => cluster.watch(kind).synced(AbortSignal.timeout(60_000))));
  const delivery = startDelivery(as({ type: "system", name: "delivery" }));
  const sweeper = startReservationSweeper(as({ type: "system", name: "delivery" }));
  wake = delivery.wake;
  stop = async () => {
    await Promise.all([delivery.stop(), sweeper.stop()]);
  };
  const bootstrap = as({ type: "system", name: "bootstrap" });
  await applyBootstrap.execute(readBootstrap(readFileSync(path.join(folder, "portal", "bootstrap.yaml"), "utf8")), bootstrap);
  for (const { request } of await deliverTenancy(bootstrap)) await untilDelivered(request, await person("watcher", ["platform-admin"]));
  dev = await person("dev", [], "developer");
  lead = await person("lead", [], "lead");
  admins = [await person("admin-a", ["platform-admin"]), await person("admin-b", ["platform-admin"])];
});

afterAll(async () => {
  await stop();
  await kube.close();
  await db.close();
});

describe("cluster.create and cluster.delete on a real management cluster", () => {
  it("applies exactly what was approved, through the real webhooks", async () => {
    const { example } = await getRequestKind.execute({ kind: "cluster.create", team: payments }, as(dev));
    const request = await decide(await ask("cluster.create", { ...example, name }));
    const delivered = await untilDelivered(request.id, dev);
    expect(delivered.admitted.map(({ result }) => result)).toEqual(delivered.plan.map(() => "admitted"));
    const record = await db.read.requests.find(
      (await db.read.requests.list({ kinds: ["cluster.create"] }, { cursor: null, limit: 1 })).items[0]?.id ?? fail("no request"),
    );
    for (const step of parsePlan(record?.planBytes ?? "").steps) {
      const live = await cluster.find(refOfStep(step));
      expect(live === null ? null : provenanceOf(live)).toEqual({ requestId: request.id, contentHash: request.contentHash });
    }
  });

  it("deletes the Cluster by the announced request, waits until it is gone, and frees its name", async () => {
    const request = await decide(await ask("cluster.delete", { namespace: "team-payments", name, typedName: name }));
    await untilDelivered(request.id, dev);
    expect(await cluster.find({ apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster", namespace: "team-payments", name })).toBeNull();
    await expect.poll(async () => (await db.read.requests.listHolding()).length, { timeout: 60_000, interval: 1_000 }).toBe(0);
  });
});

async function ask(kind: string, input: JsonObject): Promise<RequestView> {
  return submitRequest.execute({ kind, team: payments, purpose: "The engine against a real API server", input }, as(dev));
}

/** Everybody who may decides until no slot is open. */
async function decide(request: RequestView): Promise<RequestView> {
  let current = request;
  for (const voter of [...admins, lead]) {
    const { can } = await getRequest.execute({ id: request.id }, as(voter));
    if (can.approve.allowed) current = await approveRequest.execute({ id: request.id, contentHash: request.contentHash }, as(voter));
  }
  return current;
}

async function untilDelivered(id: string, reader: Person): Promise<RequestView> {
  const until = Date.now() + 120_000;
  for (;;) {
    const request = await getRequest.execute({ id }, as(reader));
    if (request.state === "delivered") return request;
    if (request.state === "failed" || Date.now() > until)
      fail(`${id} is ${request.state}: ${JSON.stringify(request.failure ?? request.steps)}`);
    await sleep(300);
  }
}

async function person(subject: string, globalRoles: readonly GlobalRole[], role?: TeamRole): Promise<Person> {
  const user = await db.read.people.upsertUser({ issuer: "https://issuer.example", subject, name: subject, email: null });
  const memberships = role === undefined ? [] : [{ teamId: payments, role }];
  await db.read.people.replaceIdpRights(user.id, { globalRoles, memberships });
  return {
    type: "person",
    userId: user.id,
    issuer: "https://issuer.example",
    subject,
    name: subject,
    globalRoles,
    memberships,
    via: { door: "session", sessionId: SessionId.parse(user.id), endsAt: new Date(Date.now() + 3_600_000) },
  };
}

function fail(why: string): never {
  throw new Error(why);
}
