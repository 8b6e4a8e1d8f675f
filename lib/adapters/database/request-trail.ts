import { z } from "zod";
import { type RequestId, UserId } from "../../domain/ids.ts";
import type { JsonValue } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { Decision } from "../../domain/requests/request.ts";
import type { Db } from "./engine.ts";
import { toUser } from "./people-repository.ts";
import type { RequestRepository } from "./port.ts";
import { toNumber, toRequestId } from "./request-number.ts";
import { fromJsonColumn, toJsonColumn } from "./stored-json.ts";

type Trail = Pick<
  RequestRepository,
  | "addRevision"
  | "listRevisions"
  | "addContributor"
  | "listContributors"
  | "addApproval"
  | "listApprovals"
  | "addComment"
  | "listComments"
  | "rememberKey"
  | "countKeys"
  | "removeKeys"
>;
const Reason = z.enum(["submitted", "blueprint-author", "policy-author", "tenancy-editor"]);
const KeyRow = z.tuple([z.object({ bodyHash: z.string(), requestNumber: z.nullable(z.int()) })]);

/** What people leave on a request: revisions, contributors, approvals, comments, idempotency keys. All but the keys only grow. */
export function requestTrail(db: Db): Trail {
  return {
    addRevision: async (id, { submittedBy, input, ...revision }) => {
      await db.requestRevision.create({
        data: { ...revision, requestNumber: mustNumber(id), submittedById: submittedBy, input: toJsonColumn(input) },
      });
    },
    listRevisions: async (id) => {
      const rows = await db.requestRevision.findMany({
        where: { requestNumber: mustNumber(id) },
        include: { submittedBy: true },
        orderBy: { revision: "asc" },
      });
      return rows.map(({ revision, contentHash, planBytes, input, submittedBy, at }) => ({
        revision,
        contentHash,
        planBytes,
        input: fromJsonColumn<JsonValue>(input),
        submittedBy: submittedBy === null ? null : toUser(submittedBy),
        at,
      }));
    },
    addContributor: async (id, userId, reason) => {
      await db.requestContributor.createMany({ data: [{ requestNumber: mustNumber(id), userId, reason }], skipDuplicates: true });
    },
    listContributors: async (id) => {
      const rows = await db.requestContributor.findMany({
        where: { requestNumber: mustNumber(id) },
        orderBy: [{ userId: "asc" }, { reason: "asc" }],
      });
      return rows.map(({ userId, reason }) => ({ userId: UserId.parse(userId), reason: Reason.parse(reason) }));
    },
    addApproval: async (id, approval) => {
      await db.approval.create({ data: { ...approval, requestNumber: mustNumber(id) } });
    },
    listApprovals: async (id) => {
      const rows = await db.approval.findMany({
        where: { requestNumber: mustNumber(id) },
        include: { approver: true },
        orderBy: { id: "asc" },
      });
      return rows.map(({ revision, slotId, approver, decision, contentHash, comment, at }) => ({
        revision,
        slotId,
        approver: toUser(approver),
        decision: Decision.parse(decision),
        contentHash,
        comment,
        at,
      }));
    },
    addComment: async (id, comment) => {
      await db.comment.create({ data: { ...comment, requestNumber: mustNumber(id) } });
    },
    listComments: async (id) => {
      const rows = await db.comment.findMany({
        where: { requestNumber: mustNumber(id) },
        include: { author: true },
        orderBy: [{ at: "asc" }, { id: "asc" }],
      });
      return rows.map(({ id: commentId, author, text, at }) => ({ id: commentId, author: toUser(author), text, at }));
    },
    rememberKey: (key) => rememberKey(db, key),
    countKeys: (before) => db.idempotencyKey.count({ where: { createdAt: { lt: before } } }),
    removeKeys: async (before, atMost) =>
      (await db.idempotencyKey.deleteMany({ where: { createdAt: { lt: before } }, limit: atMost })).count,
  };
}

async function rememberKey(db: Db, { userId, key, bodyHash, requestId }: Parameters<Trail["rememberKey"]>[0]): Promise<RequestId | null> {
  const requestNumber = requestId === null ? null : mustNumber(requestId);
  const { count } = await db.idempotencyKey.createMany({ data: [{ userId, key, bodyHash, requestNumber }], skipDuplicates: true });
  if (count === 1) return null;
  const [earlier] = KeyRow.parse(
    await db.$queryRaw`SELECT "bodyHash", "requestNumber" FROM "idempotency_keys" WHERE "userId" = ${userId}::uuid AND "key" = ${key} FOR UPDATE`,
  );
  if (earlier.bodyHash !== bodyHash) throw new PortalError("CONFLICT", "requests.idempotencyKeyReused");
  if (earlier.requestNumber !== null) return toRequestId(earlier.requestNumber);
  if (requestNumber !== null) await db.idempotencyKey.update({ where: { userId_key: { userId, key } }, data: { requestNumber } });
  return null;
}

function mustNumber(id: RequestId): number {
  const number = toNumber(id);
  if (number === null) throw new PortalError("NOT_FOUND", "notFound");
  return number;
}
