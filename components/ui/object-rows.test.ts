import { describe, expect, it } from "vitest";
import { elbowReach, sortConditions, type TreeObject, toTreeRows } from "./object-rows.ts";

const object = (id: string, parent: string | null): TreeObject => ({
  id,
  parent,
  ref: { apiVersion: "v1", kind: "Kind", name: id },
  glyph: "ok",
  summary: "",
  at: null,
  conditions: [],
});
const shape = (objects: readonly TreeObject[], closed: readonly string[] = []) =>
  toTreeRows(objects, new Set(closed)).map(({ object: { id }, level }) => `${level}${id}`);

describe("toTreeRows", () => {
  it("draws parents before their children, whatever the order of arrival", () => {
    expect(shape([object("pool", "cluster"), object("cluster", null), object("managed", "pool")])).toEqual([
      "1cluster",
      "2pool",
      "3managed",
    ]);
  });
  it("leaves out what lies under a closed branch", () => {
    expect(shape([object("a", null), object("b", "a"), object("c", "b"), object("d", null)], ["a"])).toEqual(["1a", "1d"]);
  });
  it("shows an object whose parent is missing, and objects in a circle, once each", () => {
    expect(shape([object("orphan", "gone"), object("x", "y"), object("y", "x")])).toEqual(["1orphan", "1x", "2y"]);
  });
});

describe("elbowReach", () => {
  const rows = toTreeRows(
    [object("cluster", null), object("pool", "cluster"), object("managed", "pool"), object("other", "cluster")],
    new Set(),
  );
  const reaches = (isOpen: (id: string) => boolean) =>
    rows
      .map((_, at) => elbowReach(rows, at, (row) => isOpen(row.object.id)))
      .map(({ rows: span, toParent }) => `${span}${toParent ? "p" : "s"}`);

  it("spans to the parent or over the rows below the sibling before", () => {
    expect(reaches(() => false).slice(1)).toEqual(["1p", "1p", "2s"]);
  });
  it("stays short when conditions of unknown height lie between", () => {
    expect(reaches((id) => id === "managed").slice(1)).toEqual(["1p", "1p", "1p"]);
  });
});

describe("sortConditions", () => {
  it("puts bad ones first", () => {
    const condition = (type: string, glyph: TreeObject["glyph"]) => ({
      type,
      glyph,
      status: "True",
      reason: null,
      message: null,
      at: null,
    });
    expect(sortConditions([condition("A", "ok"), condition("B", "unknown"), condition("C", "failed")]).map(({ type }) => type)).toEqual([
      "C",
      "B",
      "A",
    ]);
  });
});
