import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RequestView } from "../../domain/requests/request-view.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { approveRequest } from "./approve-request.ts";
import { getRequest } from "./get-request.ts";
import { listInbox } from "./list-inbox.ts";
import { listRequests } from "./list-requests.ts";
import { planRequest } from "./plan-request.ts";
import { rejectRequest } from "./reject-request.ts";
import { retryRequest } from "./retry-request.ts";
import { submitRequest } from "./submit-request.ts";
import { noteObject, noteRef } from "./testing/note-kinds.ts";
import { createWorld, PURPOSE, payments, shop, type World } from "./testing/world.ts";
import { withdrawRequest } from "./withdraw-request.ts";

let world: World;
let dev: Person;
let asker: Person;
let stranger: Person;
let lead: Person;
let admin: Person;

beforeEach(async () => {
  world = await createWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  lead = await world.person("lead", { teams: [[payments, "lead"]] });
  asker = await world.person("asker", { teams: [[shop, "lead"]] });
  stranger = await world.person("stranger");
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
});
afterEach(() => world.close());

const read = (request: { readonly id: string }, who: Person): Promise<RequestView> => getRequest.execute({ id: request.id }, world.as(who));
const ask = () =>
  submitRequest.execute(
    {
      kind: "note.ask",
      team: shop,
      purpose: PURPOSE,
      input: { namespace: "team-payments", name: "asked", text: "the owner's secret plan" },
    },
    world.as(asker),
  );
const inboxOf = async (who: Person) => (await listInbox.execute({}, world.as(who))).items.map(({ id }) => id);

describe("a request for another team's thing", () => {
  it("shows the asking team its input, state and slots, and never the owner's plan", async () => {
    const request = await ask();
    expect(request).toMatchObject({ team: "payments", askingTeam: "shop", limited: true, plan: [], admitted: [], notes: { summary: [] } });
    expect(await read(request, asker)).toMatchObject({ limited: true, plan: [], admitted: [], state: "waiting", input: { name: "asked" } });
    expect(await read(request, dev)).toMatchObject({ limited: false, plan: [{ op: "apply" }] });
    await expect(read(request, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const rows = (await listRequests.execute({}, world.as(asker))).items;
    expect(rows.map(({ id }) => id)).toEqual([request.id]);
    const plan = await planRequest.execute(
      { kind: "note.ask", team: shop, input: { namespace: "team-payments", name: "x", text: "y" } },
      world.as(asker),
    );
    expect(plan).toMatchObject({ limited: true, plan: [], admitted: [], slots: [{ id: "lead" }, { id: "platform" }] });
  });

  it("is decided by the owner's lead first, then by the platform, and by nobody of the asking team", async () => {
    const request = await ask();
    const vote = (who: Person) => approveRequest.execute({ id: request.id, contentHash: request.contentHash }, world.as(who));
    expect([await inboxOf(lead), await inboxOf(admin), await inboxOf(asker)]).toEqual([[request.id], [], []]);
    await expect(vote(admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(vote(asker)).rejects.toMatchObject({ code: expect.stringMatching(/FORBIDDEN|NOT_FOUND/) });
    await expect(rejectRequest.execute({ id: request.id, reason: "not by us at all" }, world.as(asker))).rejects.toMatchObject({
      code: expect.stringMatching(/FORBIDDEN|NOT_FOUND/),
    });
    expect((await read(request, admin)).can.approve).toMatchObject({ allowed: false, why: { messageKey: "requests.why.after" } });
    await vote(lead);
    expect(await inboxOf(admin)).toEqual([request.id]);
    expect(await vote(admin)).toMatchObject({ state: "approved" });
    await world.deliver();
    expect(await read(request, asker)).toMatchObject({ state: "delivered", steps: [] });
  });

  it("is taken back by the team that asked, not by the owner's", async () => {
    const request = await ask();
    await expect(withdrawRequest.execute({ id: request.id }, world.as(dev))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await withdrawRequest.execute({ id: request.id }, world.as(asker))).toMatchObject({ state: "withdrawn" });
  });
});

describe("a step that waits for another system", () => {
  const prove = async () => world.approve(admin, await world.submit(dev, { name: "slow" }, "note.prove"));
  const finish = () => {
    const note = noteObject({ namespace: "team-payments", name: "slow", text: "hello", parts: 1, clusters: 0 }, 1);
    world.kube.applyAs("other", { ...note, data: { proven: "yes" } });
  };

  it("says what is missing, looks again, and is done when the kind says so", async () => {
    const request = await prove();
    await world.deliver();
    expect((await read(request, dev)).steps[1]).toMatchObject({
      state: "waiting",
      problem: {
        sentence: { messageKey: "errors.requests.delivery.waitingFor", values: { missing: { messageKey: "requests.untitled" } } },
        raw: '"hello"',
      },
    });
    finish();
    world.advance(5_000);
    await world.deliver();
    expect(await read(request, dev)).toMatchObject({ state: "delivered", steps: [{ state: "done" }, { state: "done" }] });
  });

  it("stops at the deadline with what was missing, and a retry has the whole time again", async () => {
    const request = await prove();
    await world.deliver();
    world.advance(61_000);
    await world.deliver();
    expect(await read(request, dev)).toMatchObject({
      state: "failed",
      failure: { code: "PRECONDITION", sentence: { messageKey: "errors.requests.delivery.notProven", values: { seconds: 60 } } },
    });
    await retryRequest.execute({ id: request.id }, world.as(dev));
    await world.deliver();
    expect((await read(request, dev)).steps[1]).toMatchObject({ state: "waiting" });
    finish();
    world.advance(30_000);
    await world.deliver();
    expect((await read(request, dev)).state).toBe("delivered");
    expect(await world.kube.cluster("mgmt-local").find(noteRef({ namespace: "team-payments", name: "slow" }, 1))).not.toBeNull();
  });
});

describe("a kind whose delivery ends its target", () => {
  it("frees what the target's requests held the moment it is delivered", async () => {
    const first = await world.approve(admin, await world.submit(dev, { name: "again" }));
    await world.deliver();
    await expect(world.submit(dev, { name: "again" })).rejects.toMatchObject({ code: "CONFLICT", key: "requests.nameReserved" });
    await world.approve(admin, await world.submit(dev, { name: "again" }, "note.end"));
    await world.deliver();
    expect((await world.submit(dev, { name: "again" })).id).not.toBe(first.id);
  });
});
