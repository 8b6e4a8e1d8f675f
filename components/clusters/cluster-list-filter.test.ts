import { describe, expect, it } from "vitest";
import { readClusterListFilter, toClusterListInput, toClusterListSearch } from "./cluster-list-filter.ts";

describe("the filter of the cluster list", () => {
  it("goes into the URL and comes back", () => {
    const filter = { view: "changing", q: "check out", team: "payments", sort: "name", cursor: "abc" } as const;
    expect(readClusterListFilter(Object.fromEntries(new URLSearchParams(toClusterListSearch(filter))))).toEqual(filter);
  });
  it("keeps the plain list at a plain URL", () => {
    expect(toClusterListSearch(readClusterListFilter({}))).toBe("");
  });
  it("falls back to the default for what it does not know", () => {
    expect(readClusterListFilter({ view: "constructor", sort: "colour", q: ["first", "second"] })).toEqual({
      view: "all",
      q: "first",
      team: "",
      sort: "urgency",
      cursor: "",
    });
  });
  it("asks for no state when the view holds all of them", () => {
    expect(toClusterListInput(readClusterListFilter({ q: "x" }))).toEqual({ q: "x" });
  });
});
