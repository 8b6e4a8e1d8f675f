import { afterAll, beforeAll, expect, it } from "vitest";
import { testAuditKeys } from "../../adapters/database/testing.ts";
import { createAuditMac } from "../../domain/audit/audit-mac.ts";
import { readAuditExport } from "../../domain/audit/read-export.ts";
import { verifyChain } from "../../domain/audit/verify-chain.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { applyBootstrap } from "../tenancy/apply-bootstrap.ts";
import { personFromToken } from "../tenancy/person-from-token.ts";
import { bootstrapFile, createTenancyWorld, type TenancyWorld, TOKEN_HASH } from "../tenancy/testing.ts";
import { exportAudit } from "./export-audit.ts";
import { listAudit } from "./list-audit.ts";
import { signAuditHead } from "./sign-audit-head.ts";
import { verifyAudit } from "./verify-audit.ts";

let world: TenancyWorld;
let admin: Person;
beforeAll(async () => {
  world = await createTenancyWorld();
  await applyBootstrap.execute(bootstrapFile(), world.system("bootstrap"));
  const found = await personFromToken(world.db, TOKEN_HASH, world.now());
  if (found === null) throw new Error("no admin");
  admin = found;
});
afterAll(() => world.close());

it("verifies the chain and gives a head signed now, which verifies later too", async () => {
  const first = await verifyAudit.execute({}, world.as(admin));
  expect(first).toMatchObject({ count: 1, valid: true, problem: null, head: { seq: 1, keyId: "test" } });
  await applyBootstrap.execute(bootstrapFile(), world.system("bootstrap"));
  const head = JSON.stringify(first.head);
  expect(await verifyAudit.execute({ head }, world.as(admin))).toMatchObject({ count: 2, valid: true });
  const forged = JSON.stringify({ ...first.head, seq: 7 });
  expect(await verifyAudit.execute({ head: forged }, world.as(admin))).toMatchObject({
    valid: false,
    head: null,
    problem: { kind: "forged-head", seq: 7 },
  });
  await expect(verifyAudit.execute({ head: "{}" }, world.as(admin))).rejects.toMatchObject({
    code: "INVALID",
    fields: [{ path: "head", key: "audit.head" }],
  });
});

it("signs its head for the log, keeps it, and writes a row about it", async () => {
  const before = (await world.db.read.audit.head())?.seq;
  const { head } = await signAuditHead.execute({}, world.system("audit-head"));
  expect(head?.seq).toBe(before);
  expect(await world.db.read.audit.latestSignedHead()).toEqual(head);
  expect(world.log.lines.find(({ event }) => event === "audit.signedHead")?.fields).toEqual({ head });
  expect((await world.rows()).at(-1)).toMatchObject({
    action: "audit.signHead",
    actor: { id: "system/audit-head" },
    detail: { seq: before },
  });
});

it("exports rows that verify outside of the database, and fail when a line is taken out", async () => {
  const { export: text } = await exportAudit.execute({}, world.as(admin));
  const mac = createAuditMac(testAuditKeys);
  const { rows, signedHead } = readAuditExport(text);
  if (signedHead === null) throw new Error("no head");
  expect(await verifyChain(rows, mac, { signedHeads: [signedHead] })).toMatchObject({ count: rows.length, problem: null });
  expect(rows.length).toBe((await world.rows()).length);
  const lines = text.trimEnd().split("\n");
  const cut = readAuditExport([...lines.slice(0, -2), lines.at(-1)].join("\n"));
  expect((await verifyChain(cut.rows, mac, { signedHeads: [signedHead] })).problem?.kind).toBe("truncated");
  expect(() => readAuditExport(`${text}\nno json`)).toThrow(expect.objectContaining({ key: "audit.export" }));
});

it("lists by action, actor and outcome, newest first", async () => {
  const { items } = await listAudit.execute({ actor: "system/bootstrap", outcome: "ok", limit: "1" }, world.as(admin));
  expect(items).toMatchObject([{ action: "tenancy.applyBootstrap", actor: { id: "system/bootstrap" }, team: null, outcome: "ok" }]);
});

it("is for platform admins only, and a refusal leaves a row", async () => {
  const stranger: Person = { ...admin, globalRoles: ["viewer"] };
  for (const query of [listAudit, verifyAudit, exportAudit])
    await expect(query.execute({}, world.as(stranger))).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(signAuditHead.execute({}, world.as(admin))).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await world.rows()).at(-1)).toMatchObject({ action: "audit.signHead", outcome: "refused", actor: { id: admin.userId } });
});
