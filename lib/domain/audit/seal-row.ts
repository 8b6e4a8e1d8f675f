import type { JsonObject, JsonValue } from "../json.ts";
import { canonicalJson } from "../requests/canonical-json.ts";
import type { AuditMac } from "./audit-mac.ts";
import type { AuditEntry, AuditRow } from "./audit-row.ts";

/** The place in the chain that a row continues. The empty chain is seq 0 with an empty MAC. */
export type ChainLink = { readonly seq: number; readonly mac: string };
export const EMPTY_CHAIN: ChainLink = { seq: 0, mac: "" };

/** The row that continues `previous`, with its MAC by the current key. Text that a database cannot hold (NUL, lone surrogates) is replaced first. */
export async function sealRow(entry: AuditEntry, previous: ChainLink, mac: AuditMac): Promise<AuditRow> {
  const row = { ...toStorable(entry), seq: previous.seq + 1, prevMac: previous.mac, keyId: mac.currentKeyId };
  return { ...row, mac: await mac.make(row.keyId, canonicalAuditRow(row)) };
}

/** RFC 8785 text of everything in a row but its own MAC; the previous MAC and the key's id are part of it. */
export function canonicalAuditRow({
  seq,
  at,
  action,
  outcome,
  actor,
  teamId,
  target,
  detail,
  prevMac,
  keyId,
}: Omit<AuditRow, "mac">): string {
  const { type, id, name, via } = actor;
  return canonicalJson({
    v: 1,
    seq,
    at: at.toISOString(),
    action,
    outcome,
    actor: { type, id, name, via },
    teamId,
    target,
    detail,
    prevMac,
    keyId,
  });
}

function toStorable(entry: AuditEntry): AuditEntry {
  const { actor } = entry;
  return {
    ...entry,
    action: toStorableText(entry.action),
    actor: { type: actor.type, id: toStorableText(actor.id), name: toStorableText(actor.name), via: toStorableText(actor.via) },
    teamId: entry.teamId === null ? null : toStorableText(entry.teamId),
    target: toStorableText(entry.target),
    detail: toStorableObject(entry.detail),
  };
}

function toStorableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

function toStorableObject(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [toStorableText(name), toStorableValue(value)]));
}

function toStorableValue(value: JsonValue): JsonValue {
  if (typeof value === "string") return toStorableText(value);
  if (typeof value !== "object" || value === null) return value;
  return isList(value) ? value.map(toStorableValue) : toStorableObject(value);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
