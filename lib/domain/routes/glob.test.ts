import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globCovers, globMatches, globMeet } from "./glob.ts";

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), maxLength: 7 });
const text = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 7 });

describe("where two patterns meet", () => {
  it.each([
    ["/v1/*", "/v1/orders", "/v1/orders"],
    ["/v1/*", "/*/items", "/v1/items"],
    ["/v?/", "/v1/", "/v1/"],
    ["*", "*", ""],
  ])("%s and %s meet in %s", (one, other, met) => expect(globMeet(one, other)).toEqual({ text: met }));

  it.each([
    ["/v1/*", "/v2/*"],
    ["/v1", "/v1/"],
    ["/a?", "/a"],
  ])("%s and %s never do", (one, other) => expect(globMeet(one, other)).toBeNull());

  it("finds a text of both, and none only where there is none", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (one, other, sample) => {
        const met = globMeet(one, other);
        if (met === "unknown") return false;
        if (met !== null) return globMatches(one, met.text) && globMatches(other, met.text);
        return !(globMatches(one, sample) && globMatches(other, sample));
      }),
    );
  });

  it("gives up on patterns that would cost too much", () => expect(globMeet("*a".repeat(500), "*b".repeat(500))).toBe("unknown"));
});

describe("what a pattern covers", () => {
  it.each([
    ["/*", "/v1/*", true],
    ["/v1/*", "/v1/*", true],
    ["/v1/*", "/*", false],
    ["/v1/?*", "/v1/*", false],
    ["/v1/??", "/v1/*", false],
    ["/v1/?", "/v1/?", true],
  ])("%s over %s: %s", (one, texts, covers) => expect(globCovers(one, texts)).toBe(covers));

  it("is never more than it matches", () => {
    fc.assert(
      fc.property(
        pattern,
        pattern,
        text,
        (one, texts, sample) => !globCovers(one, texts) || !globMatches(texts, sample) || globMatches(one, sample),
      ),
      { numRuns: 500 },
    );
  });
});
