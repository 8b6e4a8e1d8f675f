import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createAuditMac } from "../lib/domain/audit/audit-mac.ts";
import type { AuditRow } from "../lib/domain/audit/audit-row.ts";
import { EMPTY_CHAIN, sealRow } from "../lib/domain/audit/seal-row.ts";
import { signHead } from "../lib/domain/audit/signed-head.ts";

// Each call starts a process.
vi.setConfig({ testTimeout: 60_000 });

const key = new Uint8Array(32).fill(7);
const mac = createAuditMac({ current: "k1", keys: new Map([["k1", key]]) });

let folder: string;
let lines: string[];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "trellis-audit-"));
  writeFileSync(path.join(folder, "keys.json"), JSON.stringify({ current: "k1", keys: { k1: Buffer.from(key).toString("base64") } }));
  const rows: AuditRow[] = [];
  for (let n = 0; n < 4; n += 1) rows.push(await sealRow(entry(n), rows.at(-1) ?? EMPTY_CHAIN, mac));
  const last = rows.at(-1) ?? EMPTY_CHAIN;
  lines = [...rows.map((row) => JSON.stringify(row)), JSON.stringify({ signedHead: await signHead(last, new Date(0), mac) })];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function entry(n: number) {
  const actor = { type: "system", id: "system/test", name: "test", via: "system" } as const;
  return { at: new Date(n), action: "a", outcome: "ok", actor, teamId: null, target: `t/${n}`, detail: {} } as const;
}

function file(name: string, content: readonly string[]): string {
  const at = path.join(folder, name);
  writeFileSync(at, `${content.join("\n")}\n`);
  return at;
}

async function audit(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ["scripts/audit.ts", ...args], {
    env: {
      NODE_ENV: "test",
      PATH: process.env["PATH"] ?? "",
      TRELLIS_SANDBOX_DIR: path.join(folder, "none"),
      TRELLIS_AUDIT_KEYS: path.join(folder, "keys.json"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code: child.exitCode, out, err };
}

describe("npm run audit -- verify --file", () => {
  it("finds a whole export whole, and hands its signed head out", async () => {
    const { code, out } = await audit(["verify", "--file", file("whole.jsonl", lines)]);
    expect(code).toBe(0);
    expect(out).toContain("The audit is whole: 4 rows.");
    expect(JSON.parse(out.trim().split("\n").at(-1) ?? "")).toMatchObject({ seq: 4, keyId: "k1" });
  });

  it("exits with 1 when rows were cut off, also against a head given by hand, and names the row", async () => {
    const head = JSON.stringify(JSON.parse(lines.at(-1) ?? "").signedHead);
    const cut = file("cut.jsonl", [...lines.slice(0, 2), '{"signedHead":null}']);
    expect(await audit(["verify", "--file", cut])).toMatchObject({ code: 0 });
    const { code, err } = await audit(["verify", "--file", cut, "--head", head]);
    expect(code).toBe(1);
    expect(err).toContain("rows were cut off at the end (row 2)");
  });

  it("exits with 2 when there is nothing to read or the command is unknown", async () => {
    expect(await audit(["verify", "--file", file("bad.jsonl", ["no json"])])).toMatchObject({
      code: 2,
      err: "audit: Line 1 is not a line of an audit export.\n",
    });
    expect(await audit(["verify", "--head", "{}"])).toMatchObject({ code: 2 });
    expect(await audit(["dance"])).toMatchObject({ code: 2, out: expect.stringContaining("Usage") as unknown });
    expect(await audit(["verify"], { TRELLIS_DATA_DIR: path.join(folder, "nowhere") })).toMatchObject({
      code: 2,
      err: expect.stringContaining("no database") as unknown,
    });
  });
});

describe("npm run audit against a portal", () => {
  let server: Server;
  let url: string;
  const seen: { readonly path: string; readonly authorization: string | undefined }[] = [];
  let answer: unknown;
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push({ path: request.url ?? "", authorization: request.headers.authorization });
      response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it("asks it with the token, hands on the head, and believes a broken chain", async () => {
    const head = JSON.stringify(JSON.parse(lines.at(-1) ?? "").signedHead);
    answer = { count: 4, head: JSON.parse(head), valid: true, problem: null };
    expect(await audit(["verify", "--url", url, "--head", head], { TRELLIS_TOKEN: "t0ken" })).toMatchObject({
      code: 0,
      out: expect.stringContaining("whole: 4 rows") as unknown,
    });
    expect(seen.at(-1)).toEqual({ path: `/api/v1/audit/verify?head=${encodeURIComponent(head)}`, authorization: "Bearer t0ken" });
    answer = { count: 2, head: null, valid: false, problem: { kind: "altered", seq: 3 } };
    expect(await audit(["verify", "--url", url], { TRELLIS_TOKEN: "t0ken" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("row 3") as unknown,
    });
    expect(await audit(["verify", "--url", url])).toMatchObject({ code: 2, err: expect.stringContaining("TRELLIS_TOKEN") as unknown });
  });

  it("writes its export as it came", async () => {
    answer = `${lines.join("\n")}\n`;
    expect((await audit(["export", "--url", url], { TRELLIS_TOKEN: "t0ken" })).out).toBe(answer);
  });
});
