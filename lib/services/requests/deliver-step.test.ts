import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeVerb } from "../../adapters/kubernetes/fake-cluster.ts";
import { RequestId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import type { RequestView } from "../../domain/requests/request-view.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { provenanceOf } from "../../manifests/provenance.ts";
import { claimStep, deliverStep } from "./deliver-step.ts";
import { getRequest } from "./get-request.ts";
import { releaseReservation } from "./release-reservation.ts";
import { retryRequest } from "./retry-request.ts";
import { noteObject, noteRef } from "./testing/note-kinds.ts";
import { createWorld, payments, type World } from "./testing/world.ts";
import { withdrawRequest } from "./withdraw-request.ts";

let world: World;
let dev: Person;
let admin: Person;
let lead: Person;

beforeEach(async () => {
  world = await createWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
  lead = await world.person("lead", { teams: [[payments, "lead"]] });
});
afterEach(() => world.close());

const at = (name: string) => ({ namespace: "team-payments", name });
const ref = (name: string, part = 1) => noteRef(at(name), part);
const read = (request: { readonly id: string }): Promise<RequestView> => getRequest.execute({ id: request.id }, world.as(dev));
const actions = async () =>
  (await world.db.read.audit.after(0, 500)).map(({ action }) => action).filter((action) => action.startsWith("delivery."));
const applies = () => world.kube.calls.filter(({ verb }) => verb === "apply").length;

async function approved(
  name: string,
  more: { readonly text?: string; readonly parts?: number; readonly clusters?: number } = {},
): Promise<RequestView> {
  return world.approve(admin, await world.submit(dev, { name, ...more }));
}

async function removal(name: string): Promise<RequestView> {
  const request = await world.submit(dev, { name }, "note.delete");
  await world.approve(admin, request);
  return world.approve(lead, request);
}

describe("deliverStep: apply", () => {
  it("applies the approved bytes with provenance, in order, and tells every step in the audit", async () => {
    const request = await approved("note", { parts: 2 });
    await world.deliver();
    const live = await world.kube.on("mgmt-local").find(ref("note", 2));
    expect(live).toMatchObject({ data: { text: "hello", part: "2" } });
    expect(live === null ? null : provenanceOf(live)).toEqual({ requestId: request.id, contentHash: request.contentHash });
    expect(await read(request)).toMatchObject({ state: "delivered", steps: [{ state: "done" }, { state: "done" }] });
    expect(await actions()).toEqual(["delivery.start", "delivery.step", "delivery.finish"]);
  });

  it("changes an object that still is what the plan was rendered against", async () => {
    await approved("note").then(world.deliver);
    await world.db.transaction((tx) => tx.requests.update(requestIdOf("R-1001"), { reservedName: null }, world.now()));
    const change = await approved("note", { text: "changed" });
    expect(change.plan).toMatchObject([
      { change: "change", baseYaml: expect.stringContaining("hello"), yaml: expect.stringContaining("changed") },
    ]);
    await world.deliver();
    expect(await world.kube.on("mgmt-local").find(ref("note"))).toMatchObject({ data: { text: "changed" } });
  });

  it("stops when somebody else changed our fields since the approval, and applies nothing", async () => {
    await approved("note").then(world.deliver);
    await world.db.transaction((tx) => tx.requests.update(requestIdOf("R-1001"), { reservedName: null }, world.now()));
    const change = await approved("note", { text: "changed" });
    world.kube.applyAs("kubectl", noteObject({ ...at("note"), text: "mine now", parts: 1, clusters: 0 }, 1));
    await world.deliver();
    expect(await read(change)).toMatchObject({
      state: "failed",
      failure: { code: "CONFLICT", sentence: { messageKey: "errors.requests.delivery.moved" } },
    });
    expect(await world.kube.on("mgmt-local").find(ref("note"))).toMatchObject({ data: { text: "mine now" } });
  });

  it("waits while the API server is away, says so once, and goes on by itself", async () => {
    const request = await approved("note");
    world.kube.down();
    for (let tries = 0; tries < 5; tries += 1) {
      await world.deliver();
      world.advance(10_000);
    }
    expect(await read(request)).toMatchObject({ state: "approved", steps: [{ state: "waiting", problem: { code: "UNAVAILABLE" } }] });
    expect((await actions()).filter((action) => action === "delivery.wait")).toHaveLength(1);
    world.kube.up();
    await world.deliver();
    expect(await read(request)).toMatchObject({ state: "delivered", steps: [{ problem: null }] });
  });

  it("stops at a conflict with another field manager and names it and the field", async () => {
    const request = await approved("note");
    world.kube.refuseNext({ verb: "apply" }, new PortalError("CONFLICT", "kubernetes.conflict", { manager: "argocd", field: "data.text" }));
    await world.deliver();
    expect(await read(request)).toMatchObject({
      state: "failed",
      failure: { code: "CONFLICT", sentence: { values: { manager: "argocd", field: "data.text" } } },
    });
  });

  it("stops at a webhook's refusal and shows its words", async () => {
    const request = await approved("note");
    world.kube.refuseNext({ verb: "dryRun" }, new PortalError("PRECONDITION", "kubernetes.refused", {}, { raw: "denied: text is rude" }));
    await world.deliver();
    expect(await read(request)).toMatchObject({ state: "failed", failure: { code: "PRECONDITION", raw: "denied: text is rude" } });
    expect(applies()).toBe(0);
  });

  it("stops at an object that exists and is not ours", async () => {
    const request = await approved("note");
    world.kube.applyAs("kubectl", noteObject({ ...at("note"), text: "hello", parts: 1, clusters: 0 }, 1));
    await world.deliver();
    expect(await read(request)).toMatchObject({
      state: "failed",
      failure: { code: "CONFLICT", sentence: { messageKey: "errors.requests.delivery.notOurs" } },
    });
    expect(applies()).toBe(0);
  });

  it("stops when admission would make something else of it than the approvers saw, and names the field", async () => {
    const request = await approved("note");
    world.kube.onAdmission((object) => KubeObject.parse({ ...object, data: { text: "hello", part: "1", injected: "sidecar" } }));
    await world.deliver();
    expect(await read(request)).toMatchObject({
      state: "failed",
      failure: { sentence: { messageKey: "errors.requests.delivery.admissionChanged", values: { field: "data.injected" } } },
    });
    expect(applies()).toBe(0);
  });

  it("stops when another management cluster answers at the address", async () => {
    const request = await approved("note");
    const cluster = world.kube.on("mgmt-local");
    const uids = [await cluster.clusterUid(), "another"];
    // The kind's own freshness question still meets the right one.
    cluster.clusterUid = async () => uids.shift() ?? "another";
    await world.deliver();
    expect(applies()).toBe(0);
    expect(await read(request)).toMatchObject({
      state: "failed",
      failure: { sentence: { messageKey: "errors.requests.delivery.otherCluster" } },
    });
  });

  it("retries the same bytes after a stop", async () => {
    const request = await approved("note", { parts: 2 });
    world.kube.refuseNext({ verb: "apply", name: "note-2" }, new PortalError("PRECONDITION", "kubernetes.refused", {}, { raw: "not now" }));
    await world.deliver();
    expect(await read(request)).toMatchObject({ state: "failed", can: { retry: { allowed: true } } });
    expect(await retryRequest.execute({ id: request.id }, world.as(dev))).toMatchObject({ state: "delivering", failure: null });
    await world.deliver();
    expect(await read(request)).toMatchObject({ state: "delivered", contentHash: request.contentHash });
  });

  it("asks for freshness again when a stopped delivery had not begun", async () => {
    const request = await approved("note");
    world.kube.refuseNext({ verb: "dryRun" }, new PortalError("PRECONDITION", "kubernetes.refused"));
    await world.deliver();
    expect(await retryRequest.execute({ id: request.id }, world.as(dev))).toMatchObject({ state: "approved" });
  });

  it("lets a stopped delivery be withdrawn only when nothing of it is left", async () => {
    const request = await approved("note", { parts: 2 });
    world.kube.refuseNext({ verb: "apply", name: "note-2" }, new PortalError("PRECONDITION", "kubernetes.refused"));
    await world.deliver();
    await expect(withdrawRequest.execute({ id: request.id }, world.as(dev))).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "requests.objectStillThere",
      values: { name: "note-1" },
    });
    world.kube.removeNow(ref("note"));
    expect(await withdrawRequest.execute({ id: request.id }, world.as(dev))).toMatchObject({ state: "withdrawn" });
  });
});

describe("deliverStep: delete", () => {
  it("announces the deletion, deletes exactly that version, and waits until it is gone", async () => {
    await approved("note").then(world.deliver);
    world.kube.patchAs("controller", ref("note"), { metadata: { finalizers: ["example.com/slow"] } });
    const request = await removal("note");
    await world.deliver();
    expect(await world.kube.on("mgmt-local").find(ref("note"))).toMatchObject({
      metadata: { annotations: { "trellis.internal/delete-request": request.id }, deletionTimestamp: expect.any(String) },
    });
    expect(await read(request)).toMatchObject({
      state: "delivering",
      steps: [{ state: "done" }, { state: "waiting", problem: { sentence: { messageKey: "errors.requests.delivery.stillThere" } } }],
    });
    world.kube.removeNow(ref("note"));
    world.advance(10_000);
    await world.deliver();
    expect(await read(request)).toMatchObject({ state: "delivered" });
  });

  it("stops when the object is another one by now", async () => {
    await approved("note").then(world.deliver);
    const request = await removal("note");
    world.kube.removeNow(ref("note"));
    world.kube.applyAs("kubectl", noteObject({ ...at("note"), text: "precious", parts: 1, clusters: 0 }, 1));
    await world.deliver();
    expect(await read(request)).toMatchObject({ state: "failed" });
    expect(await world.kube.on("mgmt-local").find(ref("note"))).toMatchObject({ data: { text: "precious" } });
  });

  it("frees the name and the quota once the object is gone, and not before", async () => {
    const request = await approved("note", { clusters: 1 });
    await world.deliver();
    const ctx = world.system("delivery");
    await expect(releaseReservation.execute({ id: request.id }, ctx)).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "requests.objectStillThere",
    });
    expect((await world.db.read.requests.reservedClusters(payments)).sum).toBe(1);
    world.kube.removeNow(ref("note"));
    await releaseReservation.execute({ id: request.id }, ctx);
    expect((await world.db.read.requests.reservedClusters(payments)).sum).toBe(0);
    await expect(world.submit(dev, { name: "note" })).resolves.toMatchObject({ state: "waiting" });
  });
});

describe("deliverStep: leases", () => {
  it("finishes exactly as approved wherever the process died", async () => {
    const crashes: readonly (readonly [FakeVerb, "before" | "after"])[] = [
      ["clusterUid", "before"],
      ["find", "before"],
      ["dryRun", "before"],
      ["apply", "before"],
      ["apply", "after"],
    ];
    for (const [index, [verb, when]] of crashes.entries()) {
      const request = await approved(`crash-${index}`, { parts: 2 });
      await dieAt(verb, when, `crash-${index}`);
      world.advance(31_000);
      await world.deliver();
      expect(await read(request)).toMatchObject({ state: "delivered", contentHash: request.contentHash });
      for (const part of [1, 2])
        expect(await world.kube.on("mgmt-local").find(ref(`crash-${index}`, part))).toMatchObject({
          data: { text: "hello", part: String(part) },
        });
    }
  });

  it("finishes a deletion wherever the process died", async () => {
    const crashes: readonly (readonly [FakeVerb, "before" | "after"])[] = [
      ["find", "before"],
      ["mergePatch", "before"],
      ["mergePatch", "after"],
      ["delete", "before"],
      ["delete", "after"],
    ];
    for (const [index, [verb, when]] of crashes.entries()) {
      await approved(`crash-${index}`).then(world.deliver);
      const request = await removal(`crash-${index}`);
      await dieAt(verb, when, `crash-${index}`);
      world.advance(31_000);
      await world.deliver();
      expect(await read(request)).toMatchObject({ state: "delivered" });
      expect(await world.kube.on("mgmt-local").find(ref(`crash-${index}`))).toBeNull();
    }
  });

  it("writes nothing when another process took the step over", async () => {
    const request = await approved("note");
    const ctx = world.system("delivery");
    const slow = await claimStep(ctx, "slow");
    expect(slow).not.toBeNull();
    if (slow === null) return;
    world.advance(31_000);
    await world.deliver();
    expect(await read(request)).toMatchObject({ state: "delivered" });
    const rows = (await world.db.read.audit.after(0, 500)).length;
    await deliverStep(ctx, slow);
    expect((await world.db.read.audit.after(0, 500)).length).toBe(rows);
    expect(await read(request)).toMatchObject({ state: "delivered", failure: null, steps: [{ state: "done" }] });
  });

  it("hands a step back when the process is asked to stop", async () => {
    const request = await approved("note");
    const stop = new AbortController();
    const ctx = { ...world.system("delivery"), signal: stop.signal };
    world.kube.before(({ verb }) => (verb === "dryRun" ? stop.abort() : undefined));
    const claim = await claimStep(ctx, "stopping");
    if (claim !== null) await deliverStep(ctx, claim);
    world.kube.before(() => undefined);
    expect((await read(request)).steps).toMatchObject([{ state: "pending", problem: null }]);
    await world.deliver();
    expect(await read(request)).toMatchObject({ state: "delivered" });
  });

  it("delivers nothing whose stored bytes are not the approved ones", async () => {
    const request = await approved("note");
    const ctx = world.system("delivery");
    const forged = {
      ...ctx,
      db: {
        ...ctx.db,
        read: {
          ...ctx.db.read,
          requests: {
            ...ctx.db.read.requests,
            find: async () => {
              const found = await ctx.db.read.requests.find(requestIdOf(request.id));
              return found === null ? null : { ...found, planBytes: found.planBytes.replace("hello", "jello") };
            },
          },
        },
      },
    };
    const claim = await claimStep(ctx, "test");
    if (claim !== null) await deliverStep(forged, claim);
    expect(await read(request)).toMatchObject({ state: "failed", failure: { code: "INTERNAL" } });
    expect(applies()).toBe(0);
  });
});

/** A process that dies: from this call on nothing it does reaches the API server, and it never settles its step. */
async function dieAt(verb: FakeVerb, when: "before" | "after", name: string): Promise<void> {
  const ctx = world.system("delivery");
  const dead = new Promise<never>(() => undefined);
  let died: () => void = () => undefined;
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  let passed = false;
  world.kube.before(async (call) => {
    const isIt = call.verb === verb && (call.name === "" || call.name.startsWith(name));
    if ((isIt && when === "before") || passed) {
      died();
      await dead;
    }
    if (isIt) passed = true;
  });
  const claim = await claimStep(ctx, "dying");
  if (claim !== null && when === "before") void deliverStep(ctx, claim);
  if (claim !== null && when === "after") void deliverStep({ ...ctx, db: mute(ctx.db, died, dead) }, claim);
  await death;
  world.kube.before(() => undefined);
}

/** The database of a process that dies after its call was answered: it never gets to write the outcome. */
function mute(db: World["db"], died: () => void, dead: Promise<never>): World["db"] {
  let transactions = 0;
  return {
    ...db,
    transaction: async (run) => {
      transactions += 1;
      // The first one starts the delivery of a request that is only approved; the one that settles must not happen.
      const isStart =
        transactions === 1 && (await db.read.requests.list({ states: ["approved"] }, { cursor: null, limit: 1 })).items.length > 0;
      if (isStart) return db.transaction(run);
      died();
      return dead;
    },
  };
}

function requestIdOf(id: string) {
  return RequestId.parse(id);
}
