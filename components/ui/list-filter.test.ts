import { describe, expect, it } from "vitest";
import { listFilters } from "./list-filter.ts";

const filters = listFilters({ all: [], changing: ["creating", "deleting"], ready: ["ready"] }, "all", ["urgency", "name"], {
  network: null,
  protocol: ["http", "grpc"],
});

describe("the filter of a list", () => {
  it("goes into the URL and comes back", () => {
    const filter = {
      view: "changing",
      q: "check out",
      team: "payments",
      sort: "name",
      cursor: "abc",
      picked: { network: "net-prod" },
    } as const;
    expect(filters.read(Object.fromEntries(new URLSearchParams(filters.toSearch(filter))))).toEqual(filter);
  });
  it("keeps the plain list at a plain URL", () => {
    expect(filters.toSearch(filters.read({}))).toBe("");
  });
  it("falls back to the default for what it does not know", () => {
    expect(filters.read({ view: "constructor", sort: "colour", q: ["first", "second"] })).toEqual({
      view: "all",
      q: "first",
      team: "",
      sort: "urgency",
      cursor: "",
      picked: {},
    });
  });
  it("asks for what is picked, and leaves out what is not", () => {
    expect(filters.toInput(filters.read({ network: "net-prod", protocol: "grpc" }))).toEqual({ network: "net-prod", protocol: "grpc" });
    expect(filters.toInput(filters.read({ protocol: "smoke", colour: "red" }))).toEqual({});
    expect(filters.toSearch(filters.read({ network: "" }))).toBe("");
  });
  it("asks for no state when the view holds all of them", () => {
    expect(filters.toInput(filters.read({ q: "x" }))).toEqual({ q: "x" });
    expect(filters.toInput(filters.read({ view: "changing" }))).toEqual({ state: "creating,deleting" });
  });
  it("counts what a view holds", () => {
    expect([filters.totalOf("all", { ready: 3, creating: 1 }), filters.totalOf("changing", { ready: 3, creating: 1 })]).toEqual([4, 1]);
  });
});
