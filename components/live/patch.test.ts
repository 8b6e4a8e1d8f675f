import { describe, expect, it } from "vitest";
import { patchItems, patchWhole } from "./patch.ts";

type Row = { readonly key: string; readonly state: string; readonly note?: string };
const page = {
  items: [
    { key: "a", state: "ready" },
    { key: "b", state: "creating" },
  ] as readonly Row[],
  nextCursor: null,
};
const patch = patchItems<Row, typeof page>({ keyOf: (row) => row.key, placeOf: (row) => row.state });

describe("patchItems", () => {
  it("changes a known item in place and asks for the order", () => {
    expect(patch(page, { type: "set", key: "b", view: { key: "b", state: "ready" } })).toEqual({
      view: {
        items: [
          { key: "a", state: "ready" },
          { key: "b", state: "ready" },
        ],
        nextCursor: null,
      },
      refetch: true,
    });
  });
  it("asks for nothing when the item keeps its place", () => {
    expect(patch(page, { type: "set", key: "b", view: { key: "b", state: "creating", note: "x" } }).refetch).toBe(false);
  });
  it("leaves membership to the server", () => {
    expect(patch(page, { type: "set", key: "new", view: { key: "new", state: "ready" } })).toEqual({ view: page, refetch: true });
    expect(patch(page, { type: "remove", key: "a" })).toEqual({ view: page, refetch: true });
  });
});

describe("patchWhole", () => {
  it("replaces the view", () => {
    expect(patchWhole<Row>()({ key: "a", state: "x" }, { type: "set", key: "a", view: { key: "a", state: "y" } })).toEqual({
      view: { key: "a", state: "y" },
      refetch: false,
    });
  });
  it("reads again when the push carries no view", () => {
    const view = { key: "a", state: "x" };
    expect(patchWhole<Row>()(view, { type: "set", key: "a", view: null })).toEqual({ view, refetch: true });
    expect(patchWhole<Row>()(view, { type: "remove", key: "a" })).toEqual({ view, refetch: true });
  });
});
