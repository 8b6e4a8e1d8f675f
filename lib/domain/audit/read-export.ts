import { z } from "zod";
import { JsonObject } from "../json.ts";
import { PortalError } from "../portal-error.ts";
import { type AuditRow, SignedHead } from "./audit-row.ts";

const ExportedRow = z.strictObject({
  seq: z.int().positive(),
  at: z.iso.datetime().transform((text) => new Date(text)),
  action: z.string(),
  outcome: z.enum(["ok", "refused"]),
  actor: z.strictObject({ type: z.enum(["person", "system", "wall"]), id: z.string(), name: z.string(), via: z.string() }),
  teamId: z.nullable(z.string()),
  target: z.string(),
  detail: JsonObject,
  prevMac: z.string(),
  mac: z.string(),
  keyId: z.string(),
});
const LastLine = z.strictObject({ signedHead: z.nullable(SignedHead) });

/** Reads an export's JSON lines back: rows in the order they stand, and the signed head of the last line. `INVALID` `audit.export` with the number of the line that is no such line. */
export function readAuditExport(text: string): { readonly rows: readonly AuditRow[]; readonly signedHead: SignedHead | null } {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const last = lines.length;
  const rows = lines.slice(0, -1).map((line, i) => parseLine(ExportedRow, line, i + 1));
  return { rows, signedHead: parseLine(LastLine, lines.at(-1) ?? "", last).signedHead };
}

function parseLine<Schema extends z.ZodType>(schema: Schema, line: string, number: number): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(line));
  } catch (error) {
    throw new PortalError("INVALID", "audit.export", { line: number }, { cause: error });
  }
}
