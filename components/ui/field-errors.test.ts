import { describe, expect, it } from "vitest";
import { toFieldErrors } from "./field-errors.ts";

describe("toFieldErrors", () => {
  const errors = toFieldErrors(
    [
      { path: "input.name", message: "Taken." },
      { path: "publicCidrs.1", message: "No range." },
      { path: "pools.0.max", message: "Too many.", raw: "maxSize must be >= minSize" },
      { path: "spec.network.vpc", message: "Immutable." },
    ],
    /^(?:name|publicCidrs|pools\.\d+\.max)(?:\.\d+)?$/,
  );

  it("places a field with and without the prefix of the request body", () => {
    expect(errors.of("name")).toEqual(["Taken."]);
  });
  it("places the line of a list under the list", () => {
    expect(errors.of("publicCidrs")).toEqual(["No range."]);
  });
  it("does not place a pool's field under all pools", () => {
    expect(errors.of("pools")).toEqual([]);
    expect(errors.of("pools.0.max")).toEqual(["Too many. (maxSize must be >= minSize)"]);
  });
  it("gathers everything that is wrong inside a part", () => {
    expect(errors.under("pools.0")).toEqual(["Too many. (maxSize must be >= minSize)"]);
    expect(errors.under("pool")).toEqual([]);
  });
  it("keeps what has no field of its own, with its path", () => {
    expect(errors.unplaced).toEqual(["spec.network.vpc: Immutable."]);
  });
});
