import { createHash, randomUUID } from "node:crypto";
import type { AuditEntry } from "../../domain/audit/audit-row.ts";
import { type RequestId, TeamId } from "../../domain/ids.ts";
import { activeTargetKey } from "../../domain/requests/request.ts";
import type { BootstrapRows, DatabasePort, NewRequest, Repositories, RequestRecord, UserRecord } from "./port.ts";

export const at = new Date("2026-11-22T09:00:00.000Z");
export const later = (ms: number): Date => new Date(at.getTime() + ms);
export const payments = TeamId.parse("payments");
export const shop = TeamId.parse("shop");

export const noBootstrap: BootstrapRows = {
  teams: [
    { id: payments, description: "Payments", clusterQuota: 20 },
    { id: shop, description: "Shop", clusterQuota: 3 },
  ],
  mappings: [],
  accounts: [],
  policies: [],
  blueprints: [],
  prices: {},
  networking: {},
  kindPolicies: {},
  tokens: [],
};

export const hashOf = (bytes: string): string => createHash("sha256").update(bytes).digest("hex");

export async function addUser(db: DatabasePort, subject: string = randomUUID()): Promise<UserRecord> {
  return db.read.people.upsertUser({ issuer: "https://issuer.example", subject, name: subject, email: null });
}

export function newRequest(change: Partial<NewRequest> = {}): NewRequest {
  const planBytes = change.planBytes ?? '{"v":1}';
  const name = `cluster-${randomUUID().slice(0, 8)}`;
  return {
    kind: "cluster.create",
    teamId: payments,
    state: "waiting",
    revision: 1,
    purpose: "For the contract",
    input: { name },
    target: { managementCluster: "main", namespace: "team-payments", name },
    contentHash: hashOf(planBytes),
    planBytes,
    admitted: [],
    notes: {},
    policyName: "one-admin",
    slots: [{ id: "platform", role: "platform-admin" }],
    blueprintVersion: null,
    requesterId: null,
    visibility: "team",
    submittedAt: at,
    expiresAt: later(86_400_000),
    reservedName: null,
    reservedAwsName: null,
    reservedKeys: [],
    askingTeamId: null,
    ...change,
  };
}

export async function addRequest(db: DatabasePort, change: Partial<NewRequest> = {}): Promise<RequestRecord> {
  return db.transaction((tx) => tx.requests.insert(newRequest(change)));
}

/** A request whose policy demands nothing, approved, with steps ready to be claimed. */
export async function addApproved(db: DatabasePort, steps: number): Promise<RequestRecord> {
  return db.transaction(async (tx) => {
    const request = await tx.requests.insert(newRequest({ slots: [] }));
    await tx.steps.insertAll(
      request.id,
      Array.from({ length: steps }, (_, i) => ({ n: i + 1, op: "apply" as const, destination: "main", label: { n: i + 1 } })),
    );
    return tx.requests.update(request.id, { state: "approved", activeTargetKey: activeTargetKey(request.kind, request.target) }, at);
  });
}

export function approve(tx: Repositories, request: RequestRecord, approver: UserRecord, slotId: string | null = "platform"): Promise<void> {
  return tx.requests.addApproval(request.id, {
    revision: request.revision,
    slotId,
    approverId: approver.id,
    decision: "approve",
    contentHash: request.contentHash,
    comment: null,
    at,
  });
}

export function entry(action: string): AuditEntry {
  return {
    at,
    action,
    outcome: "ok",
    actor: { type: "system", id: "system/test", name: "test", via: "system" },
    teamId: null,
    target: "test",
    detail: { action },
  };
}

export const numberOf = (id: RequestId): number => Number(id.slice(2));
