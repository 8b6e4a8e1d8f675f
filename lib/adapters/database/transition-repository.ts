import { z } from "zod";
import type { JsonObject } from "../../domain/json.ts";
import type { Db } from "./engine.ts";
import type { StatusTransition } from "./generated/client.ts";
import type { TransitionRecord, TransitionRepository } from "./port.ts";
import { fromJsonColumn, toJsonColumn } from "./stored-json.ts";

const LatestRow = z.object({
  objectKind: z.string(),
  objectKey: z.string(),
  objectUid: z.string(),
  from: z.nullable(z.string()),
  to: z.string(),
  at: z.date(),
  sentence: z.record(z.string(), z.json()),
});

export function transitionRepository(db: Db): TransitionRepository {
  return {
    record: async (transition) => {
      const { objectKind, objectUid, from, sentence } = transition;
      const previous = await db.statusTransition.findFirst({ where: { objectKind, objectUid }, orderBy: { id: "desc" } });
      if ((previous?.to ?? null) !== from) return false;
      // Unique over what it follows: of two replicas that saw the same change, the second inserts nothing.
      const { count } = await db.statusTransition.createMany({
        data: [{ ...transition, previousId: previous?.id ?? 0, sentence: toJsonColumn(sentence) }],
        skipDuplicates: true,
      });
      return count === 1;
    },
    latest: async (objectKind) => {
      const rows =
        await db.$queryRaw`SELECT DISTINCT ON ("objectUid") * FROM "status_transitions" WHERE "objectKind" = ${objectKind} ORDER BY "objectUid", "previousId" DESC`;
      return z.array(LatestRow).parse(rows);
    },
    list: async (objectKind, objectKey, limit) =>
      (await db.statusTransition.findMany({ where: { objectKind, objectKey }, orderBy: { id: "desc" }, take: limit })).map(toRecord),
  };
}

function toRecord({ objectKind, objectKey, objectUid, from, to, at, sentence }: StatusTransition): TransitionRecord {
  return { objectKind, objectKey, objectUid, from, to, at, sentence: fromJsonColumn<JsonObject>(sentence) };
}
