import { createTestDatabase } from "../../../adapters/database/testing.ts";
import { createFakeKubernetes } from "../../../adapters/kubernetes/fake.ts";
import { createFakeLog, createFakeMetrics } from "../../../adapters/telemetry/fake.ts";
import type { CreateClusterInput } from "../../../domain/clusters/create-cluster-input.ts";
import { identityNameOf } from "../../../domain/clusters/identity-name.ts";
import { SessionId, TeamId } from "../../../domain/ids.ts";
import { JsonObject } from "../../../domain/json.ts";
import type { KubeObject } from "../../../domain/requests/plan.ts";
import type { RequestView } from "../../../domain/requests/request-view.ts";
import type { GlobalRole, Person, SystemActor, TeamRole } from "../../../domain/tenancy/actor.ts";
import { NO_PLACES } from "../../../domain/topology/places.ts";
import { buildClusterObjects } from "../../../manifests/clusters/build-cluster-objects.ts";
import { BLUEPRINT_IDS, clusterToBuild, exampleInput, seedBlueprint, TEST_ACCOUNT } from "../../../manifests/clusters/testing.ts";
import { withProvenance } from "../../../manifests/provenance.ts";
import { createClusterIndex } from "../../../read-models/clusters/create-cluster-index.ts";
import { createFactStore } from "../../../read-models/routes/create-fact-store.ts";
import { createRouteIndex } from "../../../read-models/routes/create-route-index.ts";
import { createTopologyIndex } from "../../../read-models/topology/create-topology-index.ts";
import type { Context } from "../../context.ts";
import { approveRequest } from "../../requests/approve-request.ts";
import { claimStep, deliverStep } from "../../requests/deliver-step.ts";
import type { ImpactOf } from "../../requests/impact-of.ts";
import { requestKind, requestKindsOf } from "../../requests/request-kinds.ts";
import { submitRequest } from "../../requests/submit-request.ts";
import { noRoutes } from "../../requests/testing/no-routes.ts";
import { createClusterKind } from "../create-cluster-kind.ts";
import { deleteClusterKind } from "../delete-cluster-kind.ts";

export const payments = TeamId.parse("payments");
export const shop = TeamId.parse("shop");
const ISSUER = "https://issuer.example";
const PURPOSE = "A cluster for the test of the feature";

export type Rights = { readonly globalRoles?: readonly GlobalRole[]; readonly teams?: readonly (readonly [TeamId, TeamRole])[] };
export type World = Awaited<ReturnType<typeof createWorld>>;

/** Prices of two types only: the third is unknown on purpose. */
const PRICES: JsonObject = {
  asOf: "2026-11-01",
  controlPlaneHour: 0.1,
  natGatewayHour: 0.06,
  gp3GiBMonth: 0.096,
  spotFactor: 0.35,
  instances: { "m7i.large": { hour: 0.13, vcpu: 2, memoryGiB: 8 }, "t3.large": { hour: 0.11, vcpu: 2, memoryGiB: 8 } },
};

const NO_NETWORKS = { lattice: [], serviceNetworks: [] };

/** A whole installation: real PGlite, fake Kubernetes, the real index and engine, the seed's blueprints, two teams. */
export async function createWorld(options: { readonly quota?: number; readonly impactOf?: ImpactOf } = {}) {
  let now = new Date("2026-11-22T09:00:00.000Z");
  const clock = { now: () => now };
  const db = await createTestDatabase({ clock });
  const kube = createFakeKubernetes({ clock });
  const log = createFakeLog();
  const clusters = createClusterIndex({ kube, clock, log });
  const facts = createFactStore({ clock, log, metrics: createFakeMetrics() });
  const routes = createRouteIndex({ kube, facts, clusters, networking: () => NO_NETWORKS, clock, log });
  const topology = createTopologyIndex({ kube, clusters, routes, facts, places: () => NO_PLACES, clock, log });
  const base: Omit<Context, "actor"> = {
    signal: new AbortController().signal,
    clock,
    db,
    kube,
    lattice: noRoutes.lattice,
    impactOf: options.impactOf ?? noRoutes.impactOf,
    facts,
    topology,
    routes,
    clusters,
    kinds: requestKindsOf([requestKind(createClusterKind), requestKind(deleteClusterKind)]),
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
  const seed = async (withdrawn: readonly string[] = []) => {
    const { id, awsAccountId, region, roleArn, externalId: _externalId, teams, ...data } = TEST_ACCOUNT;
    await db.transaction((tx) =>
      tx.tenancy.applyBootstrap({
        teams: [payments, shop].map((team) => ({ id: team, description: team, clusterQuota: options.quota ?? 20 })),
        mappings: [],
        accounts: [{ id, awsAccountId, region, roleArn, externalId: null, teams, data: JsonObject.parse(data) }],
        policies: [
          { name: "one-platform-admin", slots: [{ id: "platform", role: "platform-admin" }] },
          {
            name: "two-platform-admins",
            slots: [
              { id: "platform-1", role: "platform-admin" },
              { id: "platform-2", role: "platform-admin" },
            ],
          },
        ],
        blueprints: BLUEPRINT_IDS.map((blueprint) => {
          const { version, policy, data: blueprintData } = seedBlueprint(blueprint);
          return {
            id: blueprint,
            version,
            data: JsonObject.parse(blueprintData),
            policyName: policy,
            withdrawn: withdrawn.includes(blueprint),
          };
        }),
        prices: PRICES,
        networking: {},
        kindPolicies: { "cluster.delete": "one-platform-admin" },
        tokens: [],
      }),
    );
  };
  await seed();
  for (const team of [payments, shop]) for (const object of tenancyObjects(`team-${team}`)) kube.applyAs("setup", object);

  const as = (actor: Person | SystemActor): Context => ({ ...base, actor });

  async function person(name: string, rights: Rights = {}): Promise<Person> {
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

  const ask = (actor: Person, kind: string, input: unknown, team: TeamId = payments): Promise<RequestView> =>
    submitRequest.execute({ kind, team, purpose: PURPOSE, input }, as(actor));

  return {
    db,
    kube,
    clusters,
    log,
    as,
    person,
    seed,
    ask,
    askFor: (actor: Person, change: Partial<CreateClusterInput> = {}) =>
      ask(actor, "cluster.create", { ...exampleInput("eks-small"), ...change }),
    approve: (actor: Person, request: { readonly id: string; readonly contentHash: string }) =>
      approveRequest.execute({ id: request.id, contentHash: request.contentHash }, as(actor)),
    /** Delivers what is due now; returns how many attempts that took. */
    async deliver(): Promise<number> {
      const ctx = as({ type: "system", name: "delivery" });
      for (let attempts = 0; ; attempts += 1) {
        const claim = await claimStep(ctx, "test");
        if (claim === null) return attempts;
        await deliverStep(ctx, claim);
      }
    },
    /** Puts a whole cluster on the API server, as an earlier request would have. */
    plant(name: string, change: { readonly namespace?: string; readonly visibility?: "team" | "organisation" } = {}): void {
      const namespace = change.namespace ?? "team-payments";
      const build = { ...clusterToBuild("eks-small", name), namespace, team: namespace.slice("team-".length) };
      const input = { ...build.input, visibility: change.visibility ?? build.input.visibility };
      for (const object of buildClusterObjects({ ...build, input }))
        kube.applyAs("trellis", withProvenance(object, { requestId: "R-999", contentHash: "0".repeat(64) }));
    },
    advance(ms: number): void {
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

/** What the tenancy bootstrap makes for a team. */
function tenancyObjects(namespace: string): KubeObject[] {
  const identity = identityNameOf(namespace, TEST_ACCOUNT.id);
  return [
    object("v1", "Namespace", namespace, {}),
    object("infrastructure.cluster.x-k8s.io/v1beta2", "AWSClusterRoleIdentity", identity, {
      roleARN: TEST_ACCOUNT.roleArn,
      allowedNamespaces: { list: [namespace] },
    }),
  ];
}

function object(version: string, kind: string, name: string, spec: JsonObject): KubeObject {
  // eslint-disable-next-line no-restricted-syntax -- objects that another part of the product writes, as tests set them up
  return { apiVersion: version, kind, metadata: { name }, spec };
}
