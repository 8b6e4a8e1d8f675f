import { expect } from "vitest";
import type { DatabasePort, RequestRecord, StepRecord } from "../../lib/adapters/database/port.ts";
import { testAuditKeys } from "../../lib/adapters/database/testing.ts";
import type { ManagementClusterPort } from "../../lib/adapters/kubernetes/port.ts";
import { createAuditMac } from "../../lib/domain/audit/audit-mac.ts";
import type { AuditRow } from "../../lib/domain/audit/audit-row.ts";
import { verifyChain } from "../../lib/domain/audit/verify-chain.ts";
import { canonicalJson } from "../../lib/domain/requests/canonical-json.ts";
import { contentHash } from "../../lib/domain/requests/content-hash.ts";
import { parsePlan } from "../../lib/domain/requests/parse-plan.ts";
import { type KubeObject, refOfStep } from "../../lib/domain/requests/plan.ts";
import { intentOf } from "../../lib/manifests/intent.ts";
import { provenanceOf } from "../../lib/manifests/provenance.ts";

/** What one run has looked at already: ended requests, object versions and audit rows never change. */
export type Memory = { readonly ended: Map<string, Seen>; readonly compared: Set<string>; readonly rows: AuditRow[] };
export const emptyMemory = (): Memory => ({ ended: new Map(), compared: new Set(), rows: [] });

type Seen = { readonly request: RequestRecord; readonly steps: readonly StepRecord[] };
export type Checked = {
  readonly running: number;
  readonly delivered: number;
  readonly unfinished: number;
  readonly failed: readonly string[];
};

/** What must hold at any instant, also right after a kill: no step lost, no object with other bytes, the audit chain whole. */
export async function checkDeliveries(
  db: DatabasePort,
  cluster: ManagementClusterPort,
  namespace: string,
  memory: Memory,
): Promise<Checked> {
  // Objects first: whatever is there was begun by a step that is read afterwards.
  const objects = await cluster.list({
    apiVersion: "v1",
    kind: "ConfigMap",
    namespace,
    labels: { "app.kubernetes.io/managed-by": "trellis" },
  });
  const seen = await readAll(db, memory);
  for (const object of objects) {
    const version = `${object.metadata.name} ${String(object.metadata["resourceVersion"])}`;
    if (!memory.compared.has(version)) await expectApprovedBytes(object, seen);
    memory.compared.add(version);
  }
  for (const one of seen.values()) expectNoStepLost(one);
  await expectAudit(await auditRows(db, memory.rows));
  const steps = [...seen.values()].flatMap((one) => one.steps);
  const inState = (...states: string[]) =>
    [...seen.values()].filter(({ request }) => states.includes(request.state)).map(({ request }) => request.id);
  return {
    running: steps.filter(({ state }) => state === "running").length,
    delivered: inState("delivered").length,
    unfinished: inState("approved", "delivering").length,
    failed: inState("failed"),
  };
}

/** What must hold when nothing is left to do: every request delivered exactly once, with nothing more and nothing less on the cluster. */
export async function checkFinished(db: DatabasePort, cluster: ManagementClusterPort, namespace: string): Promise<void> {
  const seen = await readAll(db, emptyMemory());
  const rows = await auditRows(db, []);
  const removed = new Set(
    [...seen.values()].filter(({ request }) => request.kind === "note.delete").map(({ request }) => request.target.name),
  );
  const expected = new Map<string, string>();
  for (const { request, steps } of seen.values()) {
    expect(request.state, `${request.id} ${JSON.stringify(request.failure)}`).toBe("delivered");
    expect(steps.every(({ state }) => state === "done")).toBe(true);
    const told = rows
      .filter(({ target, action }) => target === `request/${request.id}` && ["delivery.step", "delivery.finish"].includes(action))
      .map(({ detail }) => Number(detail["step"]));
    expect(told).toEqual(steps.map(({ n }) => n));
    if (request.kind !== "note.write" || removed.has(request.target.name)) continue;
    for (const step of parsePlan(request.planBytes).steps) expected.set(refOfStep(step).name, resourceVersionOf(steps, step.n));
  }
  const objects = await cluster.list({
    apiVersion: "v1",
    kind: "ConfigMap",
    namespace,
    labels: { "app.kubernetes.io/managed-by": "trellis" },
  });
  // The version each step wrote is the version that is there: nothing wrote an object a second time.
  expect(new Map(objects.map(({ metadata }) => [metadata.name, String(metadata["resourceVersion"])]))).toEqual(expected);
}

function resourceVersionOf(steps: readonly StepRecord[], n: number): string {
  const version = steps.find((step) => step.n === n)?.result?.["resourceVersion"];
  return typeof version === "string" ? version : "none";
}

async function expectApprovedBytes(object: KubeObject, seen: ReadonlyMap<string, Seen>): Promise<void> {
  const from = provenanceOf(object);
  const one = seen.get(from?.requestId ?? "");
  expect(one, `${object.metadata.name} comes from a request`).toBeDefined();
  if (one === undefined) return;
  expect(await contentHash(one.request.planBytes)).toBe(from?.contentHash);
  const step = parsePlan(one.request.planBytes).steps.find(
    (candidate) => candidate.op === "apply" && candidate.object.metadata.name === object.metadata.name,
  );
  expect(step?.op === "apply" ? canonicalJson(intentOf(step.object)) : null).toBe(canonicalJson(intentOf(object)));
  expect(one.steps.find(({ n }) => n === step?.n)?.startedAt ?? null).not.toBeNull();
}

function expectNoStepLost({ request, steps }: Seen): void {
  if (request.state === "waiting") return expect(steps).toEqual([]);
  expect(steps.map(({ n, op }) => ({ n, op }))).toEqual(parsePlan(request.planBytes).steps.map(({ n, op }) => ({ n, op })));
  const firstOpen = steps.findIndex(({ state }) => state !== "done");
  expect(steps.slice(firstOpen === -1 ? steps.length : firstOpen + 1).every(({ startedAt }) => startedAt === null)).toBe(true);
  if (request.state === "delivered") expect(firstOpen).toBe(-1);
}

async function expectAudit(rows: readonly AuditRow[]): Promise<void> {
  const verdict = await verifyChain(rows, createAuditMac(testAuditKeys));
  expect(verdict.problem).toBeNull();
  expect(verdict.count).toBe(rows.length);
}

async function readAll(db: DatabasePort, { ended }: Memory): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await db.read.requests.list({}, { cursor, limit: 200 });
    for (const request of page.items) {
      const one = ended.get(request.id) ?? (await readOne(db, request));
      seen.set(request.id, one);
      if (one.request.state === "delivered") ended.set(request.id, one);
    }
    cursor = page.nextCursor;
    more = cursor !== null;
  }
  return seen;
}

// One short transaction, so that state and steps are of the same instant while other processes go on.
async function readOne(db: DatabasePort, { id }: RequestRecord): Promise<Seen> {
  return db.transaction(async (tx) => {
    const request = await tx.requests.lock(id);
    if (request === null) throw new Error(`${id} is gone`);
    return { request, steps: await tx.steps.list(id) };
  });
}

async function auditRows(db: DatabasePort, rows: AuditRow[]): Promise<readonly AuditRow[]> {
  for (;;) {
    const page = await db.read.audit.after(rows.at(-1)?.seq ?? 0, 500);
    if (page.length === 0) return rows;
    rows.push(...page);
  }
}
