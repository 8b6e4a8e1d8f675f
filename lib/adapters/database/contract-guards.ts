import { describe, expect, it } from "vitest";
import { activeTargetKey } from "../../domain/requests/request.ts";
import { addApproved, addRequest, addUser, approve, at, entry, hashOf, later, newRequest, numberOf } from "./contract-data.ts";
import type { RequestRecord, UserRecord } from "./port.ts";
import type { RawTestDatabase } from "./testing.ts";

const containing = (text: string): unknown => expect.stringContaining(text);

/** Triggers, functions and CHECKs: the drift check sees none of them, so each is seen to bite here. */
export function describeGuards(opened: () => RawTestDatabase): void {
  const db = () => opened().database;
  const sql: RawTestDatabase["sql"] = (text, ...values) => opened().sql(text, ...values);
  const vote = (request: RequestRecord, approver: UserRecord, slot: string | null = "platform") =>
    db().transaction((tx) => approve(tx, request, approver, slot));

  describe("four-eyes in the database", () => {
    it("refuses the requester, whoever submitted a revision, and every contributor", async () => {
      const [requester, submitter, editor, stranger] = await Promise.all([1, 2, 3, 4].map(() => addUser(db())));
      if (requester === undefined || submitter === undefined || editor === undefined || stranger === undefined) throw new Error("no users");
      const request = await addRequest(db(), { requesterId: requester.id });
      await db().transaction((tx) =>
        tx.requests.addRevision(request.id, {
          revision: 1,
          contentHash: request.contentHash,
          planBytes: request.planBytes,
          input: {},
          submittedBy: submitter.id,
          at,
        }),
      );
      await db().transaction((tx) => tx.requests.addContributor(request.id, editor.id, "tenancy-editor"));
      for (const user of [requester, submitter, editor])
        await expect(vote(request, user)).rejects.toMatchObject({ code: "FORBIDDEN", key: "requests.fourEyes" });
      await vote(request, stranger);
    });

    it("refuses a second vote of a person, a second vote in a slot, an unknown slot and an approval without one", async () => {
      const [one, two] = [await addUser(db()), await addUser(db())];
      const slots = [
        { id: "a", role: "platform-admin" as const },
        { id: "b", role: "platform-admin" as const },
      ];
      const request = await addRequest(db(), { slots });
      await vote(request, one, "a");
      await expect(vote(request, one, "b")).rejects.toMatchObject({ code: "CONFLICT", values: { constraint: "vote" } });
      await expect(vote(request, two, "a")).rejects.toMatchObject({ code: "CONFLICT", values: { constraint: "slot" } });
      await expect(vote(request, two, "c")).rejects.toMatchObject({ code: "INTERNAL", key: "database.unknownSlot" });
      await expect(vote(request, two, null)).rejects.toMatchObject({ code: "INTERNAL" });
      await vote(request, two, "b");
    });

    it("refuses a stale hash, another revision and a request that does not wait", async () => {
      const user = await addUser(db());
      const request = await addRequest(db());
      await expect(vote({ ...request, contentHash: hashOf("old") }, user)).rejects.toMatchObject({
        code: "CONFLICT",
        key: "database.staleContent",
      });
      await expect(vote({ ...request, revision: 2 }, user)).rejects.toMatchObject({ code: "CONFLICT", key: "database.staleContent" });
      await db().transaction((tx) => tx.requests.update(request.id, { state: "withdrawn", endedAt: at }, at));
      await expect(vote(request, user)).rejects.toMatchObject({ code: "CONFLICT", key: "database.notWaiting" });
    });

    it("lets nobody slip in who becomes a contributor at the same moment", async () => {
      const user = await addUser(db());
      const request = await addRequest(db());
      const [joined, voted] = await Promise.allSettled([
        db().transaction((tx) => tx.requests.addContributor(request.id, user.id, "submitted")),
        vote(request, user),
      ]);
      const contributors = await db().read.requests.listContributors(request.id);
      const approvals = await db().read.requests.listApprovals(request.id);
      expect(joined.status).toBe("fulfilled");
      // Whoever came first wins: an approval that stands was given by somebody who was no contributor yet.
      expect(approvals.length).toBe(voted.status === "fulfilled" ? 1 : 0);
      expect(contributors).toHaveLength(1);
    });

    it("approves only with a vote in each slot, for exactly this revision and hash", async () => {
      const [one, two] = [await addUser(db()), await addUser(db())];
      const request = await addRequest(db(), {
        slots: [
          { id: "a", role: "platform-admin" },
          { id: "b", role: "platform-admin" },
        ],
      });
      const enter = () =>
        db().transaction((tx) =>
          tx.requests.update(request.id, { state: "approved", activeTargetKey: activeTargetKey(request.kind, request.target) }, at),
        );
      await vote(request, one, "a");
      await expect(enter()).rejects.toMatchObject({ code: "FORBIDDEN", key: "database.slotsOpen" });
      await vote(request, two, "b");
      await enter();
    });

    it("fills a slot only after the one it names", async () => {
      const [one, two] = [await addUser(db()), await addUser(db())];
      const request = await addRequest(db(), {
        slots: [
          { id: "lead", role: "team-lead", team: "payments" },
          { id: "platform", role: "platform-admin", after: "lead" },
        ],
      });
      await expect(vote(request, one, "platform")).rejects.toMatchObject({ code: "FORBIDDEN", key: "database.slotOrder" });
      await vote(request, two, "lead");
      await vote(request, one, "platform");
    });

    it("lets no request begin as approved that needs approvals, by any path", async () => {
      const active = newRequest();
      await expect(addRequest(db(), { ...active, state: "delivered" })).rejects.toMatchObject({ key: "database.slotsOpen" });
      const request = await addRequest(db());
      await expect(sql(`UPDATE "requests" SET "state" = 'delivered' WHERE "number" = $1`, numberOf(request.id))).rejects.toMatchObject({
        key: "database.slotsOpen",
      });
      await expect(sql(`UPDATE "requests" SET "state" = 'failed' WHERE "number" = $1`, numberOf(request.id))).rejects.toMatchObject({
        key: "database.slotsOpen",
      });
    });
  });

  describe("what stands", () => {
    it("keeps the content of an approved request as it was approved", async () => {
      const request = await addApproved(db(), 1);
      const bytes = '{"v":2}';
      for (const patch of [
        { planBytes: bytes, contentHash: hashOf(bytes) },
        { revision: 2 },
        { slots: [{ id: "x", role: "platform-admin" as const }] },
        { input: { other: true } },
      ]) {
        await expect(db().transaction((tx) => tx.requests.update(request.id, patch, at))).rejects.toMatchObject({
          code: "INTERNAL",
          key: "database.contentStands",
        });
      }
    });

    it("stores no bytes under another hash, in a request and in a revision", async () => {
      const request = await addRequest(db());
      await expect(sql(`UPDATE "requests" SET "planBytes" = '{}' WHERE "number" = $1`, numberOf(request.id))).rejects.toMatchObject({
        cause: { message: containing("requests_hash_of_plan") },
      });
      const revision = { revision: 1, contentHash: hashOf("other"), planBytes: "{}", input: {}, submittedBy: null, at };
      await expect(db().transaction((tx) => tx.requests.addRevision(request.id, revision))).rejects.toMatchObject({
        cause: { message: containing("request_revisions_hash_of_plan") },
      });
    });

    it("keeps an ended request ended", async () => {
      const request = await addRequest(db());
      await db().transaction((tx) => tx.requests.update(request.id, { state: "rejected", endedAt: at }, at));
      await expect(db().transaction((tx) => tx.requests.update(request.id, { state: "waiting" }, at))).rejects.toMatchObject({
        code: "CONFLICT",
        key: "database.ended",
      });
    });

    it.each(["approvals", "request_revisions", "request_contributors"])("lets nobody change or delete rows of %s", async (table) => {
      const [author, approver] = [await addUser(db()), await addUser(db())];
      const request = await addRequest(db());
      await db().transaction(async (tx) => {
        await tx.requests.addRevision(request.id, {
          revision: 1,
          contentHash: request.contentHash,
          planBytes: request.planBytes,
          input: {},
          submittedBy: author.id,
          at,
        });
        await tx.requests.addContributor(request.id, author.id, "submitted");
        await approve(tx, request, approver);
      });
      const number = numberOf(request.id);
      await expect(sql(`UPDATE "${table}" SET "requestNumber" = "requestNumber" WHERE "requestNumber" = $1`, number)).rejects.toMatchObject(
        { key: "database.appendOnly" },
      );
      await expect(sql(`DELETE FROM "${table}" WHERE "requestNumber" = $1`, number)).rejects.toMatchObject({ key: "database.appendOnly" });
    });

    it.each(["approvals", "request_contributors", "audit_rows", "audit_head"])("lets nobody empty %s", async (table) => {
      await expect(sql(`TRUNCATE "${table}" CASCADE`)).rejects.toMatchObject({ key: "database.appendOnly" });
    });

    it("keeps audit rows and their head", async () => {
      const { seq } = await db().transaction((tx) => tx.audit.append(entry("stays")));
      await expect(sql(`UPDATE "audit_rows" SET "action" = 'other' WHERE "seq" = $1`, seq)).rejects.toMatchObject({
        key: "database.appendOnly",
      });
      await expect(sql(`DELETE FROM "audit_rows" WHERE "seq" = $1`, seq)).rejects.toMatchObject({ key: "database.appendOnly" });
      await expect(sql(`DELETE FROM "audit_head"`)).rejects.toMatchObject({ key: "database.appendOnly" });
      await expect(sql(`UPDATE "audit_head" SET "seq" = "seq" - 1`)).rejects.toMatchObject({ key: "database.auditChain" });
      await expect(sql(`UPDATE "audit_head" SET "mac" = repeat('0', 64)`)).rejects.toMatchObject({ key: "database.auditChain" });
    });

    it("takes no audit row that does not continue the head", async () => {
      const columns = `("seq", "at", "action", "outcome", "actorType", "actorId", "actorName", "actorVia", "target", "detail", "prevMac", "mac", "keyId")`;
      const insert = (seq: string, prevMac: string) =>
        sql(
          `INSERT INTO "audit_rows" ${columns} SELECT ${seq}, now(), 'a', 'ok', 'system', 'x', 'x', 'x', 't', '{}', ${prevMac}, repeat('a', 64), 'k' FROM "audit_head"`,
        );
      await expect(insert(`"seq" + 2`, `"mac"`)).rejects.toMatchObject({ key: "database.auditChain" });
      await expect(insert(`"seq" + 1`, `repeat('b', 64)`)).rejects.toMatchObject({ key: "database.auditChain" });
    });
  });

  describe("values", () => {
    const refusedBy = (constraint: string) => ({ code: "INTERNAL", cause: { message: containing(`23514 ${constraint}`) } });

    it.each([
      [
        "sessions_last_an_hour",
        `INSERT INTO "sessions" ("id", "userId", "startedAt", "endsAt") SELECT gen_random_uuid(), "id", now(), now() + interval '61 minutes' FROM "users" LIMIT 1`,
      ],
      [
        "memberships_words",
        `INSERT INTO "memberships" ("userId", "teamId", "role", "source") SELECT "id", 'payments', 'owner', 'idp' FROM "users" LIMIT 1`,
      ],
      [
        "memberships_words",
        `INSERT INTO "memberships" ("userId", "teamId", "role", "source") SELECT "id", 'payments', 'lead', 'magic' FROM "users" LIMIT 1`,
      ],
      ["global_grants_words", `INSERT INTO "global_grants" ("userId", "role", "source") SELECT "id", 'root', 'idp' FROM "users" LIMIT 1`],
      [
        "tokens_words",
        `INSERT INTO "tokens" ("id", "userId", "name", "hash", "scopes", "source", "expiresAt") SELECT 'x', "id", 'x', 'plain token', ARRAY['read'], 'person', now() FROM "users" LIMIT 1`,
      ],
      [
        "tokens_words",
        `INSERT INTO "tokens" ("id", "userId", "name", "hash", "scopes", "source", "expiresAt") SELECT 'x', "id", 'x', repeat('a', 64), ARRAY['admin'], 'person', now() FROM "users" LIMIT 1`,
      ],
      [
        "tokens_words",
        `INSERT INTO "tokens" ("id", "userId", "name", "hash", "scopes", "source", "expiresAt") SELECT 'x', "id", 'x', repeat('a', 64), ARRAY[]::text[], 'person', now() FROM "users" LIMIT 1`,
      ],
      ["teams_quota", `UPDATE "teams" SET "clusterQuota" = -1`],
      [
        "rights_mappings_shape",
        `INSERT INTO "rights_mappings" ("key", "type", "group", "subject", "global") VALUES ('k', 'group', 'g', 's', 'viewer')`,
      ],
      [
        "rights_mappings_shape",
        `INSERT INTO "rights_mappings" ("key", "type", "group", "global", "teamId", "teamRole") VALUES ('k', 'group', 'g', 'viewer', 'payments', 'lead')`,
      ],
      ["rights_mappings_shape", `INSERT INTO "rights_mappings" ("key", "type", "issuer", "subject") VALUES ('k', 'subject', 'i', 's')`],
      ["policies_slots", `INSERT INTO "policies" ("name", "version", "slots", "createdAt") VALUES ('p', 1, '{}', now())`],
      [
        "blueprints_version",
        `INSERT INTO "blueprints" ("id", "version", "data", "policyName", "createdAt") VALUES ('b', 0, '{}', 'p', now())`,
      ],
      [
        "request_contributors_words",
        `INSERT INTO "request_contributors" ("requestNumber", "userId", "reason") SELECT (SELECT min("number") FROM "requests"), "id", 'friend' FROM "users" LIMIT 1`,
      ],
      ["audit_head_one_row", `INSERT INTO "audit_head" ("id", "seq", "mac", "keyId") VALUES (2, 0, '', '')`],
      [
        "status_transitions_first",
        `INSERT INTO "status_transitions" ("objectKind", "objectKey", "objectUid", "previousId", "to", "at", "sentence") VALUES ('Cluster', 'k', 'u', 5, 'ready', now(), '{}')`,
      ],
    ])("%s: %s", async (constraint, statement) => {
      await addRequest(db());
      await addUser(db());
      await expect(sql(statement)).rejects.toMatchObject(refusedBy(constraint));
    });

    it.each([
      ["requests_words", { state: "approving" }],
      ["requests_words", { visibility: "everybody" }],
      ["requests_words", { revision: 0 }],
      ["requests_words", { reservedClusters: -1 }],
      ["requests_active_target", { activeTargetKey: "main/x/y" }],
      ["requests_free_names", { state: "withdrawn", reservedName: "kept" }],
    ])("%s: a request with %o", async (constraint, patch) => {
      const request = await addRequest(db(), { slots: [] });
      const sets = Object.keys(patch).map((column, i) => `"${column}" = $${i + 2}`);
      await expect(
        sql(`UPDATE "requests" SET ${sets.join(", ")} WHERE "number" = $1`, numberOf(request.id), ...Object.values<unknown>(patch)),
      ).rejects.toMatchObject(refusedBy(constraint));
    });

    it("requests_active_target: approved without the key of its target", async () => {
      const request = await addRequest(db(), { slots: [] });
      await expect(db().transaction((tx) => tx.requests.update(request.id, { state: "approved" }, at))).rejects.toMatchObject(
        refusedBy("requests_active_target"),
      );
    });

    it("delivery_steps_words: a step that runs without a lease, or holds one without running", async () => {
      const request = await addApproved(db(), 1);
      const number = numberOf(request.id);
      await expect(sql(`UPDATE "delivery_steps" SET "state" = 'running' WHERE "requestNumber" = $1`, number)).rejects.toMatchObject(
        refusedBy("delivery_steps_words"),
      );
      await expect(
        sql(`UPDATE "delivery_steps" SET "leaseOwner" = 'w', "leaseUntil" = $2 WHERE "requestNumber" = $1`, number, later(1)),
      ).rejects.toMatchObject(refusedBy("delivery_steps_words"));
      await expect(sql(`UPDATE "delivery_steps" SET "op" = 'sing' WHERE "requestNumber" = $1`, number)).rejects.toMatchObject(
        refusedBy("delivery_steps_words"),
      );
    });

    it("audit_rows_words: a row with an outcome nobody knows", async () => {
      const statement = `INSERT INTO "audit_rows" ("seq", "at", "action", "outcome", "actorType", "actorId", "actorName", "actorVia", "target", "detail", "prevMac", "mac", "keyId") SELECT "seq" + 1, now(), 'a', 'maybe', 'system', 'x', 'x', 'x', 't', '{}', "mac", repeat('a', 64), 'k' FROM "audit_head"`;
      await expect(sql(statement)).rejects.toMatchObject(refusedBy("audit_rows_words"));
    });
  });
}
