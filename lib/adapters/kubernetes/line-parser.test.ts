import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineParser } from "./line-parser.ts";

function parse(chunks: readonly Buffer[], maxBytes = 1_000): readonly string[] {
  const parser = createLineParser(maxBytes);
  return chunks.flatMap((chunk) => [...parser.push(chunk)].map((line) => (line.type === "line" ? line.text : "<oversize>")));
}

describe("the line parser", () => {
  it("gives the same lines however the bytes are cut, characters included", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((text) => !text.includes("\n")),
          { maxLength: 8 },
        ),
        fc.array(fc.nat(200), { maxLength: 20 }),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""), "utf8");
          const points = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
          const chunks = points.slice(1).map((end, index) => bytes.subarray(points[index] ?? 0, end));
          expect(parse(chunks, 10_000)).toEqual(lines);
        },
      ),
    );
  });

  it("drops a line beyond the bound and goes on with the next", () => {
    const endless = Array.from({ length: 50 }, () => Buffer.from("x".repeat(100)));
    expect(parse([Buffer.from("a\n"), ...endless, Buffer.from("x\nb\n")])).toEqual(["a", "<oversize>", "b"]);
  });
});
