// npm run audit -- verify [--head <json>|@<file>] [--file <export>] | export [--out <file>]
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createAuditMac } from "../lib/domain/audit/audit-mac.ts";
import { SignedHead } from "../lib/domain/audit/audit-row.ts";
import { readAuditExport } from "../lib/domain/audit/read-export.ts";
import { verifyChain } from "../lib/domain/audit/verify-chain.ts";
import { type AuditSource, findAuditSource, readKeys } from "./audit-source.ts";
import { englishError } from "./english-error.ts";

const USAGE = `Usage: npm run audit -- verify [--head <json>|@<file>] [--file <export>]
       npm run audit -- export [--out <file>]

verify walks the whole chain: exit 0 when it is whole, 1 when it is not, 2 when it could not be read.
  --head  a signed head kept from the log (audit.signedHead) or from an export; may be given several times
  --file  verify an export instead of the database; needs TRELLIS_AUDIT_KEYS
Reads the database of DATABASE_URL, else the PGlite folder of TRELLIS_DATA_DIR or the demo. While a portal holds
that folder, the portal is asked: TRELLIS_URL (or --url) and TRELLIS_TOKEN, for the demo found by themselves.`;

const PROBLEMS: Readonly<Record<string, string>> = {
  removed: "a row was removed",
  reordered: "a row stands in another place",
  unlinked: "a row does not continue the one before it",
  altered: "a row was altered, or made without the key",
  "unknown-key": "a row was made with a key that the key ring does not hold",
  truncated: "rows were cut off at the end",
  replaced: "the chain was made anew: another row stands where the head given was",
  "forged-head": "the head given was not signed by a key of the key ring",
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    head: { type: "string", multiple: true, default: [] },
    file: { type: "string" },
    out: { type: "string" },
    url: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

try {
  process.exitCode = await main(positionals[0] ?? "");
} catch (error) {
  console.error(`audit: ${englishError(error)}`);
  process.exitCode = 2;
}

async function main(command: string): Promise<number> {
  if (values.help || (command !== "verify" && command !== "export")) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  if (command === "verify" && values.file !== undefined) return verifyFile(values.file);
  const source = await findAuditSource({ ...(values.url === undefined ? {} : { url: values.url }) });
  try {
    return command === "verify" ? await verify(source) : await write(source);
  } finally {
    await source.close();
  }
}

async function verify(source: AuditSource): Promise<number> {
  const verdict = await source.verify(values.head.map(readHead));
  console.log(`Read from ${source.name}.`);
  return report(verdict);
}

async function verifyFile(file: string): Promise<number> {
  const { rows, signedHead } = readAuditExport(readFileSync(file, "utf8"));
  const signedHeads = [...values.head.map(readHead), ...(signedHead === null ? [] : [signedHead])];
  const { count, problem } = await verifyChain(rows, createAuditMac(readKeys()), { signedHeads });
  console.log(`Read from ${file}.`);
  return report({ count, problem, head: signedHead });
}

function report({ count, problem, head }: Awaited<ReturnType<AuditSource["verify"]>>): number {
  if (problem !== null) {
    console.error(
      `The audit is NOT whole: ${PROBLEMS[problem.kind] ?? problem.kind} (row ${problem.seq ?? "?"}). ${count} rows before it are good.`,
    );
    return 1;
  }
  console.log(`The audit is whole: ${count} rows.`);
  if (head !== null) console.log(JSON.stringify(head));
  return 0;
}

async function write(source: AuditSource): Promise<number> {
  const text = await source.export();
  if (values.out === undefined) process.stdout.write(text);
  else writeFileSync(values.out, text, { mode: 0o600 });
  return 0;
}

function readHead(text: string): SignedHead {
  const json = text.startsWith("@") ? readFileSync(text.slice(1), "utf8") : text;
  const parsed = SignedHead.safeParse(tryJson(json));
  if (!parsed.success) throw new Error("--head is no signed head: give the JSON object with seq, mac, keyId, at and signature.");
  return parsed.data;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
