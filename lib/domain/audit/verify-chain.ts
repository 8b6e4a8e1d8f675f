import type { AuditMac } from "./audit-mac.ts";
import type { AuditRow, SignedHead } from "./audit-row.ts";
import { type ChainLink, canonicalAuditRow, EMPTY_CHAIN } from "./seal-row.ts";
import { isHeadGenuine } from "./signed-head.ts";

/**
 * The first thing found wrong. `removed`: a seq is missing · `reordered`: a seq came again or too early · `unlinked`: the row does not continue the one before ·
 * `altered`: its MAC is not that of its content · `unknown-key`: made with a key outside the ring · `truncated`: the chain ends before an expected head ·
 * `replaced`: another row stands where an expected head was · `forged-head`: the expected head was not signed by a key of the ring.
 */
export type ChainProblem = {
  readonly kind: "removed" | "reordered" | "unlinked" | "altered" | "unknown-key" | "truncated" | "replaced" | "forged-head";
  readonly seq: number;
};

/** `head` is the last good row, the empty chain when there is none. */
export type ChainVerdict = { readonly count: number; readonly head: ChainLink; readonly problem: ChainProblem | null };

export type ExpectedHeads = {
  /** The head row beside the table, unsigned. */
  readonly storedHead?: ChainLink;
  /** Heads signed earlier and kept elsewhere. */
  readonly signedHeads?: readonly SignedHead[];
};

/** Walks the rows in the order given, from the first of the installation, and stops at the first problem. */
export async function verifyChain(
  rows: Iterable<AuditRow> | AsyncIterable<AuditRow>,
  mac: AuditMac,
  expected: ExpectedHeads = {},
): Promise<ChainVerdict> {
  const signed = expected.signedHeads ?? [];
  for (const head of signed)
    if (!(await isHeadGenuine(head, mac))) return { count: 0, head: EMPTY_CHAIN, problem: { kind: "forged-head", seq: head.seq } };
  const heads: readonly ChainLink[] = [...signed, ...(expected.storedHead === undefined ? [] : [expected.storedHead])];
  let head = EMPTY_CHAIN;
  for await (const row of rows) {
    const problem = (await problemOf(row, head, mac)) ?? replacedAt(row, heads);
    if (problem !== null) return { count: head.seq, head, problem };
    head = { seq: row.seq, mac: row.mac };
  }
  return { count: head.seq, head, problem: endsTooEarly(head, heads) };
}

async function problemOf(row: AuditRow, previous: ChainLink, mac: AuditMac): Promise<ChainProblem | null> {
  const expectedSeq = previous.seq + 1;
  if (row.seq > expectedSeq) return { kind: "removed", seq: expectedSeq };
  if (row.seq < expectedSeq) return { kind: "reordered", seq: row.seq };
  if (!mac.has(row.keyId)) return { kind: "unknown-key", seq: row.seq };
  if (!(await hasItsMac(row, mac))) return { kind: "altered", seq: row.seq };
  return row.prevMac === previous.mac ? null : { kind: "unlinked", seq: row.seq };
}

async function hasItsMac(row: AuditRow, mac: AuditMac): Promise<boolean> {
  try {
    return await mac.check(row.keyId, canonicalAuditRow(row), row.mac);
  } catch {
    // A row whose content has no canonical form was never written by us.
    return false;
  }
}

function replacedAt(row: AuditRow, heads: readonly ChainLink[]): ChainProblem | null {
  return heads.some(({ seq, mac }) => seq === row.seq && mac !== row.mac) ? { kind: "replaced", seq: row.seq } : null;
}

function endsTooEarly(last: ChainLink, heads: readonly ChainLink[]): ChainProblem | null {
  return heads.some(({ seq }) => seq > last.seq) ? { kind: "truncated", seq: last.seq } : null;
}
