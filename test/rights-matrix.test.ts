import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortalError } from "../lib/domain/portal-error.ts";
import type { RequestView } from "../lib/domain/requests/request-view.ts";
import type { Actor, SystemActor } from "../lib/domain/tenancy/actor.ts";
import { holds, PERMISSIONS, type PermissionName, type Scope, verdict } from "../lib/domain/tenancy/permissions.ts";
import { exampleInput } from "../lib/manifests/clusters/testing.ts";
import { showError } from "../lib/server/show-error.ts";
import { translatorOf } from "../lib/server/translate.ts";
import { COMMANDS, QUERIES, TOPICS } from "../lib/server/verbs.ts";
import { payments } from "../lib/services/clusters/testing/world.ts";
import { createMatrixWorld, type MatrixWorld, PEOPLE, type PersonName, type RequestIn } from "./rights-matrix-world.ts";

type Verb = (typeof COMMANDS)[number] | (typeof QUERIES)[number] | (typeof TOPICS)[number];
type ActorName = PersonName | "wall" | "system";

/** One verb with an input that names something of the team payments (or nothing in particular), and one that names what is not there. */
type Row = {
  readonly input: (world: MatrixWorld, actor: Actor) => unknown;
  readonly absent?: (input: never) => unknown;
  readonly of: "installation" | "payments";
  /** Who may not even know of it, beyond what the permission table says. */
  readonly hiddenFrom?: readonly ActorName[];
  /** Refusals beyond rights that this input runs into, by key. */
  readonly but?: Partial<Record<ActorName, string>>;
  /** Takes away what later rows need: the world is made anew afterwards. */
  readonly spoilsWorld?: true;
};

const OUTSIDERS: readonly ActorName[] = ["stranger", "viewer", "otherTeam", "wall", "system"];
const NO_REQUEST = "R-999999";
const NO_CLUSTER = { namespace: "team-payments", name: "nowhere" };
const ORDERS = { namespace: "team-payments", name: "orders" };
const NO_SESSION = "00000000-0000-4000-8000-000000000000";
const PURPOSE = "Walking the rights matrix";
const NO_ANSWER = "kubernetes.tenantUnreachable";
const NOT_UP = "clusters.notConnectable";
const anything: Row = { of: "installation", input: () => ({}) };
const whole = (name: string) => ({ ...exampleInput("eks-small"), name });
const request = (state: RequestIn, more: (request: RequestView) => object = () => ({})): Pick<Row, "of" | "input" | "absent"> => ({
  of: "payments",
  input: async ({ freshRequest }) => {
    const fresh = await freshRequest(state);
    return { id: fresh.id, ...more(fresh) };
  },
  absent: ({ id: _, ...rest }: { id: string }) => ({ id: NO_REQUEST, ...rest }),
});
const cluster: Pick<Row, "of" | "input" | "absent"> = { of: "payments", input: () => ORDERS, absent: () => NO_CLUSTER };
const route = cluster;
const forTeam = (more: object): Pick<Row, "of" | "input" | "absent"> => ({
  of: "payments",
  input: ({ freshName }) => ({ kind: "cluster.create", team: payments, input: whole(freshName()), ...more }),
  absent: (input: object) => ({ ...input, team: "nobody" }),
});

const ROWS: Readonly<Record<string, Row>> = {
  "command tenancy.applyBootstrap": { of: "installation", input: () => EMPTY_FILE, spoilsWorld: true },
  "command request.approve": { ...request("waiting", ({ contentHash }) => ({ contentHash })), but: { lead: "requests.slotRole" } },
  "command request.comment": request("waiting", () => ({ text: "a word" })),
  "command session.end": { of: "installation", input: (_, actor) => ({ sessionId: actor.type === "person" ? actor.userId : NO_SESSION }) },
  "command request.expire": { of: "installation", input: request("waiting").input, but: { system: "requests.wrongState" } },
  "command cluster.recordTransitions": {
    of: "installation",
    input: ({ now }) => ({
      transitions: [
        {
          objectKind: "Cluster",
          key: "mgmt-local/team-payments/orders",
          uid: "u",
          from: null,
          to: "ready",
          at: now(),
          sentence: { messageKey: "x", values: {} },
        },
      ],
    }),
  },
  "command request.reject": { ...request("waiting", () => ({ reason: "not needed" })), but: { lead: "requests.slotRole" } },
  "command reservation.release": { of: "installation", input: request("waiting").input, but: { system: "requests.objectStillThere" } },
  "command leftovers.remove": anything,
  "command request.resubmit": request("sentBack", ({ target }) => ({ input: whole(target.name) })),
  "command request.retry": request("failed"),
  "command token.revoke": {
    of: "installation",
    input: (_, actor) => ({
      id: actor.type === "person" ? (actor.via.door === "token" ? actor.via.tokenId : `token-${actor.subject}`) : "none",
    }),
  },
  "command request.sendBack": { ...request("waiting", () => ({ comment: "smaller, please" })), but: { lead: "requests.slotRole" } },
  "command audit.signHead": anything,
  "command session.start": {
    of: "installation",
    input: () => ({ issuer: "https://issuer.example", subject: "new", name: "New", email: null, groups: [] }),
  },
  "command request.submit": forTeam({ purpose: PURPOSE }),
  "command request.submitSystem": {
    of: "installation",
    input: () => ({ kind: "tenancy.bootstrap", purpose: PURPOSE, input: { managementCluster: "mgmt-local" } }),
    but: { system: "tenancy.notOurs" },
  },
  "command request.withdraw": request("waiting"),
  "command wallLink.create": { of: "installation", input: ({ freshName }) => ({ name: freshName() }) },
  "command wallLink.exchange": {
    of: "installation",
    input: async ({ freshWallLink }) => ({ ...(await freshWallLink("exchange")), cookieHash: "ab".repeat(32) }),
    spoilsWorld: true,
  },
  "command wallLink.renew": { of: "installation", input: async ({ freshWallLink }) => ({ id: (await freshWallLink("renew")).id }) },
  "command wallLink.revoke": {
    of: "installation",
    input: async ({ freshWallLink }) => ({ id: (await freshWallLink("revoke")).id, reason: "Walking the matrix" }),
  },
  "query audit.export": anything,
  "query audit.list": anything,
  "query audit.verify": anything,
  "query blueprint.get": { of: "installation", input: () => ({ id: "eks-small" }) },
  "query blueprint.list": anything,
  "query cluster.get": { ...cluster, hiddenFrom: OUTSIDERS },
  "query cluster.history": cluster,
  "query cluster.kubeconfig": { ...cluster, but: { developer: NOT_UP, readToken: NOT_UP, lead: NOT_UP, admin: NOT_UP } },
  "query cluster.list": anything,
  "query cluster.manifests": cluster,
  "query directory.get": { ...route, hiddenFrom: OUTSIDERS },
  "query directory.list": anything,
  "query management-cluster.list": anything,
  "query account.list": anything,
  "query policy.list": anything,
  "query prices.get": anything,
  "query team.get": { of: "payments", input: () => ({ id: "payments" }), absent: () => ({ id: "nobody" }) },
  "query team.list": anything,
  "query token.list": anything,
  "query kubeService.list": { ...cluster, but: { developer: NO_ANSWER, readToken: NO_ANSWER, lead: NO_ANSWER } },
  "query network.list": anything,
  "query route.get": { ...route, hiddenFrom: OUTSIDERS },
  "query route.history": route,
  "query route.list": anything,
  "query route.manifests": route,
  "query route.spec": route,
  "query reach.ask": {
    ...route,
    input: () => ({ caller: "role/arn:aws:iam::333344445555:role/cart", service: "team-payments/orders" }),
    absent: () => ({ caller: "role/arn:aws:iam::333344445555:role/cart", service: "team-payments/nowhere" }),
    hiddenFrom: OUTSIDERS,
  },
  "query reach.matrix": { of: "installation", input: () => ({ network: "net-prod" }), hiddenFrom: ["stranger", "viewer", "otherTeam"] },
  "query reach.options": anything,
  "query self.get": anything,
  "query wallLink.list": anything,
  "query request.get": request("waiting"),
  "query request.inbox": anything,
  "query request.list": anything,
  "query topology.impact": {
    of: "installation",
    input: () => ({ node: "management-cluster/mgmt-local" }),
    absent: () => ({ node: "route/mgmt-local/team-payments/nowhere" }),
  },
  "query topology.get": anything,
  "query topology.mermaid": anything,
  "query request.plan": forTeam({}),
  "query requestKind.get": { of: "installation", input: () => ({ kind: "cluster.create" }) },
  "query requestKind.list": anything,
  "topic cluster": { ...cluster, hiddenFrom: OUTSIDERS },
  "topic cluster.list": anything,
  "topic directory": anything,
  "topic inbox": anything,
  "topic request": request("waiting"),
  "topic requests": anything,
  "topic route": { ...route, hiddenFrom: OUTSIDERS },
  "topic route.list": anything,
  "topic topology": anything,
};

const EMPTY_FILE = {
  apiVersion: "trellis.internal/v1",
  teams: [],
  globalRoles: {},
  accounts: [],
  policies: [],
  blueprints: [],
  kindPolicies: {},
  prices: { asOf: "2026-11-01", controlPlaneHour: 0, natGatewayHour: 0, gp3GiBMonth: 0, spotFactor: 0, instances: {} },
};

const VERBS: readonly Verb[] = [...COMMANDS, ...QUERIES, ...TOPICS];
const nameOf = (verb: Verb) => `${verb.type} ${verb.name}`;

type Outcome = { readonly refusal: PortalError | null; readonly rows: readonly string[] };
/** What the table and the row promise for one actor. */
type Promised = { readonly code: "ok" | "FORBIDDEN" | "NOT_FOUND" | "other"; readonly key: string | null };

let world: MatrixWorld;
beforeAll(async () => {
  world = await createMatrixWorld();
});
afterAll(() => world.close());

async function run(verb: Verb, input: unknown, actor: Actor): Promise<Outcome> {
  const before = (await world.db.read.audit.head())?.seq ?? 0;
  const ctx = world.context(actor);
  const done = verb.type === "topic" ? verb.subscribe(input, ctx, () => undefined).then((close) => close()) : verb.execute(input, ctx);
  const refusal: unknown = await done.then(
    () => null,
    (error: unknown) => error,
  );
  if (refusal !== null && !(refusal instanceof PortalError)) throw new Error(`${nameOf(verb)} broke`, { cause: refusal });
  const rows = await world.db.read.audit.after(before, 100);
  return { refusal, rows: rows.map(({ action, outcome }) => `${action} ${outcome}`) };
}

function promised(verb: Verb, row: Row, name: ActorName): Promised {
  const actor = actorOf(name);
  const scope: Scope = row.of === "installation" ? { type: "installation" } : { type: "team", teamId: payments };
  const answer = row.hiddenFrom?.includes(name) === true ? "NOT_FOUND" : verdict(actor, verb.permission, scope);
  if (answer !== "allowed") return { code: answer, key: answer === "FORBIDDEN" ? "forbidden" : "notFound" };
  if (name === "readToken" && verb.type === "command" && verb.permission !== "self.read") return { code: "FORBIDDEN", key: "tokenScope" };
  const key = row.but?.[name];
  return key === undefined ? { code: "ok", key: null } : { code: "other", key };
}

function actorOf(name: ActorName): Actor {
  if (name === "system") return SYSTEM;
  return name === "wall" ? world.wall : world.everybody[name];
}

const SYSTEM: SystemActor = { type: "system", name: "expiry" };
const shown = (error: PortalError | null) =>
  JSON.stringify(showError(error, { translate: translatorOf("en"), log: world.log, ref: "ref", where: "" }));

async function check(verb: Verb, row: Row, name: ActorName): Promise<void> {
  const actor = actorOf(name);
  const promise = promised(verb, row, name);
  const input = await row.input(world, actor);
  const { refusal, rows } = await run(verb, input, actor);
  const about = `${nameOf(verb)} by ${name}`;
  expect([about, refusal?.key ?? null]).toEqual([about, promise.key]);
  if (promise.code !== "other") expect([about, refusal?.code ?? "ok"]).toEqual([about, promise.code]);

  const audited = refusal === null ? "ok" : "refused";
  const leaves = verb.type === "command" && (refusal === null || refusal.code === "FORBIDDEN" || refusal.code === "CONFLICT");
  expect([about, rows]).toEqual([about, leaves ? [`${verb.name} ${audited}`] : []]);

  if (promise.code === "NOT_FOUND" && row.absent !== undefined)
    expect([about, shown(refusal)]).toEqual([about, shown((await run(verb, row.absent(asInput(input)), actor)).refusal)]);
  if (refusal === null && row.spoilsWorld === true) {
    await world.close();
    world = await createMatrixWorld();
  }
}

// A row's `absent` takes what the same row's `input` made.
function asInput(input: unknown): never {
  return input as never;
}

describe("read-only readers", () => {
  const reads = (actor: Actor) => VERBS.filter(({ permission }) => holds(actor, permission, { type: "installation" }));

  it("a screen holds the map and nothing else, in no scope", () => {
    const held = Object.keys(PERMISSIONS).filter((name) =>
      [{ type: "installation" } as const, { type: "team", teamId: payments } as const, { type: "team", teamId: null } as const].some(
        (scope) => holds(world.wall, asPermission(name), scope),
      ),
    );
    expect(held).toEqual(["topology.read"]);
  });

  it("a viewer can run no command but those about her own session and tokens", () => {
    const commands = reads(world.everybody.viewer).flatMap(({ type, name }) => (type === "command" ? [name] : []));
    expect(commands.sort()).toEqual(["session.end", "token.revoke"]);
    const inTeam = COMMANDS.filter(({ permission }) => holds(world.everybody.viewer, permission, { type: "team", teamId: payments }));
    expect(inTeam.map(({ name }) => name).sort()).toEqual(["session.end", "token.revoke"]);
  });

  it("no verb that a viewer may run sees more than a person without any role", () => {
    const { viewer, stranger } = world.everybody;
    expect(reads(viewer).map(nameOf)).toEqual(reads(stranger).map(nameOf));
  });
});

// Safe: the names come from the table itself.
function asPermission(name: string): PermissionName {
  return name as PermissionName;
}

describe("the rights matrix", () => {
  it("has a row for every verb, and no other", () => expect(Object.keys(ROWS).sort()).toEqual(VERBS.map(nameOf).sort()));

  it("walks every verb that there is below lib/services", () => {
    const root = path.resolve(import.meta.dirname, "..");
    const files = globSync("lib/services/*/*.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
    const defined = files.flatMap((file) =>
      [...readFileSync(path.join(root, file), "utf8").matchAll(/= (command|query|topic)\(\{\s*name: "([\w.-]+)"/g)].map(
        ([, type, name]) => `${type} ${name}`,
      ),
    );
    expect(defined.sort()).toEqual(VERBS.map(nameOf).sort());
  });

  it.each(VERBS.map((verb) => [nameOf(verb), verb] as const))("%s", async (name, verb) => {
    const row = ROWS[name];
    if (row === undefined) throw new Error(`no row for ${name}`);
    for (const actor of [...PEOPLE, "wall" as const, "system" as const]) await check(verb, row, actor);
  });
});
