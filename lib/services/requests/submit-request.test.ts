import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortalError } from "../../domain/portal-error.ts";
import { RequestView } from "../../domain/requests/request-view.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { getRequest } from "./get-request.ts";
import { listRequests } from "./list-requests.ts";
import { planRequest } from "./plan-request.ts";
import { rejectRequest } from "./reject-request.ts";
import { resubmitRequest } from "./resubmit-request.ts";
import { sendBackRequest } from "./send-back-request.ts";
import { submitRequest } from "./submit-request.ts";
import { createWorld, PURPOSE, payments, shop, type World } from "./testing/world.ts";
import { withdrawRequest } from "./withdraw-request.ts";

let world: World;
let dev: Person;
let admin: Person;
let stranger: Person;

beforeAll(async () => {
  world = await createWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
  stranger = await world.person("stranger", { teams: [[shop, "lead"]] });
});
afterAll(() => world.close());

const body = (name: string, more: object = {}) => ({
  kind: "note.write",
  team: payments,
  purpose: PURPOSE,
  input: { namespace: "team-payments", name, text: "hello", ...more },
});

describe("submitRequest", () => {
  it("stores one canonical plan, waits for the policy's slots, and writes one audit row", async () => {
    const before = (await world.db.read.audit.head())?.seq ?? 0;
    const request = await world.submit(dev, { name: "one", parts: 2 });
    expect(RequestView.parse(request)).toEqual(request);
    expect(request).toMatchObject({
      state: "waiting",
      revision: 1,
      team: "payments",
      policy: "one-admin",
      slotsOpen: 1,
      target: { namespace: "team-payments", name: "one" },
    });
    expect(request.plan.map(({ change, baseYaml }) => ({ change, baseYaml }))).toEqual([
      { change: "create", baseYaml: null },
      { change: "create", baseYaml: null },
    ]);
    expect(request.admitted.map(({ result }) => result)).toEqual(["admitted", "admitted"]);
    expect(request.contributors).toEqual([{ person: { id: dev.userId, name: "dev" }, reason: "submitted" }]);
    const rows = await world.db.read.audit.after(before, 10);
    expect(rows).toMatchObject([
      { action: "request.submit", outcome: "ok", target: `request/${request.id}`, detail: { contentHash: request.contentHash } },
    ]);
  });

  it("writes nothing to the cluster", () => {
    expect(world.kube.calls.filter(({ verb }) => verb === "apply")).toEqual([]);
  });

  it("tells the requester why she may not approve, and the admin that she may", async () => {
    const request = await world.submit(dev, { name: "can" });
    expect(request.can.approve).toMatchObject({ allowed: false, why: { messageKey: "requests.why.contributor.submitted" } });
    expect((await getRequest.execute({ id: request.id }, world.as(admin))).can).toMatchObject({
      approve: { allowed: true },
      withdraw: { allowed: false },
    });
  });

  it("gives the same request for the same Idempotency-Key, and refuses another body under it", async () => {
    const first = await submitRequest.execute({ ...body("idem"), idempotencyKey: "k1" }, world.as(dev));
    const second = await submitRequest.execute({ ...body("idem"), idempotencyKey: "k1" }, world.as(dev));
    expect(second.id).toBe(first.id);
    await expect(submitRequest.execute({ ...body("idem-other"), idempotencyKey: "k1" }, world.as(dev))).rejects.toMatchObject({
      code: "CONFLICT",
      key: "requests.idempotencyKeyReused",
    });
  });

  it("makes one request of the same post sent five times at once", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => submitRequest.execute({ ...body("idem-five"), idempotencyKey: "k5" }, world.as(dev))),
    );
    const ids = new Set(results.flatMap((result) => (result.status === "fulfilled" ? [result.value.id] : [])));
    expect(ids.size).toBe(1);
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
  });

  it("gives a name to one of two requests, and names the field to the other", async () => {
    const results = await Promise.allSettled([world.submit(dev, { name: "twice" }), world.submit(dev, { name: "twice", text: "other" })]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "CONFLICT", key: "requests.nameReserved", fields: [{ path: "input.name" }] });
  });

  it.each([
    ["withdraw", (id: string) => withdrawRequest.execute({ id }, world.as(dev))],
    ["reject", (id: string) => rejectRequest.execute({ id, reason: "not needed" }, world.as(admin))],
  ])("frees the name after %s", async (how, end) => {
    const request = await world.submit(dev, { name: `freed-${how}` });
    await end(request.id);
    await expect(world.submit(dev, { name: `freed-${how}` })).resolves.toMatchObject({ state: "waiting" });
  });

  it("names refused fields below input", async () => {
    await expect(submitRequest.execute({ ...body("Bad_Name"), purpose: "short" }, world.as(dev))).rejects.toMatchObject({
      code: "INVALID",
      fields: [{ path: "purpose" }],
    });
    await expect(world.submit(dev, { name: "Bad_Name" })).rejects.toMatchObject({ code: "INVALID", fields: [{ path: "input.name" }] });
  });

  it("stores nothing when admission refuses an object, and quotes its words", async () => {
    world.kube.onAdmission((object) => {
      if (object.metadata.name === "unwanted-1")
        throw new PortalError(
          "PRECONDITION",
          "kubernetes.refused",
          {},
          { raw: "text must be polite", fields: [{ path: "data.text", key: "kubernetes.field", raw: "text must be polite" }] },
        );
      return object;
    });
    await expect(world.submit(dev, { name: "unwanted" })).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "requests.dryRunRefused",
      fields: [{ path: "input", values: { object: "ConfigMap/unwanted-1", field: "data.text" }, raw: "text must be polite" }],
    });
    const plan = await planRequest.execute(body("unwanted"), world.as(dev));
    expect(plan).toMatchObject({ acceptable: false, admitted: [{ result: "refused", message: "text must be polite" }] });
    world.kube.onAdmission((object) => object);
    await expect(world.submit(dev, { name: "unwanted" })).resolves.toMatchObject({ state: "waiting" });
  });

  it("says that the API server is away, and stores nothing", async () => {
    world.kube.refuseNext({ verb: "dryRun" }, new PortalError("UNAVAILABLE", "kubernetes.webhookDown", {}, { raw: "connection refused" }));
    await expect(world.submit(dev, { name: "away" })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      key: "requests.dryRunUnavailable",
      raw: "connection refused",
    });
  });

  it("reads another team's things as not there", async () => {
    await expect(world.submit(stranger, { name: "foreign" })).rejects.toMatchObject({ code: "NOT_FOUND", key: "notFound" });
    await expect(submitRequest.execute({ ...body("foreign"), team: shop }, world.as(stranger))).rejects.toMatchObject({
      code: "NOT_FOUND",
      key: "notFound",
    });
    await expect(submitRequest.execute({ ...body("foreign"), team: "nobody" }, world.as(stranger))).rejects.toMatchObject({
      code: "NOT_FOUND",
      key: "notFound",
    });
    const { id } = await world.submit(dev, { name: "hidden" });
    await expect(getRequest.execute({ id }, world.as(stranger))).rejects.toMatchObject({ code: "NOT_FOUND", key: "notFound" });
    expect((await listRequests.execute({}, world.as(stranger))).items).toEqual([]);
    expect((await listRequests.execute({ team: payments }, world.as(dev))).items.map((row) => row.id)).toContain(id);
  });

  it("refuses a kind that only the portal itself uses", async () => {
    await expect(world.submit(dev, { name: "system" }, "system.note")).rejects.toMatchObject({
      code: "NOT_FOUND",
      key: "requests.unknownKind",
    });
  });
});

describe("resubmitRequest", () => {
  it("makes a new revision with a new hash and opens all slots again", async () => {
    const first = await world.submit(dev, { name: "again" });
    await sendBackRequest.execute({ id: first.id, comment: "say who needs it" }, world.as(admin));
    const second = await resubmitRequest.execute(
      { id: first.id, input: { namespace: "team-payments", name: "again", text: "for checkout" } },
      world.as(dev),
    );
    expect(second).toMatchObject({ state: "waiting", revision: 2, slotsOpen: 1 });
    expect(second.contentHash).not.toBe(first.contentHash);
    expect(second.revisions.map(({ contentHash }) => contentHash)).toEqual([first.contentHash, second.contentHash]);
  });

  it("refuses another target", async () => {
    const first = await world.submit(dev, { name: "fixed" });
    await expect(
      resubmitRequest.execute({ id: first.id, input: { namespace: "team-payments", name: "moved", text: "x" } }, world.as(dev)),
    ).rejects.toMatchObject({ code: "INVALID", key: "requests.targetFixed", fields: [{ path: "input.name" }] });
  });
});

describe("planRequest", () => {
  it("keeps two plans of a person in flight and aborts the oldest for a third", async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    world.kube.before(async ({ verb }) => (verb === "dryRun" ? gate : undefined));
    const plans = ["a", "b", "c"].map((text) => planRequest.execute(body("typing", { text }), world.as(dev)));
    const settled = Promise.allSettled(plans);
    await new Promise((resolve) => setTimeout(resolve, 50));
    open();
    const results = await settled;
    world.kube.before(() => undefined);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(results[0]).toMatchObject({ reason: { code: "UNAVAILABLE", key: "requests.planSuperseded" } });
  });

  it("has the hash that the request will have, and stores nothing", async () => {
    const plan = await planRequest.execute(body("planned"), world.as(dev));
    const stored = await listRequests.execute({}, world.as(dev));
    expect(stored.items.filter(({ target }) => target.name === "planned")).toEqual([]);
    expect((await world.submit(dev, { name: "planned" })).contentHash).toBe(plan.contentHash);
  });
});
