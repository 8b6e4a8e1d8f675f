import { describe, expect, it } from "vitest";
import { paths } from "../../../lib/paths.ts";
import { addressQuery, readAddress, withInput } from "./map-address.ts";

const roundTrip = (search: string) => {
  const params = new URLSearchParams(search);
  return readAddress(Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)])));
};

describe("the address of the map", () => {
  it("comes back whole from what it wrote", () => {
    const address = {
      input: {
        team: "payments",
        health: "unhealthy" as const,
        focus: "route/m/team-a/x y&z",
        depth: 3,
        expand: ["cluster/a", "cluster/b"],
        collapse: ["vpc/v"],
      },
      select: "cluster/m/team-a/ü",
      only: true,
      view: "table" as const,
      wall: true,
    };
    expect(roundTrip(paths.topology(addressQuery(address)).split("?")[1] ?? "")).toEqual(address);
  });
  it("is plain for the plain map", () => {
    expect(paths.topology(addressQuery(readAddress({})))).toBe("/topology");
  });
  it("leaves out what it does not know, and is never an error", () => {
    expect(readAddress({ health: "sick", depth: "99", view: "cube", q: "x".repeat(200), nonsense: "1" })).toEqual({
      input: {},
      select: null,
      only: false,
      view: null,
      wall: false,
    });
  });
  it("reads ?wall without a value", () => {
    expect(roundTrip("wall").wall).toBe(true);
  });
  it("takes one part of the filter away by an empty value", () => {
    expect(withInput({ team: "payments", q: "x" }, { team: "" })).toEqual({ q: "x" });
  });
});
