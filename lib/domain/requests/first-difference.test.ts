import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json.ts";
import { canonicalJson } from "./canonical-json.ts";
import { firstDifference } from "./first-difference.ts";

// fast-check types its JSON as unknown; it only makes JSON.
function asJson(value: unknown): JsonValue {
  return value as JsonValue;
}

describe("firstDifference", () => {
  it.each([
    [{ spec: { a: 1, b: 2 } }, { spec: { a: 1, b: 3 } }, "spec.b"],
    [{ spec: { list: ["x", "y"] } }, { spec: { list: ["x"] } }, "spec.list.1"],
    [{ a: 1 }, {}, "a"],
    [{ a: [] }, { a: {} }, "a"],
    [{ a: null }, { a: 0 }, "a"],
    [1, 2, ""],
  ] satisfies [JsonValue, JsonValue, string][])("names the member in which %j and %j differ", (one, other, path) => {
    expect(firstDifference(one, other)).toBe(path);
  });

  it("finds none exactly when the canonical texts are equal", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(firstDifference(asJson(one), asJson(other)) === null).toBe(canonicalJson(asJson(one)) === canonicalJson(asJson(other)));
        expect(firstDifference(asJson(one), asJson(JSON.parse(JSON.stringify(one))))).toBeNull();
      }),
    );
  });
});
