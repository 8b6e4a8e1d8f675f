import { describe, expect, it } from "vitest";
import { isSingleKey, matches } from "./shortcut-match.ts";

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...more });

describe("matches", () => {
  it("takes a letter in either case", () => {
    expect(matches("j", press("J"))).toBe(true);
  });
  it("leaves the browser's own combinations alone", () => {
    expect(matches("c", press("c", { ctrlKey: true }))).toBe(false);
    expect(matches("c", press("c", { metaKey: true }))).toBe(false);
  });
  it("takes either command key for mod", () => {
    expect(matches("mod+k", press("k", { ctrlKey: true }))).toBe(true);
    expect(matches("mod+k", press("k", { metaKey: true }))).toBe(true);
    expect(matches("mod+k", press("k"))).toBe(false);
  });
  it("never acts while Japanese is being composed", () => {
    expect(matches("mod+enter", press("Enter", { ctrlKey: true, isComposing: true }))).toBe(false);
  });
});

describe("isSingleKey", () => {
  it("knows letters from combinations", () => {
    expect(["j", "?", "mod+k"].map(isSingleKey)).toEqual([true, true, false]);
  });
});
