import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFakeLog } from "../telemetry/fake.ts";
import { entry } from "./contract-data.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { createDatabase } from "./index.ts";
import type { DatabasePort } from "./port.ts";
import { createEmptyPostgres, testAuditKeys } from "./testing.ts";

const url = process.env["TEST_DATABASE_URL"];
const migrations = path.resolve("prisma", "migrations");
const soon = () => AbortSignal.timeout(30_000);

let template: string;
let folder: string;
let open: DatabasePort[];
beforeAll(async () => {
  template = mkdtempSync(path.join(tmpdir(), "trellis-template-"));
  await openAndClose(path.join(template, "data"));
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trellis-database-"));
  cpSync(template, folder, { recursive: true });
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((database) => database.close()));
  rmSync(folder, { recursive: true, force: true });
});

function database(options: { readonly databaseUrl?: string; readonly migrationsDir?: string } = {}): DatabasePort {
  const made = createDatabase({
    dataDir: path.join(folder, "data"),
    ...options,
    auditKeys: testAuditKeys,
    log: createFakeLog(),
    clock: { now: () => new Date() },
  });
  open.push(made);
  return made;
}

async function openAndClose(dataDir: string): Promise<void> {
  const made = createDatabase({ dataDir, auditKeys: testAuditKeys, log: createFakeLog(), clock: { now: () => new Date() } });
  expect(existsSync(dataDir)).toBe(false);
  await made.ready(soon());
  await made.close();
}

describe("the data directory of PGlite", () => {
  it("keeps what was committed", async () => {
    const first = database();
    await first.transaction((tx) => tx.audit.append(entry("kept")));
    await first.close();
    const second = database();
    expect((await second.read.audit.verify([])).count).toBe(1);
  });

  it("is refused to a second opener while the first lives, and is free after it closed", async () => {
    const first = database();
    await first.ready(soon());
    await expect(database().ready(soon())).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "database.locked",
      values: { pid: process.pid },
    });
    await first.close();
    await database().ready(soon());
  });

  it("is refused to another process, and taken over when that was killed", async () => {
    const dataDir = path.join(folder, "data");
    const script = `import { lockDataDir } from ${JSON.stringify(path.resolve("lib/adapters/database/data-dir-lock.ts"))}; lockDataDir(${JSON.stringify(dataDir)}); console.log("held"); setInterval(() => undefined, 1000);`;
    const holder = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    expect(() => lockDataDir(dataDir)).toThrow(expect.objectContaining({ key: "database.locked", values: { pid: holder.pid, dataDir } }));
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const release = lockDataDir(dataDir);
    expect(JSON.parse(readFileSync(`${dataDir}.lock`, "utf8"))).toMatchObject({ pid: process.pid });
    release();
    expect(existsSync(`${dataDir}.lock`)).toBe(false);
  });

  it("is not held by a process that merely got the number of the dead one, nor by an unreadable lock", () => {
    const dataDir = path.join(folder, "data");
    writeFileSync(`${dataDir}.lock`, JSON.stringify({ pid: process.pid, startedAt: "1" }));
    lockDataDir(dataDir)();
    writeFileSync(`${dataDir}.lock`, "half a");
    lockDataDir(dataDir)();
    expect(existsSync(`${dataDir}.lock`)).toBe(false);
  });
});

const engines = [
  ["PGlite", async () => ({ options: {}, drop: async () => undefined })] as const,
  ...(url === undefined ? [] : [["PostgreSQL", () => ownPostgres(url)] as const]),
];

describe.each(engines)("migrations on %s", (_, prepare) => {
  it("are applied once, and refuse a file that changed, one that is gone, and a run that broke off", async () => {
    const { options, drop } = await prepare();
    const dir = path.join(folder, "migrations");
    cpSync(migrations, dir, { recursive: true });
    const openWith = async () => {
      const made = database({ ...options, migrationsDir: dir });
      await made.ready(soon()).finally(() => made.close());
    };
    await openWith();
    await openWith();
    add(dir, "9000_more", 'CREATE TABLE "more" ("id" INT PRIMARY KEY)');
    await openWith();
    add(dir, "9000_more", 'CREATE TABLE "more" ("id" INT)');
    await expect(openWith()).rejects.toMatchObject({
      code: "PRECONDITION",
      key: "database.migrationEdited",
      values: { name: "9000_more" },
    });
    rmSync(path.join(dir, "9000_more"), { recursive: true });
    await expect(openWith()).rejects.toMatchObject({ key: "database.migrationUnknown", values: { name: "9000_more" } });
    add(dir, "9000_more", 'CREATE TABLE "more" ("id" INT PRIMARY KEY)');
    add(dir, "9001_broken", 'CREATE TABLE "half" ("id" INT); SELECT nothing_like_this()');
    await expect(openWith()).rejects.toMatchObject({ key: "database.migrationFailed", raw: expect.stringContaining("nothing_like_this") });
    await expect(openWith()).rejects.toMatchObject({ key: "database.migrationUnfinished", values: { name: "9001_broken" } });
    await drop();
  });

  it("are applied once by several openers that start together", async () => {
    const { options, drop } = await prepare();
    const together = "databaseUrl" in options ? [1, 2, 3, 4] : [1];
    const made = together.map(() => database(options));
    await Promise.all(made.map((one) => one.ready(soon())));
    await Promise.all(made.map((one) => one.transaction((tx) => tx.audit.append(entry("x")))));
    expect(await made[0]?.read.audit.verify([])).toMatchObject({ count: together.length, problem: null });
    await Promise.all(made.map((one) => one.close()));
    await drop();
  });
});

describe("a database that does not answer", () => {
  it("is said to be unavailable, and the next use tries again", async () => {
    const away = database({ databaseUrl: "postgresql://trellis@127.0.0.1:1/none" });
    await expect(away.ready(soon())).rejects.toMatchObject({ code: "UNAVAILABLE", key: "database.unavailable" });
    await expect(away.read.audit.head()).rejects.toMatchObject({ code: "UNAVAILABLE", key: "database.unavailable" });
  });

  it("is not waited for beyond the signal", async () => {
    await expect(database().ready(AbortSignal.timeout(1))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

function add(dir: string, name: string, sql: string): void {
  mkdirSync(path.join(dir, name), { recursive: true });
  writeFileSync(path.join(dir, name, "migration.sql"), sql);
}

async function ownPostgres(
  server: string,
): Promise<{ readonly options: { readonly databaseUrl: string }; readonly drop: () => Promise<void> }> {
  const empty = await createEmptyPostgres(server);
  return { options: { databaseUrl: empty.url }, drop: empty.drop };
}
