import type { JsonObject } from "../../domain/json.ts";

/** A fact without the one character that PostgreSQL's JSON does not take; anybody who may write to a cluster may have put it into a text. */
export function storable<Fact extends JsonObject>(fact: Fact): Fact {
  // Safe: only characters inside texts fall away; members and types stay.
  return JSON.parse(
    JSON.stringify(fact, (_member, value: unknown) => (typeof value === "string" ? value.replaceAll("\0", "") : value)),
  ) as Fact;
}
