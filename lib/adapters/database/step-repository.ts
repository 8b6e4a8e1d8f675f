import { z } from "zod";
import type { JsonObject } from "../../domain/json.ts";
import type { Db } from "./engine.ts";
import type { DeliveryStep } from "./generated/client.ts";
import type { StepClaim, StepRecord, StepRepository } from "./port.ts";
import { toNumber, toRequestId } from "./request-number.ts";
import { fromJsonColumn, toJsonColumn, toOptionalJsonColumn } from "./stored-json.ts";

const Op = z.enum(["apply", "delete", "await"]);
const State = z.enum(["pending", "running", "waiting", "done", "failed"]);
const ClaimRow = z.object({ requestNumber: z.int(), n: z.int(), fence: z.int(), attempts: z.int() });
const DueRow = z.tuple([z.object({ due: z.nullable(z.date()) })]);

export function stepRepository(db: Db): StepRepository {
  return {
    insertAll: async (requestId, steps) => {
      const requestNumber = toNumber(requestId) ?? 0;
      await db.deliveryStep.createMany({ data: steps.map((step) => ({ ...step, requestNumber, label: toJsonColumn(step.label) })) });
    },
    list: async (requestId) =>
      (await db.deliveryStep.findMany({ where: { requestNumber: toNumber(requestId) ?? 0 }, orderBy: { n: "asc" } })).map(toStep),
    claim: (worker) => claim(db, worker),
    renew: async (held, until) =>
      (await db.deliveryStep.updateMany({ where: { ...keyOf(held), state: "running" }, data: { leaseUntil: until } })).count === 1,
    settle: async (held, { state, at, nextTryAt, message, result }) => {
      const ended = state === "done" || state === "failed";
      const outcome = {
        state,
        nextTryAt,
        endedAt: ended ? at : null,
        message: toOptionalJsonColumn(message),
        result: toOptionalJsonColumn(result),
      };
      const { count } = await db.deliveryStep.updateMany({
        where: { ...keyOf(held), state: "running" },
        data: { ...outcome, leaseOwner: null, leaseUntil: null },
      });
      return count === 1;
    },
    reopen: async (requestId, at) => {
      const freed = { state: "pending", attempts: 0, startedAt: null, endedAt: null, nextTryAt: at, leaseOwner: null, leaseUntil: null };
      await db.deliveryStep.updateMany({
        where: { requestNumber: toNumber(requestId) ?? 0, state: "failed" },
        data: { ...freed, message: toOptionalJsonColumn(null) },
      });
    },
    nextDue: async () => {
      const rows = await db.$queryRaw`
        SELECT min(greatest(coalesce(s."nextTryAt", 'epoch'), coalesce(s."leaseUntil", 'epoch'))) AS "due"
        FROM "delivery_steps" s JOIN "requests" r ON r."number" = s."requestNumber"
        WHERE r."state" IN ('approved', 'delivering') AND s."state" IN ('pending', 'running', 'waiting')
          AND NOT EXISTS (SELECT 1 FROM "delivery_steps" e WHERE e."requestNumber" = s."requestNumber" AND e."n" < s."n" AND e."state" <> 'done')`;
      return DueRow.parse(rows)[0].due;
    },
  };
}

async function claim(db: Db, { owner, leaseMs, now }: Parameters<StepRepository["claim"]>[0]): Promise<StepClaim | null> {
  const until = new Date(now.getTime() + leaseMs);
  const rows = await db.$queryRaw`
    UPDATE "delivery_steps" SET "state" = 'running', "fence" = "fence" + 1, "attempts" = "attempts" + 1,
      "leaseOwner" = ${owner}, "leaseUntil" = ${until}, "startedAt" = coalesce("startedAt", ${now})
    WHERE ("requestNumber", "n") = (
      SELECT s."requestNumber", s."n" FROM "delivery_steps" s JOIN "requests" r ON r."number" = s."requestNumber"
      WHERE r."state" IN ('approved', 'delivering') AND s."state" IN ('pending', 'running', 'waiting')
        AND (s."leaseUntil" IS NULL OR s."leaseUntil" <= ${now}) AND (s."nextTryAt" IS NULL OR s."nextTryAt" <= ${now})
        AND NOT EXISTS (SELECT 1 FROM "delivery_steps" e WHERE e."requestNumber" = s."requestNumber" AND e."n" < s."n" AND e."state" <> 'done')
      ORDER BY s."nextTryAt" NULLS FIRST, s."requestNumber" LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
    RETURNING "requestNumber", "n", "fence", "attempts"`;
  const [row] = z.array(ClaimRow).max(1).parse(rows);
  return row === undefined ? null : { requestId: toRequestId(row.requestNumber), n: row.n, fence: row.fence, attempts: row.attempts };
}

function keyOf({ requestId, n, fence }: StepClaim): { readonly requestNumber: number; readonly n: number; readonly fence: number } {
  return { requestNumber: toNumber(requestId) ?? 0, n, fence };
}

function toStep({
  requestNumber,
  n,
  op,
  destination,
  label,
  state,
  attempts,
  startedAt,
  endedAt,
  nextTryAt,
  message,
  result,
}: DeliveryStep): StepRecord {
  const json = {
    label: fromJsonColumn<JsonObject>(label),
    message: fromJsonColumn<JsonObject | null>(message),
    result: fromJsonColumn<JsonObject | null>(result),
  };
  return {
    requestId: toRequestId(requestNumber),
    n,
    op: Op.parse(op),
    destination,
    state: State.parse(state),
    attempts,
    startedAt,
    endedAt,
    nextTryAt,
    ...json,
  };
}
