import { describe, expect, it } from "vitest";
import { oldestListAt } from "../routes/lattice-fact.ts";
import { accountSource } from "./topology-source.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

function glyphOf(listsAt: Date | null, lastPassAt: Date | null, error: string | null = null) {
  const health = { callsPerSecond: 5, throttledUntil: null, lastPassAt: lastPassAt?.toISOString() ?? null, error };
  const { glyph, sentence } = accountSource("platform-prod", { health, listsAt }, NOW);
  return `${glyph} ${sentence.messageKey.split(".").at(-1) ?? ""}`;
}

describe("accountSource", () => {
  it("is fresh in a large account, whose targets are read every five minutes and whose lists every minute", () => {
    expect(glyphOf(ago(90), ago(600))).toBe("ok fresh");
  });

  it.each([
    ["lists that are three minutes old", ago(181), ago(181)],
    ["targets that are a quarter of an hour old", ago(30), ago(901)],
  ])("is old with %s", (_, listsAt, lastPassAt) => {
    expect(glyphOf(listsAt, lastPassAt)).toBe("unknown old");
  });

  it("says that nothing was read yet, and why", () => {
    expect(glyphOf(null, null)).toBe("unknown never");
    expect(glyphOf(null, null, "lattice.denied")).toBe("unknown denied");
  });
});

describe("oldestListAt", () => {
  const lists = (times: Readonly<Record<string, Date>>) => oldestListAt(new Map(Object.entries(times)), ["sn-1"]);
  const all = { services: ago(1), networks: ago(2), groups: ago(3), "associations/sn-1": ago(5), "vpcs/sn-1": ago(4) };

  it("is the age of the oldest list, of tags not", () => {
    expect(lists({ ...all, "service-tags": ago(500) })).toEqual(ago(5));
  });

  it("is none while a list of one network was never read", () => {
    const { "vpcs/sn-1": _, ...some } = all;
    expect(lists(some)).toBeNull();
  });
});
