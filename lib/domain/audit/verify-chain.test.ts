import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { createAuditMac } from "./audit-mac.ts";
import type { AuditEntry, AuditRow } from "./audit-row.ts";
import type { KeyRing } from "./key-ring.ts";
import { type ChainLink, EMPTY_CHAIN, sealRow } from "./seal-row.ts";
import { signHead } from "./signed-head.ts";
import { type ExpectedHeads, verifyChain } from "./verify-chain.ts";

const ring = (current: string, ...ids: readonly string[]): KeyRing => ({
  current,
  keys: new Map([current, ...ids].map((id) => [id, new Uint8Array(32).fill(id.charCodeAt(0))])),
});
const mac = createAuditMac(ring("a"));

const entry = (n: number, detail: JsonObject = { n }): AuditEntry => ({
  at: new Date(Date.UTC(2026, 10, 22, 9, 0, n)),
  action: "request.approve",
  outcome: "ok",
  actor: { type: "person", id: `p-${n}`, name: "Ann", via: "session" },
  teamId: "payments",
  target: `request/R-${1000 + n}`,
  detail,
});

async function chain(length: number, by = mac, from: ChainLink = EMPTY_CHAIN): Promise<AuditRow[]> {
  const rows: AuditRow[] = [];
  let link = from;
  for (let n = 0; n < length; n += 1) {
    const row = await sealRow(entry(n), link, by);
    rows.push(row);
    link = row;
  }
  return rows;
}

const changed = (rows: readonly AuditRow[], index: number, change: Partial<AuditRow>): AuditRow[] =>
  rows.map((row, i) => (i === index ? { ...row, ...change } : row));
const problem = async (rows: readonly AuditRow[], expected: ExpectedHeads = {}, by = mac) =>
  (await verifyChain(rows, by, expected)).problem;
const last = (rows: readonly AuditRow[]): AuditRow => {
  const row = rows.at(-1);
  if (row === undefined) throw new Error("empty");
  return row;
};

describe("verifyChain", () => {
  it("accepts what was written, from nothing to the last row", async () => {
    const rows = await chain(5);
    expect(await verifyChain([], mac)).toEqual({ count: 0, head: EMPTY_CHAIN, problem: null });
    expect(await verifyChain(rows, mac, { storedHead: last(rows) })).toEqual({
      count: 5,
      head: { seq: 5, mac: last(rows).mac },
      problem: null,
    });
  });

  it.each<[string, Partial<AuditRow>]>([
    ["the time", { at: new Date(0) }],
    ["the action", { action: "request.reject" }],
    ["the outcome", { outcome: "refused" }],
    ["who", { actor: { type: "person", id: "p-2", name: "Bob", via: "session" } }],
    ["by which door", { actor: { type: "person", id: "p-2", name: "Ann", via: "token/x" } }],
    ["the team", { teamId: null }],
    ["the target", { target: "request/R-1" }],
    ["a detail", { detail: { n: 3 } }],
    ["the MAC", { mac: "0".repeat(64) }],
    ["the MAC into no MAC", { mac: "zz" }],
    ["the link", { prevMac: "0".repeat(64) }],
    ["a detail into what no JSON holds", { detail: { n: Number.NaN } }],
  ])("finds a row in which %s was altered", async (_, change) => {
    expect(await problem(changed(await chain(5), 2, change))).toEqual({ kind: "altered", seq: 3 });
  });

  it("finds rows removed at the front, in the middle and at the end", async () => {
    const rows = await chain(6);
    const signed = await signHead(last(rows), new Date(0), mac);
    expect(await problem(rows.slice(1))).toEqual({ kind: "removed", seq: 1 });
    expect(await problem(rows.filter(({ seq }) => seq !== 4))).toEqual({ kind: "removed", seq: 4 });
    expect(await problem(rows.slice(0, 4), { storedHead: last(rows) })).toEqual({ kind: "truncated", seq: 4 });
    expect(await problem(rows.slice(0, 4), { storedHead: last(rows.slice(0, 4)), signedHeads: [signed] })).toEqual({
      kind: "truncated",
      seq: 4,
    });
    expect(await problem([], { signedHeads: [signed] })).toEqual({ kind: "truncated", seq: 0 });
  });

  it("finds rows in another order, twice, and renumbered after a removal", async () => {
    const rows = await chain(5);
    const [a, b, c, d, e] = rows;
    if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined) throw new Error("short");
    expect(await problem([a, c, b, d, e])).toEqual({ kind: "removed", seq: 2 });
    expect(await problem([a, b, b, c])).toEqual({ kind: "reordered", seq: 2 });
    expect(await problem([a, { ...c, seq: 2 }, { ...b, seq: 3 }, d, e])).toEqual({ kind: "altered", seq: 2 });
    expect(await problem([a, b, { ...d, seq: 3 }, { ...e, seq: 4 }])).toEqual({ kind: "altered", seq: 3 });
  });

  it("finds a chain made anew: without the key, with a foreign key, and with the key against an earlier signed head", async () => {
    const rows = await chain(4);
    const signed = await signHead(last(rows), new Date(0), mac);
    const guessed = createAuditMac({ current: "a", keys: new Map([["a", new Uint8Array(32)]]) });
    expect(await problem(await chain(4, guessed))).toEqual({ kind: "altered", seq: 1 });
    expect(await problem(await chain(4, createAuditMac(ring("x"))))).toEqual({ kind: "unknown-key", seq: 1 });
    const anew: AuditRow[] = [];
    for (const row of rows) anew.push(await sealRow({ ...row, target: "request/R-1" }, anew.at(-1) ?? EMPTY_CHAIN, mac));
    expect(await problem(anew)).toBeNull();
    expect(await problem(anew, { signedHeads: [signed] })).toEqual({ kind: "replaced", seq: 4 });
  });

  it("finds a valid row of another chain put in place", async () => {
    const rows = await chain(4);
    const other = await sealRow(entry(99), { seq: 2, mac: "b".repeat(64) }, mac);
    expect(await problem(rows.map((row) => (row.seq === 3 ? other : row)))).toEqual({ kind: "unlinked", seq: 3 });
  });

  it("trusts no head that a key of the ring did not sign", async () => {
    const rows = await chain(3);
    const signed = await signHead(last(rows), new Date(0), mac);
    for (const change of [
      { seq: 2 },
      { mac: "0".repeat(64) },
      { at: "2030-01-01T00:00:00.000Z" },
      { signature: "0".repeat(64) },
      { keyId: "x" },
      { signature: last(rows).mac },
    ]) {
      expect(await problem(rows, { signedHeads: [{ ...signed, ...change }] })).toMatchObject({ kind: "forged-head" });
    }
    expect(await problem(rows, { signedHeads: [signed] })).toBeNull();
  });

  it("follows a rotation of keys while the old ones stay in the ring", async () => {
    const first = await chain(3);
    const signed = await signHead(last(first), new Date(0), mac);
    const rotated = createAuditMac(ring("b", "a"));
    const rows = [...first, await sealRow(entry(9), last(first), rotated)];
    expect(last(rows).keyId).toBe("b");
    expect(await problem(rows, { signedHeads: [signed] }, rotated)).toBeNull();
    expect(await problem(rows, {}, mac)).toEqual({ kind: "unknown-key", seq: 4 });
  });

  it("finds any single change of any row, whatever the rows hold", async () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue);
    const details = fc.array(fc.dictionary(fc.string(), json), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(details, fc.nat(), fc.string({ minLength: 1 }), async (all, pick, text) => {
        const rows: AuditRow[] = [];
        for (const [n, detail] of all.entries()) rows.push(await sealRow(entry(n, detail), rows.at(-1) ?? EMPTY_CHAIN, mac));
        expect(await problem(rows, { storedHead: last(rows) })).toBeNull();
        const index = pick % rows.length;
        const victim = rows[index];
        if (victim === undefined) return;
        const spoiled = [
          { detail: { ...victim.detail, [text]: [victim.detail[text] ?? null] } },
          { target: victim.target + text },
          { actor: { ...victim.actor, name: victim.actor.name + text } },
        ];
        for (const change of spoiled) expect(await problem(changed(rows, index, change))).not.toBeNull();
        const without = rows.filter((_, i) => i !== index);
        expect(await problem(without, { storedHead: last(rows) })).not.toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});

describe("sealRow", () => {
  it("seals what a database can give back: no NUL, no lone surrogates", async () => {
    const row = await sealRow({ ...entry(1), target: "a\0b", detail: { "k\ud800": ["\udfff", { deep: "\0" }] } }, EMPTY_CHAIN, mac);
    expect(row).toMatchObject({ target: "a\uFFFDb", detail: { "k\uFFFD": ["\uFFFD", { deep: "\uFFFD" }] } });
    expect(await problem([row])).toBeNull();
  });

  it("refuses to seal with a key that is not in the ring, by key and not by silence", async () => {
    const broken = createAuditMac({ current: "gone", keys: new Map() });
    await expect(sealRow(entry(1), EMPTY_CHAIN, broken)).rejects.toMatchObject({ code: "INTERNAL", key: "audit.unknownKey" });
  });
});
