import { describe, expect, it } from "vitest";
import { holdRows, showHeld } from "./hold-rows.ts";

type Row = { readonly key: string; readonly state: string };
const keyOf = (row: Row) => row.key;
const rows = (text: string): Row[] => Array.from(text, (key) => ({ key, state: "ready" }));

describe("showHeld", () => {
  it("keeps the order and shows the newest content", () => {
    const held = holdRows(rows("abc"), keyOf);
    const latest = [{ key: "c", state: "failed" }, ...rows("ab")];
    expect(showHeld(held, latest, keyOf)).toEqual({
      shown: [...rows("ab"), { key: "c", state: "failed" }],
      added: 0,
      removed: 0,
      moved: 1,
    });
  });
  it("counts new and gone rows and keeps the gone ones in place", () => {
    expect(showHeld(holdRows(rows("abc"), keyOf), rows("adce"), keyOf)).toEqual({ shown: rows("abc"), added: 2, removed: 1, moved: 0 });
  });
  it("counts the fewest rows that must move", () => {
    expect(showHeld(holdRows(rows("abcd"), keyOf), rows("bcda"), keyOf).moved).toBe(1);
    expect(showHeld(holdRows(rows("abcd"), keyOf), rows("dcba"), keyOf).moved).toBe(3);
  });
  it("sees no change where there is none", () => {
    expect(showHeld(holdRows(rows("abc"), keyOf), rows("abc"), keyOf)).toEqual({ shown: rows("abc"), added: 0, removed: 0, moved: 0 });
  });
});
