import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PortalError } from "../../domain/portal-error.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { clusterRef, identityRef } from "../../manifests/clusters/cluster-ref.ts";
import { BLUEPRINT_IDS, exampleInput } from "../../manifests/clusters/testing.ts";
import { planRequest } from "../requests/plan-request.ts";
import { getBlueprint } from "./get-blueprint.ts";
import { createWorld, payments, shop, type World } from "./testing/world.ts";

let world: World;
let dev: Person;
let admin: Person;
let adminTwo: Person;

beforeEach(async () => {
  world = await createWorld({ quota: 2 });
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
  adminTwo = await world.person("admin-two", { globalRoles: ["platform-admin"] });
});
afterEach(() => world.close());

const CLUSTER = clusterRef("team-payments", "checkout");

async function refusal(
  run: Promise<unknown>,
): Promise<{ readonly code: string; readonly key: string; readonly fields: readonly string[] }> {
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PortalError)) throw new Error(`refused expected, got ${String(error)}`);
  return { code: error.code, key: error.key, fields: error.fields.map(({ path, key }) => `${path} ${key}`) };
}

describe("cluster.create", () => {
  it.each(BLUEPRINT_IDS)("accepts and delivers the example of %s with only its name replaced", async (id) => {
    const { example } = await getBlueprint.execute({ id }, world.as(dev));
    const request = await world.ask(dev, "cluster.create", { ...example, name: "checkout" });
    await world.approve(admin, request);
    if (id === "eks-private") await world.approve(adminTwo, request);
    await world.deliver();
    const cluster = await world.kube.find(CLUSTER);
    expect(cluster?.metadata["annotations"]).toMatchObject({
      "trellis.internal/request": request.id,
      "trellis.internal/content-hash": request.contentHash,
      "trellis.internal/blueprint": `${id}@1`,
    });
    expect(world.clusters.find("team-payments", "checkout")).toMatchObject({
      team: "payments",
      managed: true,
      pools: [{ desired: id === "eks-small" ? 2 : 3 }],
    });
  });

  it("shows cost, quota and advice beside the plan, outside the hash", async () => {
    const plan = await planRequest.execute(
      { kind: "cluster.create", team: payments, purpose: "Only looking at a plan", input: exampleInput("eks-small") },
      world.as(dev),
    );
    expect(plan.notes.quota).toEqual({ unit: "clusters", limit: 2, used: 0, adds: 1, left: 1 });
    // 73 control plane, 2 × t3.large at 35 %, 80 GiB, 2 NAT gateways.
    expect(plan.notes.cost).toMatchObject({ monthly: 73 + 56.21 + 7.68 + 87.6 });
    expect(plan.notes.advice).toMatchObject({ recommendation: "cluster", blueprint: "eks-small" });
    expect(plan.notes.warnings).toContainEqual({ messageKey: "clusters.warning.eksUnchecked", values: { account: "payments-prod" } });
  });

  it("refuses a name that an open request holds, an object has, or the same request twice", async () => {
    await world.askFor(dev);
    expect(await refusal(world.askFor(dev))).toEqual({
      code: "CONFLICT",
      key: "clusters.nameReserved",
      fields: ["input.name clusters.field.nameReserved"],
    });
    world.plant("orders");
    expect(await refusal(world.askFor(dev, { name: "orders" }))).toEqual({
      code: "CONFLICT",
      key: "clusters.nameTaken",
      fields: ["input.name clusters.field.nameTaken"],
    });
  });

  it("refuses at the quota: reserved clusters and observed ones count", async () => {
    world.plant("one");
    const request = await world.askFor(dev, { name: "two" });
    await world.approve(admin, request);
    expect(await refusal(world.askFor(dev, { name: "three" }))).toMatchObject({ code: "PRECONDITION", key: "clusters.quota" });
    await world.deliver();
    expect(await refusal(world.askFor(dev, { name: "three" }))).toMatchObject({ code: "PRECONDITION", key: "clusters.quota" });
  });

  it("asks the quota again at approval", async () => {
    const [first, second, third] = [
      await world.askFor(dev, { name: "one" }),
      await world.askFor(dev, { name: "two" }),
      await world.askFor(dev, { name: "three" }),
    ];
    await world.approve(admin, first);
    await world.approve(admin, second);
    expect(await refusal(world.approve(admin, third))).toMatchObject({ code: "PRECONDITION", key: "clusters.quota" });
  });

  it("refuses an account of others like one that does not exist", async () => {
    const seller = await world.person("seller", { teams: [[shop, "developer"]] });
    const foreign = await refusal(world.ask(seller, "cluster.create", exampleInput("eks-small"), shop));
    const absent = await refusal(world.ask(seller, "cluster.create", { ...exampleInput("eks-small"), account: "nowhere" }, shop));
    expect(foreign).toEqual({ code: "INVALID", key: "clusters.refused", fields: ["input.account clusters.field.accountUnknown"] });
    expect(absent).toEqual(foreign);
  });

  it("refuses approval when the blueprint was withdrawn meanwhile, and a new request too", async () => {
    const request = await world.askFor(dev);
    await world.seed(["eks-small"]);
    // Applying a bootstrap file takes rights back that it does not give.
    admin = await world.person("admin", { globalRoles: ["platform-admin"] });
    dev = await world.person("dev", { teams: [[payments, "developer"]] });
    expect(await refusal(world.approve(admin, request))).toMatchObject({ code: "PRECONDITION", key: "clusters.blueprintWithdrawn" });
    // The engine looks at the blueprint of a new request before the kind does.
    expect(await refusal(world.askFor(dev, { name: "other" }))).toMatchObject({
      code: "PRECONDITION",
      key: expect.stringMatching(/blueprintWithdrawn$/),
    });
  });

  it("refuses while the team's identity does not allow its namespace", async () => {
    world.kube.removeNow(identityRef("team-payments", "payments-prod"));
    expect(await refusal(world.askFor(dev))).toMatchObject({ code: "PRECONDITION", key: "clusters.identityMissing" });
  });

  it("refuses approval when somebody else made an object of that name meanwhile", async () => {
    const request = await world.askFor(dev);
    world.plant("checkout");
    expect(await refusal(world.approve(admin, request))).toMatchObject({ code: "CONFLICT", key: "clusters.nameTaken" });
  });

  it("names field and rule of every wrong value at once", async () => {
    const pool = { name: "general", instanceType: "m1.small", capacityType: "spot" as const, min: 5, max: 3, desired: 4, diskSizeGiB: 40 };
    const answer = await refusal(
      world.askFor(dev, { kubernetesVersion: "1.99", network: { mode: "managed", cidr: "8.8.0.0/16" }, pools: [pool, pool] }),
    );
    expect(answer.fields).toEqual([
      "input.kubernetesVersion clusters.field.notOffered",
      "input.network.cidr clusters.field.cidrNotPrivate",
      "input.pools.0.instanceType clusters.field.notOffered",
      "input.pools.0.max clusters.field.scalingCrossed",
      "input.pools.1.name clusters.field.duplicate",
      "input.pools.1.instanceType clusters.field.notOffered",
      "input.pools.1.max clusters.field.scalingCrossed",
    ]);
  });

  it("says UNAVAILABLE when the management cluster does not answer, and stores nothing", async () => {
    world.kube.down();
    expect(await refusal(world.askFor(dev))).toMatchObject({ code: "UNAVAILABLE" });
    world.kube.up();
    await expect(world.askFor(dev)).resolves.toMatchObject({ state: "waiting" });
  });
});

describe("cluster.delete", () => {
  const input = { namespace: "team-payments", name: "checkout", typedName: "checkout" };

  it("deletes the Cluster after approval, announced by its annotation, and waits until it is gone", async () => {
    world.plant("checkout");
    world.kube.patchAs("capi", CLUSTER, { metadata: { finalizers: ["cluster.cluster.x-k8s.io"] } });
    const request = await world.ask(dev, "cluster.delete", input);
    await world.approve(admin, request);
    await world.deliver();
    const going = await world.kube.find(CLUSTER);
    expect(going?.metadata["deletionTimestamp"]).toBeDefined();
    expect(going?.metadata["annotations"]).toMatchObject({ "trellis.internal/delete-request": request.id });
    world.kube.removeNow(CLUSTER);
    world.advance(60_000);
    await world.deliver();
    expect((await world.db.read.requests.list({}, { cursor: null, limit: 10 })).items[0]).toMatchObject({ state: "delivered" });
  });

  it("refuses a name that was not typed exactly", async () => {
    world.plant("checkout");
    expect(await refusal(world.ask(dev, "cluster.delete", { ...input, typedName: "check" }))).toMatchObject({
      code: "INVALID",
      fields: ["input.typedName clusters.field.typedName"],
    });
  });

  it("refuses another team's cluster like one that does not exist", async () => {
    world.plant("web", { namespace: "team-shop" });
    const foreign = await refusal(world.ask(dev, "cluster.delete", { namespace: "team-shop", name: "web", typedName: "web" }));
    const absent = await refusal(world.ask(dev, "cluster.delete", { ...input, name: "nothing", typedName: "nothing" }));
    expect(foreign).toEqual(absent);
    expect(foreign).toMatchObject({ code: "NOT_FOUND", key: "notFound" });
  });

  it("refuses approval when the Cluster is no longer what was planned", async () => {
    world.plant("checkout");
    const request = await world.ask(dev, "cluster.delete", input);
    world.kube.applyAs("kubectl", { ...CLUSTER_SHAPE, spec: { clusterNetwork: { services: { cidrBlocks: ["10.0.0.0/16"] } } } });
    expect(await refusal(world.approve(admin, request))).toMatchObject({ code: "CONFLICT", key: "clusters.changedSince" });
  });

  it("leaves alone what Trellis did not make", async () => {
    world.kube.applyAs("kubectl", { ...CLUSTER_SHAPE, spec: { paused: true } });
    expect(await refusal(world.ask(dev, "cluster.delete", input))).toMatchObject({ code: "PRECONDITION", key: "clusters.notManaged" });
  });
});

const CLUSTER_SHAPE = { apiVersion: CLUSTER.apiVersion, kind: CLUSTER.kind, metadata: { namespace: "team-payments", name: "checkout" } };
