import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SessionId } from "../../domain/ids.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { activeTargetKey } from "../../domain/requests/request.ts";
import { describeBootstrapContract } from "./contract-bootstrap.ts";
import {
  addApproved,
  addRequest,
  addUser,
  approve,
  at,
  entry,
  hashOf,
  later,
  newRequest,
  noBootstrap,
  payments,
  shop,
} from "./contract-data.ts";
import { describeGuards } from "./contract-guards.ts";
import { describeObservations } from "./contract-observations.ts";
import { describeWall } from "./contract-wall.ts";
import type { DatabasePort, RequestRecord } from "./port.ts";
import type { RawTestDatabase } from "./testing.ts";

export type ContractDatabase = RawTestDatabase & { readonly close: () => Promise<void> };

/** What every engine promises behind the port. `open` gives an empty, migrated database. */
export function describeDatabaseContract(name: string, open: () => Promise<ContractDatabase>): void {
  describe(`the database on ${name}`, () => {
    let opened: ContractDatabase;
    let db: DatabasePort;
    beforeAll(async () => {
      opened = await open();
      db = opened.database;
      await db.transaction((tx) => tx.tenancy.applyBootstrap(noBootstrap));
    });
    afterAll(() => opened.close());

    describePeople(() => db);
    describeRequests(() => db);
    describeSteps(() => db);
    describeAudit(() => db);
    describe("observations", () => describeObservations(() => db));
    describe("wall links", () => describeWall(() => opened));
    describeTransitions(() => db);
    describeTransactions(() => db);
    describeGuards(() => opened);
  });
  describeBootstrapContract(name, open);
}

function describePeople(db: () => DatabasePort): void {
  describe("people", () => {
    it("knows a person by issuer and subject, renames her and keeps a known e-mail address", async () => {
      const first = await db().read.people.upsertUser({ issuer: "i", subject: "ann", name: "Ann", email: "ann@example.org" });
      const second = await db().read.people.upsertUser({ issuer: "i", subject: "ann", name: "Anna", email: null });
      const other = await db().read.people.upsertUser({ issuer: "j", subject: "ann", name: "Ann", email: null });
      expect(second).toEqual({ ...first, name: "Anna" });
      expect(other.id).not.toBe(first.id);
      expect(await db().read.people.findUser(first.id)).toEqual(second);
    });

    it("replaces rights of the identity provider, says whether anything changed, and leaves manual ones", async () => {
      const user = await addUser(db());
      const both = {
        globalRoles: ["viewer" as const],
        memberships: [
          { teamId: payments, role: "lead" as const },
          { teamId: shop, role: "developer" as const },
        ],
      };
      expect(await db().transaction((tx) => tx.people.replaceIdpRights(user.id, both))).toBe(true);
      expect(await db().transaction((tx) => tx.people.replaceIdpRights(user.id, both))).toBe(false);
      expect(await db().read.people.findRights(user.id)).toEqual({
        user,
        globalRoles: ["viewer"],
        memberships: [
          { teamId: payments, role: "lead", source: "idp" },
          { teamId: shop, role: "developer", source: "idp" },
        ],
      });
      expect(
        await db().transaction((tx) =>
          tx.people.replaceIdpRights(user.id, { globalRoles: [], memberships: [{ teamId: shop, role: "lead" }] }),
        ),
      ).toBe(true);
      expect((await db().read.people.findRights(user.id))?.memberships).toEqual([{ teamId: shop, role: "lead", source: "idp" }]);
      expect(await db().transaction((tx) => tx.people.replaceIdpRights(user.id, { globalRoles: [], memberships: [] }))).toBe(true);
      expect(await db().read.people.findRights(user.id)).toMatchObject({ globalRoles: [], memberships: [] });
    });

    it("keeps a session until it is revoked, and the first revocation counts", async () => {
      const user = await addUser(db());
      const session = { id: SessionId.parse(crypto.randomUUID()), userId: user.id, startedAt: at, endsAt: later(3_600_000) };
      await db().transaction((tx) => tx.people.startSession(session));
      expect(await db().read.people.findSession(session.id)).toEqual({ ...session, revokedAt: null });
      await db().transaction((tx) => tx.people.revokeSession(session.id, later(1000)));
      await db().transaction((tx) => tx.people.revokeSession(session.id, later(2000)));
      expect((await db().read.people.findSession(session.id))?.revokedAt).toEqual(later(1000));
    });

    it("removes sessions that ended or were revoked before a moment, at most so many, and no others", async () => {
      const user = await addUser(db());
      const start = async (endsAt: Date) => {
        const session = { id: SessionId.parse(crypto.randomUUID()), userId: user.id, startedAt: new Date(endsAt.getTime() - 1000), endsAt };
        await db().transaction((tx) => tx.people.startSession(session));
        return session.id;
      };
      const old = new Date("2001-01-01T00:00:00.000Z");
      const [one, two, revoked, open] = [await start(old), await start(old), await start(later(1000)), await start(later(2000))];
      await db().transaction((tx) => tx.people.revokeSession(revoked, old));
      const before = new Date(old.getTime() + 1);
      expect(await db().read.people.countEndedSessions(old)).toBe(0);
      expect(await db().read.people.countEndedSessions(before)).toBe(3);
      expect(await db().transaction((tx) => tx.people.removeEndedSessions(before, 2))).toBe(2);
      expect(await db().transaction((tx) => tx.people.removeEndedSessions(before, 2))).toBe(1);
      const left = await Promise.all([one, two, revoked, open].map((id) => db().read.people.findSession(id)));
      expect(left.map((session) => session?.id ?? null)).toEqual([null, null, null, open]);
    });
  });
}

function describeRequests(db: () => DatabasePort): void {
  describe("requests", () => {
    it("numbers them from 1001 and gives back what was stored", async () => {
      const user = await addUser(db());
      const request = newRequest({
        requesterId: user.id,
        input: null,
        notes: { cost: { month: 1.5 } },
        reservedName: "n1",
        reservedAwsName: "a1",
      });
      const stored = await db().transaction((tx) => tx.requests.insert(request));
      expect(Number(stored.id.slice(2))).toBeGreaterThanOrEqual(1001);
      expect(stored).toEqual({
        ...request,
        id: stored.id,
        updatedAt: at,
        decidedAt: null,
        endedAt: null,
        failure: null,
        activeTargetKey: null,
        reservedClusters: 0,
      });
      expect(await db().read.requests.find(stored.id)).toEqual(stored);
    });

    it("names the column when a reserved name is held", async () => {
      await addRequest(db(), { reservedName: "held", reservedAwsName: "held-aws" });
      await expect(addRequest(db(), { reservedName: "held" })).rejects.toMatchObject({
        code: "CONFLICT",
        key: "database.taken",
        values: { constraint: "reservedName" },
      });
      await expect(addRequest(db(), { reservedAwsName: "held-aws" })).rejects.toMatchObject({ values: { constraint: "reservedAwsName" } });
      expect(await db().read.requests.findReservation({ awsName: "held-aws" })).toMatchObject({ reservedName: "held" });
    });

    it("gives a key to one target only, names its holder, and frees it with the request", async () => {
      const first = await addRequest(db(), { kind: "route.create", reservedKeys: ["export/a", "export/b"] });
      expect(await db().read.requests.find(first.id)).toMatchObject({ reservedKeys: ["export/a", "export/b"] });
      await expect(addRequest(db(), { kind: "route.create", reservedKeys: ["export/c", "export/b"] })).rejects.toMatchObject({
        code: "CONFLICT",
        values: { constraint: "reservedKey", key: "export/b", holder: first.id },
      });
      expect(await db().read.requests.findReservation({ key: "export/c" })).toBeNull();
      const again = await addRequest(db(), { kind: "route.change", target: first.target, reservedKeys: ["export/b", "export/d"] });
      expect((await db().read.requests.findReservation({ key: "export/b" }))?.id).toBe(first.id);
      expect((await db().read.requests.findReservation({ key: "export/d" }))?.id).toBe(again.id);
      await db().transaction((tx) => tx.requests.update(first.id, { reservedKeys: [] }, at));
      expect(await db().read.requests.findReservation({ key: "export/a" })).toBeNull();
    });

    it("lists a request for its owner and for the team that asked", async () => {
      const asked = await addRequest(db(), { teamId: payments, askingTeamId: shop });
      const of = async (team: typeof shop) =>
        (await db().read.requests.list({ teamIds: [team] }, { cursor: null, limit: 1 })).items.map(({ id }) => id);
      expect(await of(shop)).toEqual([asked.id]);
      expect(await of(payments)).toEqual([asked.id]);
    });

    it("takes a cluster and a route of one name for two targets", async () => {
      const cluster = await addApproved(db(), 0);
      const route = await addRequest(db(), { kind: "route.create", slots: [], target: cluster.target });
      const taken = { state: "approved", activeTargetKey: activeTargetKey(route.kind, route.target) } as const;
      expect(await db().transaction((tx) => tx.requests.update(route.id, taken, at))).toMatchObject(taken);
    });

    it("lets one request per target be approved", async () => {
      const first = await addApproved(db(), 0);
      const second = await addRequest(db(), { slots: [], target: first.target });
      const key = first.activeTargetKey;
      await expect(
        db().transaction((tx) => tx.requests.update(second.id, { state: "approved", activeTargetKey: key }, at)),
      ).rejects.toMatchObject({ values: { constraint: "activeTargetKey" } });
    });

    it("writes patches with null where something is cleared", async () => {
      const request = await addRequest(db(), { slots: [] });
      const failed = await db().transaction((tx) =>
        tx.requests.update(request.id, { failure: { key: "x" }, reservedClusters: 1, notes: { a: null } }, later(5)),
      );
      expect(failed).toEqual({ ...request, failure: { key: "x" }, reservedClusters: 1, notes: { a: null }, updatedAt: later(5) });
      expect((await db().transaction((tx) => tx.requests.update(request.id, { failure: null }, later(6)))).failure).toBeNull();
    });

    it("lists newest first in pages, by state, team, kind, target and visibility", async () => {
      const kind = `listed.${crypto.randomUUID()}`;
      const made: RequestRecord[] = [];
      for (const change of [
        {},
        { teamId: shop },
        { teamId: shop, visibility: "organisation" as const },
        { state: "sent-back" as const },
        { teamId: null },
      ])
        made.push(await addRequest(db(), { kind, ...change }));
      const [own, foreign, open, back, system] = made.map(({ id }) => id);
      const list = async (filter: Parameters<DatabasePort["read"]["requests"]["list"]>[0]) =>
        (await db().read.requests.list({ kinds: [kind], ...filter }, { cursor: null, limit: 10 })).items.map(({ id }) => id);
      expect(await list({})).toEqual([system, back, open, foreign, own]);
      expect(await list({ teamIds: [payments] })).toEqual([back, own]);
      expect(await list({ teamIds: [payments], orVisibleToOrganisation: true })).toEqual([back, open, own]);
      expect(await list({ teamIds: [] })).toEqual([]);
      expect(await list({ states: ["sent-back"] })).toEqual([back]);
      expect(await list({ target: made[1]?.target ?? newRequest().target })).toEqual([foreign]);
      const first = await db().read.requests.list({ kinds: [kind] }, { cursor: null, limit: 3 });
      const second = await db().read.requests.list({ kinds: [kind] }, { cursor: first.nextCursor, limit: 3 });
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([system, back, open, foreign, own]);
      expect(second.nextCursor).toBeNull();
      await expect(db().read.requests.list({}, { cursor: "1; drop", limit: 3 })).rejects.toMatchObject({
        code: "INVALID",
        key: "database.cursor",
      });
    });

    it("sums reserved clusters of a team with the targets behind them", async () => {
      const before = await db().read.requests.reservedClusters(shop);
      const request = await addRequest(db(), { teamId: shop });
      await db().transaction((tx) => tx.requests.update(request.id, { reservedClusters: 1 }, at));
      const { managementCluster, namespace, name } = request.target;
      expect(await db().read.requests.reservedClusters(shop)).toEqual({
        sum: before.sum + 1,
        targetKeys: [...before.targetKeys, `${managementCluster}/${namespace}/${name}`],
      });
    });

    it("finds what has expired and what holds a name beyond its delivery", async () => {
      const due = await addRequest(db(), { expiresAt: later(-1) });
      const held = await db().transaction(async (tx) => {
        const request = await tx.requests.insert(newRequest({ slots: [], reservedName: `held-${crypto.randomUUID()}` }));
        return tx.requests.update(request.id, { state: "delivered", endedAt: at }, at);
      });
      expect(await db().read.requests.listExpirable(at, 100)).toContain(due.id);
      expect((await db().read.requests.listExpirable(at, 100)).includes(held.id)).toBe(false);
      expect((await db().read.requests.listHolding()).map(({ id }) => id)).toContain(held.id);
    });

    it("keeps revisions, contributors, approvals and comments in order, with people", async () => {
      const [author, approver] = [await addUser(db()), await addUser(db())];
      const request = await addRequest(db(), { requesterId: author.id });
      await db().transaction(async (tx) => {
        await tx.requests.addRevision(request.id, {
          revision: 1,
          contentHash: request.contentHash,
          planBytes: request.planBytes,
          input: { a: 1 },
          submittedBy: author.id,
          at,
        });
        await tx.requests.addContributor(request.id, author.id, "submitted");
        await tx.requests.addContributor(request.id, author.id, "submitted");
        await tx.requests.addComment(request.id, { authorId: author.id, text: "first", at });
        await tx.requests.addComment(request.id, { authorId: approver.id, text: "second", at: later(1) });
        await approve(tx, request, approver);
      });
      const { requests } = db().read;
      expect(await requests.listRevisions(request.id)).toEqual([
        { revision: 1, contentHash: request.contentHash, planBytes: request.planBytes, input: { a: 1 }, submittedBy: author, at },
      ]);
      expect(await requests.listContributors(request.id)).toEqual([{ userId: author.id, reason: "submitted" }]);
      expect(await requests.listApprovals(request.id)).toEqual([
        { revision: 1, slotId: "platform", approver, decision: "approve", contentHash: request.contentHash, comment: null, at },
      ]);
      expect((await requests.listComments(request.id)).map(({ text, author: { id } }) => [text, id])).toEqual([
        ["first", author.id],
        ["second", approver.id],
      ]);
    });

    it("remembers an idempotency key per person, refuses another body under it", async () => {
      const [user, other] = [await addUser(db()), await addUser(db())];
      const request = await addRequest(db());
      const key = { userId: user.id, key: "k", bodyHash: hashOf("a"), requestId: null };
      const remember = (change: Partial<typeof key> | { requestId: typeof request.id }) =>
        db().transaction((tx) => tx.requests.rememberKey({ ...key, ...change }));
      expect(await remember({})).toBeNull();
      expect(await remember({ requestId: request.id })).toBeNull();
      expect(await remember({})).toBe(request.id);
      expect(await remember({ userId: other.id, bodyHash: hashOf("b") })).toBeNull();
      await expect(remember({ bodyHash: hashOf("b") })).rejects.toMatchObject({ code: "CONFLICT", key: "requests.idempotencyKeyReused" });
    });

    it("forgets idempotency keys from before a moment, after which another body may come under them", async () => {
      const user = await addUser(db());
      const key = { userId: user.id, key: "old", bodyHash: hashOf("a"), requestId: null };
      await db().transaction((tx) => tx.requests.rememberKey(key));
      expect(await db().transaction((tx) => tx.requests.removeKeys(new Date("2001-01-01T00:00:00.000Z"), 1000))).toBe(0);
      const all = await db().read.requests.countKeys(new Date("2999-01-01T00:00:00.000Z"));
      expect(await db().transaction((tx) => tx.requests.removeKeys(new Date("2999-01-01T00:00:00.000Z"), 1000))).toBe(all);
      expect(await db().transaction((tx) => tx.requests.rememberKey({ ...key, bodyHash: hashOf("b") }))).toBeNull();
    });

    it("reads an id beyond every number as not there", async () => {
      const { RequestId } = await import("../../domain/ids.ts");
      expect(await db().read.requests.find(RequestId.parse("R-9999999999"))).toBeNull();
      expect(await db().transaction((tx) => tx.requests.lock(RequestId.parse("R-9999999999")))).toBeNull();
    });

    it("refuses text that no column holds as the user's mistake", async () => {
      await expect(addRequest(db(), { purpose: "nul \0 here" })).rejects.toMatchObject({ code: "INVALID", key: "database.text" });
      await expect(addRequest(db(), { input: { deep: ["nul \0 here"] } })).rejects.toMatchObject({ code: "INVALID", key: "database.text" });
    });
  });
}

function describeSteps(db: () => DatabasePort): void {
  const worker = (owner: string, now = at) => ({ owner, leaseMs: 1000, now });
  const done = { state: "done" as const, at, nextTryAt: null, message: null, result: { uid: "u" } };

  describe("delivery steps", () => {
    /** Ends what other tests left open, so that claims are about one request. */
    const drain = async () => {
      for (;;) {
        const claim = await db().read.steps.claim(worker("drain", later(10_000_000)));
        if (claim === null) return;
        await db().read.steps.settle(claim, done);
      }
    };

    it("claims step by step, in order, each by one worker until its lease ends", async () => {
      await drain();
      const request = await addApproved(db(), 2);
      const first = await db().read.steps.claim(worker("a"));
      expect(first).toEqual({ requestId: request.id, n: 1, fence: 1, attempts: 1 });
      expect(await db().read.steps.claim(worker("b"))).toBeNull();
      const stolen = await db().read.steps.claim(worker("b", later(1000)));
      expect(stolen).toEqual({ requestId: request.id, n: 1, fence: 2, attempts: 2 });
      if (first === null || stolen === null) throw new Error("no claim");
      expect(await db().read.steps.renew(first, later(9000))).toBe(false);
      expect(await db().read.steps.settle(first, done)).toBe(false);
      expect(await db().read.steps.renew(stolen, later(9000))).toBe(true);
      expect(await db().read.steps.settle(stolen, done)).toBe(true);
      expect(await db().read.steps.settle(stolen, done)).toBe(false);
      expect((await db().read.steps.claim(worker("a")))?.n).toBe(2);
      expect((await db().read.steps.list(request.id))[0]).toEqual({
        requestId: request.id,
        n: 1,
        op: "apply",
        destination: "main",
        label: { n: 1 },
        state: "done",
        attempts: 2,
        startedAt: at,
        endedAt: at,
        nextTryAt: null,
        message: null,
        result: { uid: "u" },
      });
      await drain();
    });

    it("waits for the next try, says when that is, and leaves a failed step alone until it is reopened", async () => {
      await drain();
      expect(await db().read.steps.nextDue()).toBeNull();
      const request = await addApproved(db(), 1);
      expect(await db().read.steps.nextDue()).toEqual(new Date(0));
      const claim = await db().read.steps.claim(worker("a"));
      if (claim === null) throw new Error("no claim");
      expect(await db().read.steps.nextDue()).toEqual(later(1000));
      await db().read.steps.settle(claim, { state: "waiting", at, nextTryAt: later(5000), message: { key: "away" }, result: null });
      expect(await db().read.steps.nextDue()).toEqual(later(5000));
      expect(await db().read.steps.claim(worker("a", later(4999)))).toBeNull();
      const again = await db().read.steps.claim(worker("a", later(5000)));
      if (again === null) throw new Error("no claim");
      await db().read.steps.settle(again, { state: "failed", at, nextTryAt: null, message: { key: "refused" }, result: null });
      expect(await db().read.steps.claim(worker("a", later(99_000)))).toBeNull();
      await db().read.steps.reopen(request.id, later(6000));
      expect((await db().read.steps.list(request.id))[0]).toMatchObject({ state: "pending", attempts: 0, message: null });
      expect((await db().read.steps.claim(worker("a", later(6000))))?.requestId).toBe(request.id);
      await drain();
    });

    it("gives every claim to exactly one of many workers", async () => {
      await drain();
      for (let i = 0; i < 12; i += 1) await addApproved(db(), 1);
      const claims = (await Promise.all(Array.from({ length: 24 }, (_, i) => db().read.steps.claim(worker(`w${i}`))))).filter(
        (claim) => claim !== null,
      );
      expect(claims).toHaveLength(12);
      expect(new Set(claims.map(({ requestId }) => requestId)).size).toBe(12);
      await drain();
    });

    it("claims nothing of a request that is not approved", async () => {
      await drain();
      const waiting = await addRequest(db());
      await db().transaction((tx) => tx.steps.insertAll(waiting.id, [{ n: 1, op: "apply", destination: "main", label: {} }]));
      expect(await db().read.steps.claim(worker("a"))).toBeNull();
    });
  });
}

function describeAudit(db: () => DatabasePort): void {
  describe("the audit", () => {
    it("stays gapless and valid under parallel appends of which some roll back", async () => {
      const before = (await db().read.audit.head())?.seq ?? 0;
      const failing = new Error("no");
      const attempts = Array.from({ length: 30 }, (_, i) =>
        db().transaction(async (tx) => {
          await tx.audit.append(entry(`parallel-${i}`));
          if (i % 3 === 0) throw failing;
        }),
      );
      const results = await Promise.allSettled(attempts);
      expect(results.filter(({ status }) => status === "rejected")).toHaveLength(10);
      const rows = await db().read.audit.after(before, 100);
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => before + 1 + i));
      expect(await db().read.audit.verify([])).toMatchObject({ count: before + 20, problem: null });
    });

    it("gives rows back as the MAC covers them, whatever a detail holds", async () => {
      const strange = {
        ...entry("strange"),
        target: "nul \0 and \ud800",
        detail: { b: -0, a: [1e21, 5e-324, "\ud800", "\0", { "": null }], é: "\u2028" },
      };
      const row = await db().transaction((tx) => tx.audit.append(strange));
      expect(await db().read.audit.after(row.seq - 1, 1)).toEqual([{ ...row, detail: { ...row.detail, b: 0 } }]);
      expect((await db().read.audit.verify([])).problem).toBeNull();
    });

    it("lists newest first, filtered, in pages", async () => {
      const target = `page/${crypto.randomUUID()}`;
      for (const action of ["x", "y", "z"])
        await db().transaction((tx) => tx.audit.append({ ...entry(action), target, teamId: "payments" }));
      const first = await db().read.audit.list({ target }, { cursor: null, limit: 2 });
      const second = await db().read.audit.list({ target }, { cursor: first.nextCursor, limit: 2 });
      expect([first, second].map(({ items }) => items.map(({ action }) => action))).toEqual([["z", "y"], ["x"]]);
      expect(
        (
          await db().read.audit.list(
            { target, action: "y", outcome: "ok", actor: "system/test", teamIds: [payments] },
            { cursor: null, limit: 9 },
          )
        ).items,
      ).toHaveLength(1);
      expect((await db().read.audit.list({ target, teamIds: [shop] }, { cursor: null, limit: 9 })).items).toHaveLength(0);
    });

    it("signs its head, keeps the newest, and an earlier head still verifies", async () => {
      const head = await db().read.audit.signHead(at);
      if (head === null) throw new Error("no head");
      await db().transaction((tx) => tx.audit.rememberSignedHead(head));
      await db().transaction((tx) => tx.audit.rememberSignedHead(head));
      expect(await db().read.audit.latestSignedHead()).toEqual(head);
      await db().transaction((tx) => tx.audit.append(entry("after the head")));
      expect((await db().read.audit.verify([head])).problem).toBeNull();
      expect((await db().read.audit.verify([{ ...head, seq: head.seq + 9 }])).problem?.kind).toBe("forged-head");
    });

    it("wakes listeners with the rows that were committed, once and in order", async () => {
      const seen: number[] = [];
      const stop = db().onAudit((rows) => seen.push(...rows.map(({ seq }) => seq)));
      const stopBroken = db().onAudit(() => {
        throw new Error("a broken listener");
      });
      const started = Date.now();
      const rows = await Promise.all(Array.from({ length: 5 }, (_, i) => db().transaction((tx) => tx.audit.append(entry(`wake-${i}`)))));
      await db()
        .transaction(async (tx) => {
          await tx.audit.append(entry("rolled back"));
          throw new Error("no");
        })
        .catch(() => undefined);
      const last = Math.max(...rows.map(({ seq }) => seq));
      await expect.poll(() => seen.at(-1), { timeout: 5000, interval: 5 }).toBe(last);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.filter((seq) => rows.some((row) => row.seq === seq))).toHaveLength(5);
      expect(Date.now() - started).toBeLessThan(5000);
      stop();
      stopBroken();
    });
  });
}

function describeTransitions(db: () => DatabasePort): void {
  describe("status transitions", () => {
    const of = (uid: string, from: string | null, to: string, ms = 0) => ({
      objectKind: "Cluster",
      objectKey: `main/team-a/${uid}`,
      objectUid: uid,
      from,
      to,
      at: later(ms),
      sentence: { to },
    });

    it("writes a change once, however many replicas saw it", async () => {
      const uid = crypto.randomUUID();
      const results = await Promise.all(Array.from({ length: 6 }, () => db().read.transitions.record(of(uid, null, "creating"))));
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await db().read.transitions.record(of(uid, "creating", "ready", 1))).toBe(true);
      expect(await db().read.transitions.record(of(uid, "creating", "ready", 2))).toBe(false);
      expect(await db().read.transitions.list("Cluster", `main/team-a/${uid}`, 10)).toEqual([
        of(uid, "creating", "ready", 1),
        of(uid, null, "creating"),
      ]);
    });

    it("writes a state again that comes back", async () => {
      const uid = crypto.randomUUID();
      for (const [from, to] of [
        [null, "ready"],
        ["ready", "degraded"],
        ["degraded", "ready"],
        ["ready", "degraded"],
      ] as const)
        expect(await db().read.transitions.record(of(uid, from, to))).toBe(true);
      expect((await db().read.transitions.latest("Cluster")).find(({ objectUid }) => objectUid === uid)).toEqual(
        of(uid, "ready", "degraded"),
      );
      expect(await db().read.transitions.latest("Nothing")).toEqual([]);
    });
  });
}

function describeTransactions(db: () => DatabasePort): void {
  describe("transactions", () => {
    it("roll back as a whole, and what the use case threw comes out as it was", async () => {
      const mine = new PortalError("PRECONDITION", "my.own");
      const subject = crypto.randomUUID();
      const failed = db().transaction(async (tx) => {
        await tx.people.upsertUser({ issuer: "https://issuer.example", subject, name: "x", email: null });
        throw mine;
      });
      await expect(failed).rejects.toBe(mine);
      const bug = new TypeError("a bug");
      await expect(db().transaction(async () => Promise.reject(bug))).rejects.toBe(bug);
      const user = await addUser(db(), subject);
      expect(user.name).toBe(subject);
    });

    it("refuse reads outside them and transactions inside them, and say where the code stands", async () => {
      expect(db().inTransaction()).toBe(false);
      await db().transaction(async () => {
        expect(db().inTransaction()).toBe(true);
        await expect(db().read.audit.head()).rejects.toMatchObject({ code: "INTERNAL", key: "database.insideTransaction" });
        await expect(db().transaction(async () => 1)).rejects.toMatchObject({ key: "database.insideTransaction" });
      });
      expect(db().inTransaction()).toBe(false);
    });

    it("leave listeners outside of them", async () => {
      const inside: boolean[] = [];
      const stop = db().onAudit(() => inside.push(db().inTransaction()));
      await db().transaction((tx) => tx.audit.append(entry("where am I")));
      await expect.poll(() => inside.length, { timeout: 5000 }).toBeGreaterThan(0);
      stop();
      expect(inside.every((value) => !value)).toBe(true);
    });

    it("let timers run while they follow each other without a pause", async () => {
      let ticks = 0;
      const timer = setInterval(() => (ticks += 1), 1);
      for (let i = 0; i < 40; i += 1) await db().transaction((tx) => tx.people.findUser(crypto.randomUUID() as never));
      clearInterval(timer);
      expect(ticks).toBeGreaterThan(5);
    });

    it("serve many at once", async () => {
      const users = await Promise.all(
        Array.from({ length: 25 }, (_, i) =>
          db().transaction((tx) => tx.people.upsertUser({ issuer: "many", subject: `s${i % 5}`, name: `n${i}`, email: null })),
        ),
      );
      expect(new Set(users.map(({ id }) => id)).size).toBe(5);
    });

    it("keep the failing row's values out of the error", async () => {
      const error: unknown = await addRequest(db(), { contentHash: "f".repeat(64), purpose: "canary-purpose" }).catch(
        (caught: unknown) => caught,
      );
      expect(error).toMatchObject({ code: "INTERNAL", key: "database.unexpected" });
      const seen =
        error instanceof PortalError ? `${error.message} ${String(error.raw)} ${String(error.cause)} ${JSON.stringify(error)}` : "";
      expect(seen).toContain("requests_hash_of_plan");
      expect(seen).not.toContain("canary-purpose");
    });
  });
}
