import type { DatabasePort } from "../../../adapters/database/port.ts";
import { createEmptyPostgres, createRawPostgres, createTestDatabase } from "../../../adapters/database/testing.ts";
import { createFakeKubernetes, type FakeKubernetes } from "../../../adapters/kubernetes/fake.ts";
import type { KubernetesPort } from "../../../adapters/kubernetes/port.ts";
import { createFakeLog, createFakeMetrics } from "../../../adapters/telemetry/fake.ts";
import type { ObservedCluster } from "../../../domain/clusters/observed-cluster.ts";
import { SessionId, TeamId } from "../../../domain/ids.ts";
import { KubeObject } from "../../../domain/requests/plan.ts";
import type { RequestView } from "../../../domain/requests/request-view.ts";
import type { GlobalRole, Person, SystemActor, TeamRole } from "../../../domain/tenancy/actor.ts";
import type { ClusterIndex } from "../../../read-models/clusters/cluster-index.ts";
import type { Context } from "../../context.ts";
import { approveRequest } from "../approve-request.ts";
import { claimStep, deliverStep } from "../deliver-step.ts";
import { requestKindsOf } from "../request-kinds.ts";
import { submitRequest } from "../submit-request.ts";
import { noRoutes } from "./no-routes.ts";
import { NOTE_KINDS, type NoteInput } from "./note-kinds.ts";

export const payments = TeamId.parse("payments");
export const shop = TeamId.parse("shop");
const ISSUER = "https://issuer.example";
export const PURPOSE = "A note for the test of the engine";

export type Rights = { readonly globalRoles?: readonly GlobalRole[]; readonly teams?: readonly (readonly [TeamId, TeamRole])[] };
export type World = Awaited<ReturnType<typeof createWorld>>;

/** A whole installation for use-case tests: real PGlite (or the given database), fake Kubernetes (or the given one), two teams, four policies, note kinds. */
export async function createWorld(
  options: {
    readonly db?: DatabasePort;
    /** A PostgreSQL server: the world gets a database of its own there and drops it on close. */
    readonly postgresUrl?: string;
    readonly kube?: KubernetesPort;
    readonly quota?: number;
    readonly leaseMs?: number;
    readonly realTime?: boolean;
  } = {},
) {
  let now = new Date("2026-11-22T09:00:00.000Z");
  const clock = { now: () => (options.realTime === true ? new Date() : now) };
  const own = options.postgresUrl === undefined ? null : await createEmptyPostgres(options.postgresUrl);
  const db = options.db ?? (own === null ? await createTestDatabase({ clock }) : (await createRawPostgres(own.url, { clock })).database);
  const fake: FakeKubernetes = createFakeKubernetes({ clock });
  const observed: ObservedCluster[] = [];
  const log = createFakeLog();
  let wakes = 0;
  const base: Omit<Context, "actor"> = {
    signal: new AbortController().signal,
    clock,
    db,
    kube: options.kube ?? fake,
    ...noRoutes,
    clusters: indexOver(observed),
    kinds: requestKindsOf(NOTE_KINDS),
    settings: {
      installationId: "test",
      baseUrl: "http://localhost:3000",
      requestTtlDays: 7,
      deliveryLeaseMs: options.leaseMs ?? 30_000,
      kubernetesUser: "trellis",
    },
    log,
    metrics: createFakeMetrics(),
    wakeDelivery: () => {
      wakes += 1;
    },
    randomId: () => crypto.randomUUID(),
  };
  await seed(db, options.quota ?? 20);
  for (const team of [payments, shop]) fake.applyAs("setup", namespaceObject(`team-${team}`));

  const as = (actor: Person | SystemActor): Context => ({ ...base, actor });
  const system = (name: SystemActor["name"]): Context => as({ type: "system", name });

  /** Signs somebody in: the row of the database is the truth, the actor only what she was when she came. */
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
      via: { door: "session", sessionId: sessionIdOf(user.id), endsAt: new Date(now.getTime() + 3_600_000) },
    };
  }

  const submit = async (actor: Person, input: Partial<NoteInput> & { readonly name: string }, kind = "note.write"): Promise<RequestView> =>
    submitRequest.execute(
      { kind, team: payments, purpose: PURPOSE, input: { namespace: "team-payments", text: "hello", ...input } },
      as(actor),
    );
  const approve = async (actor: Person, request: { readonly id: string; readonly contentHash: string }): Promise<RequestView> =>
    approveRequest.execute({ id: request.id, contentHash: request.contentHash }, as(actor));

  /** Delivers what is due now, one step after the other. Returns how many attempts that took. */
  async function deliver(): Promise<number> {
    const ctx = system("delivery");
    for (let attempts = 0; ; attempts += 1) {
      const claim = await claimStep(ctx, "test");
      if (claim === null) return attempts;
      await deliverStep(ctx, claim);
    }
  }

  return {
    db,
    kube: fake,
    log,
    observed,
    as,
    system,
    person,
    submit,
    approve,
    deliver,
    now: () => clock.now(),
    wakes: () => wakes,
    advance: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    close: async () => {
      await db.close();
      await own?.drop();
    },
  };
}

async function seed(db: DatabasePort, quota: number): Promise<void> {
  await db.transaction((tx) =>
    tx.tenancy.applyBootstrap({
      teams: [
        { id: payments, description: "Payments", clusterQuota: quota },
        { id: shop, description: "Shop", clusterQuota: quota },
      ],
      mappings: [],
      accounts: [],
      policies: [
        { name: "one-admin", slots: [{ id: "platform", role: "platform-admin" }] },
        {
          name: "admin-and-lead",
          slots: [
            { id: "platform", role: "platform-admin" },
            { id: "lead", role: "team-lead", team: "payments" },
          ],
        },
        {
          name: "lead-then-admin",
          slots: [
            { id: "lead", role: "team-lead", team: "payments" },
            { id: "platform", role: "platform-admin", after: "lead" },
          ],
        },
        { name: "bootstrap", slots: [] },
      ],
      blueprints: [],
      prices: {},
      networking: {},
      kindPolicies: {
        "note.write": "one-admin",
        "note.delete": "admin-and-lead",
        "system.note": "bootstrap",
        "note.prove": "one-admin",
        "note.end": "one-admin",
        "note.ask": "lead-then-admin",
      },
      tokens: [],
    }),
  );
}

function namespaceObject(name: string): KubeObject {
  return KubeObject.parse(JSON.parse(`{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"${name}"}}`));
}

function sessionIdOf(userId: string) {
  return SessionId.parse(userId);
}

function indexOver(observed: readonly ObservedCluster[]): ClusterIndex {
  const keyOf = (cluster: ObservedCluster) => `${cluster.managementCluster}/${cluster.namespace}/${cluster.name}`;
  return {
    get: (key) => observed.find((cluster) => keyOf(cluster) === key),
    find: (namespace, name) => observed.find((cluster) => cluster.namespace === namespace && cluster.name === name),
    values: () => observed.values(),
    row: () => undefined,
    version: () => 0,
    subscribe: () => () => undefined,
  };
}
