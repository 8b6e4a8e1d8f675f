import { describe, expect, it } from "vitest";
import { readRequestListFilter, toRequestListInput, toRequestListSearch } from "./request-list-filter.ts";

describe("the filter of the request list", () => {
  it("goes into the URL and comes back", () => {
    const filter = { view: "stopped", team: "payments", cursor: "abc" } as const;
    expect(readRequestListFilter(Object.fromEntries(new URLSearchParams(toRequestListSearch(filter))))).toEqual(filter);
  });
  it("asks for the states of the view and for none when it shows all", () => {
    expect(toRequestListInput({ view: "ended", team: "", cursor: "" })).toEqual({ state: "delivered,rejected,withdrawn,expired" });
    expect(toRequestListInput(readRequestListFilter({ view: "toString" }))).toEqual({});
  });
});
