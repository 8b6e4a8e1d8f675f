import type { RequestRecord } from "../../../adapters/database/port.ts";
import { createTestDatabase } from "../../../adapters/database/testing.ts";
import { createFakeKubernetes } from "../../../adapters/kubernetes/fake.ts";
import type { LatticePort } from "../../../adapters/lattice/port.ts";
import { createFakeLog, createFakeMetrics } from "../../../adapters/telemetry/fake.ts";
import { SessionId, TeamId } from "../../../domain/ids.ts";
import { JsonObject } from "../../../domain/json.ts";
import { canonicalJson } from "../../../domain/requests/canonical-json.ts";
import { hashOfJson } from "../../../domain/requests/content-hash.ts";
import type { KubeObject } from "../../../domain/requests/plan.ts";
import { activeTargetKey } from "../../../domain/requests/request.ts";
import type { GlobalRole, Person, SystemActor, TeamRole } from "../../../domain/tenancy/actor.ts";
import { createClusterIndex } from "../../../read-models/clusters/create-cluster-index.ts";
import { createFactStore } from "../../../read-models/routes/create-fact-store.ts";
import { createRouteIndex } from "../../../read-models/routes/create-route-index.ts";
import { ACCOUNT, createRouteFleet, NETWORKING } from "../../../read-models/routes/testing.ts";
import { createTopologyIndex } from "../../../read-models/topology/create-topology-index.ts";
import type { Context } from "../../context.ts";
import type { ImpactOf } from "../../requests/impact-of.ts";
import type { RequestKind } from "../../requests/request-kind.ts";
import { requestKindsOf } from "../../requests/request-kinds.ts";
import { noRoutes } from "../../requests/testing/no-routes.ts";

export const payments = TeamId.parse("payments");
export const shop = TeamId.parse("shop");
const ISSUER = "https://issuer.example";

export type RouteWorld = Awaited<ReturnType<typeof createRouteWorld>>;

/** An installation with one service network for reading routes: real PGlite, fake Kubernetes, the real index and fact store; Lattice is what `fleet` says. */
type Options = { readonly lattice?: LatticePort; readonly kinds?: readonly RequestKind[]; readonly impactOf?: ImpactOf };

export async function createRouteWorld(options: Options = {}) {
  let now = new Date("2026-11-22T09:00:00.000Z");
  const clock = { now: () => now };
  const db = await createTestDatabase({ clock });
  const kube = createFakeKubernetes({ clock });
  const log = createFakeLog();
  const clusters = createClusterIndex({ kube, clock, log });
  const facts = createFactStore({ clock, log, metrics: createFakeMetrics() });
  const routes = createRouteIndex({ kube, facts, clusters, networking: () => NETWORKING, clock, log });
  const places = {
    networking: NETWORKING,
    accounts: [{ id: ACCOUNT, awsAccountId: "333344445555", region: "ap-northeast-1", teams: [payments, shop], vpcs: [] }],
  };
  const topology = createTopologyIndex({ kube, clusters, routes, facts, places: () => places, clock, log });
  const fleet = createRouteFleet({ kube, facts, clock });
  const base: Omit<Context, "actor"> = {
    lattice: options.lattice ?? noRoutes.lattice,
    impactOf: options.impactOf ?? noRoutes.impactOf,
    signal: new AbortController().signal,
    clock,
    db,
    kube,
    clusters,
    facts,
    topology,
    routes,
    kinds: requestKindsOf(options.kinds ?? []),
    settings: {
      installationId: "test",
      baseUrl: "http://localhost:3000",
      requestTtlDays: 7,
      deliveryLeaseMs: 30_000,
      kubernetesUser: "trellis",
    },
    log,
    metrics: createFakeMetrics(),
    wakeDelivery: () => undefined,
    randomId: () => crypto.randomUUID(),
  };
  const as = (actor: Person | SystemActor): Context => ({ ...base, actor });

  await db.transaction((tx) =>
    tx.tenancy.applyBootstrap({
      teams: [payments, shop].map((id) => ({ id, description: id, clusterQuota: 5 })),
      mappings: [],
      accounts: [
        {
          id: ACCOUNT,
          awsAccountId: "333344445555",
          region: "ap-northeast-1",
          roleArn: "arn:aws:iam::333344445555:role/capa",
          externalId: null,
          teams: [payments, shop],
          data: {},
        },
      ],
      policies: [
        {
          name: "lead-then-admin",
          slots: [
            { id: "lead", role: "team-lead" },
            { id: "platform", role: "platform-admin", after: "lead" },
          ],
        },
        { name: "lead", slots: [{ id: "lead", role: "team-lead" }] },
      ],
      blueprints: [],
      prices: {},
      networking: JsonObject.parse(NETWORKING),
      kindPolicies: { "route.create": "lead-then-admin", "route.change": "lead-then-admin", "route.delete": "lead" },
      tokens: [],
    }),
  );
  for (const team of [payments, shop]) kube.applyAs("setup", namespaceObject(`team-${team}`));
  fleet.platform();

  async function person(
    name: string,
    rights: { readonly globalRoles?: readonly GlobalRole[]; readonly teams?: readonly (readonly [TeamId, TeamRole])[] } = {},
  ): Promise<Person> {
    const user = await db.read.people.upsertUser({ issuer: ISSUER, subject: name, name, email: null });
    const memberships = (rights.teams ?? []).map(([teamId, role]) => ({ teamId, role }));
    await db.read.people.replaceIdpRights(user.id, { globalRoles: rights.globalRoles ?? [], memberships });
    return {
      type: "person",
      userId: user.id,
      issuer: ISSUER,
      subject: name,
      name,
      globalRoles: rights.globalRoles ?? [],
      memberships,
      via: { door: "session", sessionId: SessionId.parse(user.id), endsAt: new Date(now.getTime() + 3_600_000) },
    };
  }

  /** A request about a route as the engine would have stored it. */
  async function remember(
    request: Partial<RequestRecord> & Pick<RequestRecord, "kind"> & { readonly name: string },
  ): Promise<RequestRecord> {
    const { name, ...more } = request;
    const target = { managementCluster: "mgmt-local", namespace: "team-payments", name };
    const plan = { v: 1, kind: request.kind, target, destinations: [], steps: [], blueprintVersion: null };
    const planBytes = canonicalJson(plan);
    const contentHash = await hashOfJson(plan);
    const stored = await db.transaction((tx) =>
      tx.requests.insert({
        teamId: payments,
        revision: 1,
        purpose: "A route for the test of the feature",
        input: {},
        target,
        contentHash,
        planBytes,
        admitted: [],
        notes: {},
        policyName: "p",
        slots: [],
        blueprintVersion: null,
        requesterId: null,
        visibility: "team",
        submittedAt: now,
        expiresAt: new Date(now.getTime() + 86_400_000),
        reservedName: null,
        reservedAwsName: null,
        reservedKeys: [],
        askingTeamId: null,
        ...more,
        state: "waiting",
      }),
    );
    if (more.state !== "delivered") return stored;
    for (const state of ["approved", "delivering", "delivered"] as const)
      await db.transaction((tx) =>
        tx.requests.update(
          stored.id,
          state === "delivered"
            ? { state, activeTargetKey: null, endedAt: now }
            : { state, activeTargetKey: activeTargetKey(request.kind, target) },
          now,
        ),
      );
    return stored;
  }

  return {
    db,
    kube,
    clusters,
    facts,
    topology,
    routes,
    fleet,
    as,
    system: (): Context => as({ type: "system", name: "status-history" }),
    person,
    remember,
    /** The fake's watches speak a moment after the write. */
    settle: () => new Promise<void>((resolve) => setImmediate(resolve)),
    advance: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    now: () => now,
    async close(): Promise<void> {
      topology.close();
      routes.close();
      clusters.close();
      await db.close();
    },
  };
}

function namespaceObject(name: string): KubeObject {
  // eslint-disable-next-line no-restricted-syntax -- objects that others write, as tests set them up
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
