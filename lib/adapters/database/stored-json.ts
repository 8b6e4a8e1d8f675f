import { z } from "zod";
import type { JsonObject } from "../../domain/json.ts";
import { Prisma } from "./generated/client.ts";

/** For Json columns that may not be null in SQL: JSON's own null is stored as such. */
export function toJsonColumn(value: unknown): Prisma.InputJsonValue | typeof Prisma.JsonNull {
  return value === null ? Prisma.JsonNull : asInput(value);
}

/** For optional Json columns: null leaves the column empty. */
export function toOptionalJsonColumn(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : asInput(value);
}

// Safe: the port's types are JSON throughout, only deeper `readonly` than Prisma's.
function asInput(value: unknown): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}

/** Reads a Json column back. Safe: only this adapter writes the column, from a value of the very type its repository names. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the type of the column it reads
export function fromJsonColumn<T>(value: unknown): T {
  return value as T;
}

const StoredObject = z.record(z.string(), z.json());

/** Reads JSON text of an object. Text that somebody spoiled comes back under `unreadable`: the audit's verification then finds the row altered instead of failing itself. */
export function readObjectText(text: string): JsonObject {
  try {
    return StoredObject.parse(JSON.parse(text));
  } catch {
    return { unreadable: text };
  }
}
