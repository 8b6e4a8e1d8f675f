import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, inject, it } from "vitest";
import { createDatabase } from "../../lib/adapters/database/index.ts";
import type { DatabasePort } from "../../lib/adapters/database/port.ts";
import { createEmptyPostgres, testAuditKeys } from "../../lib/adapters/database/testing.ts";
import { createKubernetes } from "../../lib/adapters/kubernetes/index.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import { isPortalError } from "../../lib/domain/portal-error.ts";
import { listRequests } from "../../lib/services/requests/list-requests.ts";
import { submitRequest } from "../../lib/services/requests/submit-request.ts";
import { createWorld, payments, type World } from "../../lib/services/requests/testing/world.ts";
import { startDelivery } from "../../lib/workers/delivery.ts";
import { checkDeliveries, checkFinished, emptyMemory, type Memory } from "./check-deliveries.ts";
import { type HeadlessProcess, startHeadless } from "./headless-process.ts";

const LEASE_MS = 1_000;
const WRITES_PER_KILL = 5;
const REMOVALS_PER_KILL = 2;
const LONGEST_LIFE_MS = 500;
const seed = Number(process.env["KILL_SEED"] ?? 20261122);
const killsOnPostgres = Number(process.env["KILLS_PG"] ?? 3);
const killsOnPGlite = Number(process.env["KILLS_PGLITE"] ?? 1);

const clock = { now: () => new Date() };
const log = createFakeLog();
const folder = mkdtempSync(path.join(tmpdir(), "trellis-kill-"));
const kubeconfigPath = process.env["TRELLIS_SANDBOX_KUBECONFIG"] ?? path.join(inject("sandboxDirectory"), "admin.kubeconfig");
const kube = createKubernetes({
  clusters: [{ id: "kill", kubeconfigPath }],
  tenantEndpointCidrs: [],
  fieldManager: "trellis",
  log,
  metrics: createFakeMetrics(),
  clock,
});
const cluster = kube.managementCluster("kill");
const postgresUrl = process.env["TEST_DATABASE_URL"];

afterAll(async () => {
  await kube.close();
  rmSync(folder, { recursive: true, force: true });
});

describe(`delivery under kill -9 (seed ${seed})`, () => {
  it.skipIf(postgresUrl === undefined)(
    `finishes everything exactly as approved over ${killsOnPostgres} kills, two processes on PostgreSQL`,
    { timeout: 120_000 + killsOnPostgres * 30_000 },
    async () => {
      const { url, drop } = await createEmptyPostgres(postgresUrl ?? "");
      const db = createDatabase({ databaseUrl: url, auditKeys: testAuditKeys, log, clock });
      const namespace = await ownNamespace();
      const env = { HEADLESS_DATABASE_URL: url, HEADLESS_KUBECONFIG: kubeconfigPath, HEADLESS_LEASE_MS: String(LEASE_MS) };
      const logFile = path.join(folder, "postgres.log");
      const random = randomFrom(seed);
      const memory = emptyMemory();
      const pair: HeadlessProcess[] = [await startHeadless(env, logFile), await startHeadless(env, logFile)];
      let hits = 0;
      for (let kill = 0; kill < killsOnPostgres; kill += 1) {
        await askForWork(db, namespace, kill);
        await sleep(random() * LONGEST_LIFE_MS);
        const victim = Math.floor(random() * pair.length);
        await pair[victim]?.kill();
        const { running, failed } = await checkDeliveries(db, cluster, namespace, memory);
        expect(failed).toEqual([]);
        hits += running > 0 ? 1 : 0;
        pair[victim] = await startHeadless(env, logFile);
      }
      await Promise.all(pair.map((process) => process.kill()));
      await finishHere(db, namespace, memory);
      await db.close();
      await drop();
      expect(hits, "kills that met a step in flight").toBeGreaterThan(0);
    },
  );

  it(`finishes everything exactly as approved over ${killsOnPGlite} kills on PGlite`, {
    timeout: 120_000 + killsOnPGlite * 60_000,
  }, async () => {
    const dataDir = path.join(folder, "pglite");
    const open = (): DatabasePort => createDatabase({ dataDir, auditKeys: testAuditKeys, log, clock });
    const namespace = await ownNamespace();
    const env = { HEADLESS_DATA_DIR: dataDir, HEADLESS_KUBECONFIG: kubeconfigPath, HEADLESS_LEASE_MS: String(LEASE_MS) };
    const random = randomFrom(seed + 1);
    const memory = emptyMemory();
    for (let kill = 0; kill < killsOnPGlite; kill += 1) {
      await using_(open(), (db) => askForWork(db, namespace, kill));
      const process = await startHeadless(env, path.join(folder, "pglite.log"));
      await sleep(random() * LONGEST_LIFE_MS);
      await process.kill();
      await using_(open(), async (db) => expect((await checkDeliveries(db, cluster, namespace, memory)).failed).toEqual([]));
    }
    await using_(open(), (db) => finishHere(db, namespace, memory));
  });
});

async function using_(db: DatabasePort, run: (db: DatabasePort) => Promise<void>): Promise<void> {
  try {
    await run(db);
  } finally {
    await db.close();
  }
}

/** More approved work than a process can do before it is killed: new notes, and deletions of notes that are delivered. */
async function askForWork(db: DatabasePort, namespace: string, round: number): Promise<void> {
  const world = await createWorld({ db, kube, realTime: true, leaseMs: LEASE_MS, quota: 10_000 });
  const dev = await world.person("dev", { teams: [[payments, "developer"]] });
  const admin = await world.person("admin", { globalRoles: ["platform-admin"] });
  const lead = await world.person("lead", { teams: [[payments, "lead"]] });
  const writes = Array.from({ length: WRITES_PER_KILL }, (_, n) => ({
    kind: "note.write",
    name: `note-${round}-${n}`,
    text: `round ${round}, note ${n} ✓`,
    parts: partsOf(n),
  }));
  const removals = (await deliveredNotes(world, dev)).map((name) => ({
    kind: "note.delete",
    name,
    text: "",
    parts: partsOf(Number(name.at(-1))),
  }));
  for (const { kind, ...note } of [...writes, ...removals]) {
    const input = { kind, team: payments, purpose: "Work for the kill test", input: { ...note, namespace, clusters: 0 } };
    const request = await patiently(() => submitRequest.execute(input, world.as(dev)));
    await patiently(() => world.approve(admin, request));
    if (request.slotsTotal > 1) await patiently(() => world.approve(lead, request));
  }
}

/** A machine under load may be too slow for one transaction; that one is rolled back, and asking again is safe. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isPortalError(error) || error.code !== "UNAVAILABLE" || tries === 5) throw error;
    }
  }
}

type Asker = Awaited<ReturnType<World["person"]>>;

function partsOf(n: number): number {
  return 2 + (n % 3);
}

async function deliveredNotes(world: World, dev: Asker): Promise<readonly string[]> {
  const listed = async (kind: string) => (await listRequests.execute({ kind, limit: 200 }, world.as(dev))).items;
  const removed = new Set((await listed("note.delete")).map(({ target }) => target.name));
  const delivered = (await listed("note.write")).filter(({ state, target }) => state === "delivered" && !removed.has(target.name));
  return delivered.slice(0, REMOVALS_PER_KILL).map(({ target }) => target.name);
}

/** The last process lives: it must finish what all the killed ones left. */
async function finishHere(db: DatabasePort, namespace: string, memory: Memory): Promise<void> {
  const world = await createWorld({ db, kube, realTime: true, leaseMs: LEASE_MS, quota: 10_000 });
  const worker = startDelivery(world.system("delivery"));
  await expect
    .poll(async () => (await checkDeliveries(db, cluster, namespace, memory)).unfinished, { timeout: 90_000, interval: 500 })
    .toBe(0);
  await worker.stop();
  await checkFinished(db, cluster, namespace);
}

async function ownNamespace(): Promise<string> {
  const name = `kill-${crypto.randomUUID().slice(0, 8)}`;
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  return name;
}

/** mulberry32: the same kills for the same seed, as far as the machine lets them. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
