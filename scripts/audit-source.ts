import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { createDatabase } from "../lib/adapters/database/index.ts";
import type { DatabasePort } from "../lib/adapters/database/port.ts";
import { createLog } from "../lib/adapters/telemetry/log.ts";
import { readAuditKeys } from "../lib/config/read-audit-keys.ts";
import type { SignedHead } from "../lib/domain/audit/audit-row.ts";
import { AuditVerification } from "../lib/domain/audit/audit-view.ts";
import type { KeyRing } from "../lib/domain/audit/key-ring.ts";
import { isPortalError } from "../lib/domain/portal-error.ts";
import { exportRows } from "../lib/services/audit/export-audit.ts";
import { findPersonaToken } from "../sandbox/seed/persona-tokens.ts";
import { sandboxFolder } from "../sandbox/state/sandbox-folder.ts";

export type AuditVerdict = {
  readonly count: number;
  readonly head: SignedHead | null;
  readonly problem: { readonly kind: string; readonly seq: number | null } | null;
};
/** Where the audit is read: the database itself, or the portal that holds it. */
export type AuditSource = {
  readonly name: string;
  verify(heads: readonly SignedHead[]): Promise<AuditVerdict>;
  export(): Promise<string>;
  close(): Promise<void>;
};

const OPEN_TIMEOUT_MS = 30_000;
const REST_TIMEOUT_MS = 120_000;
const folder = sandboxFolder();
const demoDataDir = path.join(folder.root, "data");

/** DATABASE_URL, else the PGlite folder, else (while somebody holds that folder) the portal. */
export async function findAuditSource({ url }: { readonly url?: string }): Promise<AuditSource> {
  if (url !== undefined) return restSource(url);
  const { DATABASE_URL: databaseUrl, TRELLIS_DATA_DIR: dataDir = existsSync(demoDataDir) ? demoDataDir : ".data/database" } = process.env;
  if (databaseUrl === undefined && !existsSync(dataDir))
    throw new Error(`There is no database: DATABASE_URL is not set and ${dataDir} does not exist.`);
  const database = createDatabase({
    ...(databaseUrl === undefined ? { dataDir } : { databaseUrl }),
    auditKeys: readKeys(),
    log: createLog({ level: "error" }),
    clock: { now: () => new Date() },
  });
  try {
    await database.ready(AbortSignal.timeout(OPEN_TIMEOUT_MS));
    return databaseSource(database);
  } catch (error) {
    await database.close();
    if (isPortalError(error) && error.key === "database.locked") return restSource(findUrl());
    throw error;
  }
}

/** The key ring of TRELLIS_AUDIT_KEYS, else the demo's. */
export function readKeys(): KeyRing {
  const file = process.env["TRELLIS_AUDIT_KEYS"] ?? (existsSync(folder.auditKeys) ? folder.auditKeys : undefined);
  if (file === undefined) throw new Error("TRELLIS_AUDIT_KEYS is not set: it names the file that holds the audit's keys.");
  return readAuditKeys(file);
}

function databaseSource(database: DatabasePort): AuditSource {
  return {
    name: database.engine === "pglite" ? "the PGlite folder" : "the database",
    verify: async (heads) => {
      const { count, problem } = await database.read.audit.verify(heads);
      return { count, problem, head: problem === null ? await database.read.audit.signHead(new Date()) : null };
    },
    export: () => exportRows(database, new Date(), AbortSignal.timeout(REST_TIMEOUT_MS)),
    close: () => database.close(),
  };
}

function restSource(url: string): AuditSource {
  const token = process.env["TRELLIS_TOKEN"] ?? findPersonaToken(folder, "admin");
  if (token === null)
    throw new Error(`The portal at ${url} holds the database; TRELLIS_TOKEN must hold a platform admin's token to ask it.`);
  const ask = (rest: string) => askPortal(new URL(`/api/v1/audit/${rest}`, url), token);
  return {
    name: `the portal at ${url}`,
    verify: async (heads) => {
      const verdicts: AuditVerdict[] = [];
      for (const query of heads.length === 0 ? [""] : heads.map((head) => `?head=${encodeURIComponent(JSON.stringify(head))}`))
        verdicts.push(AuditVerification.parse(JSON.parse(await ask(`verify${query}`))));
      const [first] = verdicts;
      if (first === undefined) throw new Error("no answer");
      return verdicts.find(({ problem }) => problem !== null) ?? first;
    },
    export: () => ask("export"),
    close: async () => undefined,
  };
}

async function askPortal(url: URL, token: string): Promise<string> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, "accept-language": "en" },
    redirect: "error",
    signal: AbortSignal.timeout(REST_TIMEOUT_MS),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the portal answered ${answer.status}: ${text.slice(0, 500)}`);
  return text;
}

function findUrl(): string {
  const kept = path.join(folder.root, "portal.json");
  const demo = existsSync(kept) ? z.object({ url: z.string() }).safeParse(JSON.parse(readFileSync(kept, "utf8"))).data?.url : undefined;
  return process.env["TRELLIS_URL"] ?? process.env["AUTH_URL"] ?? demo ?? `http://localhost:${process.env["PORT"] ?? "3000"}`;
}
