import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../domain/tenancy/actor.ts";
import { approveRequest } from "./approve-request.ts";
import { getRequest } from "./get-request.ts";
import { listInbox } from "./list-inbox.ts";
import { rejectRequest } from "./reject-request.ts";
import { resubmitRequest } from "./resubmit-request.ts";
import { sendBackRequest } from "./send-back-request.ts";
import { submitSystemRequest } from "./submit-system-request.ts";
import { createWorld, PURPOSE, payments, type World } from "./testing/world.ts";
import { withdrawRequest } from "./withdraw-request.ts";

const postgresUrl = process.env["TEST_DATABASE_URL"];
const engines = ["pglite", ...(postgresUrl === undefined ? [] : ["postgresql"])];

describe.each(engines)("on %s", (engine) => {
  let world: World;
  let dev: Person;
  let lead: Person;
  let admin: Person;
  let adminTwo: Person;

  const newWorld = async (quota = 20): Promise<World> =>
    createWorld({ quota, ...(engine === "postgresql" ? { postgresUrl: postgresUrl ?? "" } : {}) });

  beforeEach(async () => {
    world = await newWorld();
    dev = await world.person("dev", { teams: [[payments, "developer"]] });
    lead = await world.person("lead", { teams: [[payments, "lead"]] });
    admin = await world.person("admin", { globalRoles: ["platform-admin"] });
    adminTwo = await world.person("admin-two", { globalRoles: ["platform-admin"] });
  });
  afterEach(() => world.close());

  const refusals = async () => (await world.db.read.audit.after(0, 500)).filter(({ outcome }) => outcome === "refused");

  describe("approveRequest", () => {
    it("approves exactly the content that was seen, wakes delivery, and leaves one audit row", async () => {
      const request = await world.submit(dev, { name: "note" });
      const approved = await world.approve(admin, request);
      expect(approved).toMatchObject({
        state: "approved",
        slotsOpen: 0,
        slots: [{ filledBy: { name: "admin" } }],
        steps: [{ n: 1, state: "pending" }],
      });
      expect(world.wakes()).toBe(1);
      expect((await world.db.read.audit.after(0, 500)).filter(({ action }) => action === "request.approve")).toMatchObject([
        { outcome: "ok", detail: { contentHash: request.contentHash, slot: "platform" } },
      ]);
    });

    it("lets one of two approvers at the same moment fill the only slot", async () => {
      const request = await world.submit(dev, { name: "note" });
      const results = await Promise.allSettled([world.approve(admin, request), world.approve(adminTwo, request)]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({
        code: "CONFLICT",
        key: "requests.wrongState",
      });
      expect((await getRequest.execute({ id: request.id }, world.as(admin))).approvals).toHaveLength(1);
    });

    it("lets either the approval or the withdrawal win, never both", async () => {
      for (let round = 0; round < 10; round += 1) {
        const request = await world.submit(dev, { name: `race-${round}` });
        const [approval, withdrawal] = await Promise.allSettled([
          world.approve(admin, request),
          withdrawRequest.execute({ id: request.id }, world.as(dev)),
        ]);
        expect([approval.status, withdrawal.status].sort()).toEqual(["fulfilled", "rejected"]);
        const { state } = await getRequest.execute({ id: request.id }, world.as(dev));
        expect(state).toBe(approval.status === "fulfilled" ? "approved" : "withdrawn");
      }
    });

    it("refuses a stale hash and writes the refusal down", async () => {
      const request = await world.submit(dev, { name: "note" });
      await resubmitRequest.execute(
        { id: request.id, input: { namespace: "team-payments", name: "note", text: "changed behind the approver's back" } },
        world.as(dev),
      );
      await expect(world.approve(admin, request)).rejects.toMatchObject({ code: "CONFLICT", key: "requests.staleHash" });
      expect(await refusals()).toMatchObject([
        { action: "request.approve", target: `request/${request.id}`, detail: { key: "requests.staleHash" } },
      ]);
    });

    it("refuses when a resubmit lands while the approval is asking for freshness", async () => {
      const request = await world.submit(dev, { name: "note" });
      let resubmitted: Promise<unknown> | undefined;
      world.kube.before(async ({ verb }) => {
        if (verb !== "clusterUid" || resubmitted !== undefined) return;
        world.kube.before(() => undefined);
        resubmitted = resubmitRequest.execute(
          { id: request.id, input: { namespace: "team-payments", name: "note", text: "other" } },
          world.as(dev),
        );
        await resubmitted;
      });
      await expect(world.approve(admin, request)).rejects.toMatchObject({ key: "requests.staleHash" });
    });

    it("refuses a person whose rights went between opening the page and the click", async () => {
      const request = await world.submit(dev, { name: "note" });
      await world.person("admin", {});
      await expect(world.approve(admin, request)).rejects.toMatchObject({ code: "FORBIDDEN", key: "requests.slotRole" });
    });

    it("refuses a person whose rights went while the approval was under way", async () => {
      const request = await world.submit(dev, { name: "note" });
      world.kube.before(async ({ verb }) => {
        if (verb === "clusterUid") await world.person("admin", {});
      });
      await expect(world.approve(admin, request)).rejects.toMatchObject({ code: "FORBIDDEN", key: "requests.slotRole" });
    });

    it("refuses the requester after she was made an admin", async () => {
      const request = await world.submit(dev, { name: "note" });
      const promoted = await world.person("dev", { globalRoles: ["platform-admin"], teams: [[payments, "developer"]] });
      await expect(world.approve(promoted, request)).rejects.toMatchObject({ code: "FORBIDDEN", key: "requests.fourEyes" });
      expect(await refusals()).toMatchObject([{ action: "request.approve", detail: { key: "requests.fourEyes" } }]);
    });

    it("refuses her through a token as well", async () => {
      const request = await world.submit(dev, { name: "note" });
      const promoted = await world.person("dev", { globalRoles: ["platform-admin"] });
      await expect(
        world.approve({ ...promoted, via: { door: "token", tokenId: "ci", scopes: ["read", "write"] } }, request),
      ).rejects.toMatchObject({ key: "requests.fourEyes" });
    });

    it("refuses whoever contributed through an older revision", async () => {
      const first = await world.submit(admin, { name: "note" });
      await sendBackRequest.execute({ id: first.id, comment: "more words" }, world.as(adminTwo));
      const second = await resubmitRequest.execute(
        { id: first.id, input: { namespace: "team-payments", name: "note", text: "more words" } },
        world.as(dev),
      );
      await expect(world.approve(admin, second)).rejects.toMatchObject({ code: "FORBIDDEN", key: "requests.fourEyes" });
      await expect(world.approve(adminTwo, second)).resolves.toMatchObject({ state: "approved" });
    });

    it("refuses whoever changed the team's members or quota within a day, before or after the submit", async () => {
      await world.db.read.tenancy.recordTenancyEdit(payments, admin.userId, world.now());
      world.advance(60_000);
      const request = await world.submit(dev, { name: "note" });
      await world.db.read.tenancy.recordTenancyEdit(payments, adminTwo.userId, world.now());
      await expect(world.approve(admin, request)).rejects.toMatchObject({ key: "requests.fourEyes" });
      await expect(world.approve(adminTwo, request)).rejects.toMatchObject({ key: "requests.fourEyes" });
      world.advance(25 * 3_600_000);
      await expect(world.approve(admin, request)).rejects.toMatchObject({ key: "requests.fourEyes" });
      await expect(world.approve(adminTwo, request)).resolves.toMatchObject({ state: "approved" });
    });

    it("needs a different person for each slot", async () => {
      await deliverNote("gone");
      const request = await world.submit(dev, { name: "gone" }, "note.delete");
      const both = await world.person("both", { globalRoles: ["platform-admin"], teams: [[payments, "lead"]] });
      expect(await world.approve(both, request)).toMatchObject({ state: "waiting", slotsOpen: 1 });
      await expect(world.approve(both, request)).rejects.toMatchObject({ code: "CONFLICT", key: "requests.voted" });
      await expect(world.approve(adminTwo, request)).rejects.toMatchObject({ code: "FORBIDDEN", key: "requests.slotRole" });
      expect(await world.approve(lead, request)).toMatchObject({ state: "approved" });
    });

    it("never exceeds the quota with 20 approvals at once", async () => {
      await world.close();
      world = await newWorld(7);
      dev = await world.person("dev", { teams: [[payments, "developer"]] });
      const admins = await Promise.all(
        Array.from({ length: 20 }, (_, n) => world.person(`admin-${n}`, { globalRoles: ["platform-admin"] })),
      );
      const requests = [];
      for (let n = 0; n < 20; n += 1) requests.push(await world.submit(dev, { name: `note-${n}`, clusters: 1 }));
      const results = await Promise.allSettled(requests.map((request, n) => world.approve(admins[n] ?? dev, request)));
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
      for (const result of results)
        if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "PRECONDITION", key: "requests.quotaExceeded" });
      expect((await world.db.read.requests.reservedClusters(payments)).sum).toBe(7);
    });

    it("lets one request at a time act on a target", async () => {
      await deliverNote("busy");
      const removal = await world.submit(dev, { name: "busy" }, "note.delete");
      const removalToo = await world.submit(lead, { name: "busy" }, "note.delete");
      await world.approve(admin, removal);
      await world.approve(lead, removal);
      await world.approve(admin, removalToo);
      const leadTwo = await world.person("lead-two", { teams: [[payments, "lead"]] });
      await expect(world.approve(leadTwo, removalToo)).rejects.toMatchObject({ code: "CONFLICT", key: "requests.targetBusy" });
    });

    it("asks for freshness at the click", async () => {
      const request = await world.submit(dev, { name: "note", text: "never fresh" });
      await expect(world.approve(admin, request)).rejects.toMatchObject({ code: "PRECONDITION" });
      expect(await getRequest.execute({ id: request.id }, world.as(admin))).toMatchObject({ state: "waiting", approvals: [] });
    });

    it("hides the request from people outside the team", async () => {
      const request = await world.submit(dev, { name: "note" });
      const viewer = await world.person("viewer", { globalRoles: ["viewer"] });
      await expect(world.approve(viewer, request)).rejects.toMatchObject({ code: "NOT_FOUND", key: "notFound" });
      await expect(approveRequest.execute({ id: "R-999999", contentHash: request.contentHash }, world.as(viewer))).rejects.toMatchObject({
        code: "NOT_FOUND",
        key: "notFound",
      });
    });
  });

  describe("rejectRequest", () => {
    it("ends the request in any slot", async () => {
      await deliverNote("kept");
      const request = await world.submit(dev, { name: "kept" }, "note.delete");
      await world.approve(admin, request);
      expect(await rejectRequest.execute({ id: request.id, reason: "still in use" }, world.as(lead))).toMatchObject({ state: "rejected" });
      await expect(world.approve(adminTwo, request)).rejects.toMatchObject({ key: "requests.wrongState" });
    });

    it("is nothing for contributors: they withdraw", async () => {
      const request = await world.submit(admin, { name: "own" });
      await expect(rejectRequest.execute({ id: request.id, reason: "changed my mind" }, world.as(admin))).rejects.toMatchObject({
        key: "requests.fourEyes",
      });
    });
  });

  describe("listInbox", () => {
    it("shows a decision to those who may make it, longest waiting first, and what was sent back to its requester", async () => {
      const older = await world.submit(dev, { name: "older" });
      world.advance(1_000);
      const newer = await world.submit(dev, { name: "newer" });
      const inboxOf = async (person: Person) =>
        (await listInbox.execute({}, world.as(person))).items.map(({ id, waitsFor }) => ({ id, waitsFor }));
      expect(await inboxOf(admin)).toEqual([
        { id: older.id, waitsFor: "decision" },
        { id: newer.id, waitsFor: "decision" },
      ]);
      expect(await inboxOf(dev)).toEqual([]);
      expect(await inboxOf(lead)).toEqual([]);
      await sendBackRequest.execute({ id: older.id, comment: "why?" }, world.as(admin));
      expect(await inboxOf(dev)).toEqual([{ id: older.id, waitsFor: "edit" }]);
    });
  });

  describe("submitSystemRequest", () => {
    it("is approved by a policy without slots, and the audit says which", async () => {
      const ctx = world.system("bootstrap");
      const input = { kind: "system.note", purpose: PURPOSE, input: { namespace: "team-payments", name: "tenancy", text: "x" } };
      const request = await submitSystemRequest.execute(input, ctx);
      expect(request).toMatchObject({ state: "approved", requester: null, team: null });
      expect((await world.db.read.audit.after(0, 500)).find(({ action }) => action === "request.submitSystem")).toMatchObject({
        detail: { approvedByPolicy: "bootstrap" },
        actor: { type: "system" },
      });
      expect((await submitSystemRequest.execute(input, ctx)).id).toBe(request.id);
    });

    it("is nothing for people", async () => {
      await expect(
        submitSystemRequest.execute({ kind: "system.note", purpose: PURPOSE, input: {} }, world.as(admin)),
      ).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    });
  });

  async function deliverNote(name: string): Promise<void> {
    const request = await world.submit(dev, { name });
    await world.approve(admin, request);
    await world.deliver();
  }
});
