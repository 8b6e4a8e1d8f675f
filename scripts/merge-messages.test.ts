import { describe, expect, it } from "vitest";
import { icuArguments } from "./icu-arguments.ts";
import { compareLanguages, flatten, nest } from "./merge-messages.ts";

describe("icuArguments", () => {
  it.each([
    ["plain", []],
    ["{a} and {b}", ["a:text", "b:text"]],
    ["{n, plural, one {# row of {team}} other {# rows}}", ["n:plural", "team:text"]],
    ["{n, number, ::currency/USD}", ["n:text"]],
    ["it''s '{'quoted'}' {a}", ["a:text"]],
    ["the cluster's name {a}", ["a:text"]],
    ["{s, select, yes {{x}} other {}}", ["s:select", "x:text"]],
  ])("reads %s", (message, found) => expect(icuArguments(message)).toEqual(found));

  it.each(["{a", "a}", "{n, plural, one {x}}", "{}", "{a b}", "'{x"])("refuses %s", (message) =>
    expect(() => icuArguments(message)).toThrow(),
  );
});

describe("merged messages", () => {
  const fragments = (tree: unknown) => [{ file: "a.json", tree }];

  it("sorts and nests", () => {
    const problems: string[] = [];
    expect(
      JSON.stringify(
        nest(
          flatten(
            [
              { file: "b", tree: { z: { b: "1" } } },
              { file: "a", tree: { z: { a: "2" }, a: "3" } },
            ],
            problems,
          ),
        ),
      ),
    ).toBe('{"a":"3","z":{"a":"2","b":"1"}}');
    expect(problems).toEqual([]);
  });

  it("finds a key said twice, and a text above a text", () => {
    const problems: string[] = [];
    flatten([...fragments({ a: { b: "1" }, c: "x" }), { file: "b.json", tree: { a: { b: "2" }, c: { d: "y" } } }], problems);
    expect(problems).toEqual(["b.json: a.b is already said in a.json", "b.json: c.d stands below c, which is itself a text"]);
  });

  it("finds what a language lacks and arguments that differ", () => {
    const en = flatten(fragments({ a: "{n, plural, one {#} other {#}}", b: "{x}", c: "only en" }), []);
    const ja = flatten(fragments({ a: "{n}", b: "{y}", d: "only ja" }), []);
    expect(compareLanguages(en, ja)).toEqual([
      "a.json: c is missing in Japanese",
      "a.json: d is missing in English",
      "b: English takes {x}, Japanese takes {y}",
    ]);
  });
});
