import { describe, expect, it } from "vitest";
import { EXAMPLE, exampleGraph } from "../../../lib/domain/topology/testing.ts";
import { layOutMap } from "./lay-out-map.ts";
import { escapeXml, mapToSvg } from "./map-svg.ts";
import { shown } from "./testing.ts";

const HOSTILE = `"><script>alert('1')</script><image href="http://evil.example/x"/>&amp;\u0000\u0008`;
const words = { title: HOSTILE, note: HOSTILE, nowhere: () => HOSTILE, glyph: () => HOSTILE };

describe("mapToSvg", () => {
  it("writes no name as markup, whatever it is made of", () => {
    const view = shown(exampleGraph((one) => ({ ...one, name: HOSTILE, facts: [{ key: "cidr", value: HOSTILE }] })));
    const { svg } = mapToSvg(view, layOutMap(view, null), words);
    expect(svg).not.toMatch(/<script|<image|&amp;/i);
    expect(svg.replace(/>[^<]*</g, "><")).not.toMatch(/href|\son\w+=/i);
    const tags = new Set([...svg.matchAll(/<\/?([a-zA-Z]+)/g)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => !["svg", "title", "rect", "text", "g", "path", "circle"].includes(tag ?? ""))).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  });
  it("refers to nothing outside the file", () => {
    const view = shown(exampleGraph());
    expect(
      mapToSvg(view, layOutMap(view, null), { ...words, title: "Topology", note: "", glyph: String, nowhere: String }).svg.match(
        /url\(|href|@import|http(?!:\/\/www\.w3\.org\/2000\/svg)/g,
      ),
    ).toBeNull();
  });
  it("draws every service by its name and every blocked line with its cross", () => {
    const graph = exampleGraph();
    const view = shown({
      ...graph,
      edges: graph.edges.map((one) => (one.kind === "may-call" ? { ...one, glyph: "failed" as const } : one)),
    });
    const { svg } = mapToSvg(view, layOutMap(view, null), { ...words, title: "Topology", note: "", glyph: String, nowhere: String });
    const name = EXAMPLE.orders.split("/").at(-1) ?? "";
    expect(svg).toContain(`>${name}</text>`);
    expect(svg).toContain("M-3 -3 3 3M-3 3 3 -3");
  });
});

describe("escapeXml", () => {
  it("keeps letters of every language and drops what XML forbids", () => {
    expect(escapeXml("決済 🚚 a<b\uFFFE\uD800")).toBe("決済 🚚 a&#60;b");
  });
});
