import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestEmulator, testEmulator } from "../testing/test-emulator.ts";
import { testResources } from "../testing/test-resources.ts";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

async function ask(method: string, input?: unknown, init: RequestInit = {}) {
  const response = await fetch(`${emulator.url}/_sandbox/${method}`, {
    method: "POST",
    headers: { authorization: "Bearer the-token" },
    ...(input === undefined ? {} : { body: typeof input === "string" ? input : JSON.stringify(input) }),
    ...init,
  });
  return { status: response.status, body: (await response.json()) as { result?: unknown; error?: string } };
}

it("opens only with the sandbox's token", async () => {
  expect((await ask("faults", undefined, { headers: {} })).status).toBe(401);
  expect((await ask("faults", undefined, { headers: { authorization: "Bearer the-tokem" } })).status).toBe(401);
  expect(await ask("faults")).toEqual({ status: 200, body: { result: [] } });
});

it("sets and takes faults, health and forced statuses over HTTP", async () => {
  const { body } = await ask("putFault", { operation: "ListServices", status: 403, type: "AccessDeniedException" });
  await expect(emulator.lattice().listServices({})).rejects.toMatchObject({ name: "AccessDeniedException" });
  await ask("removeFault", { id: body.result });
  const { group } = await testResources(emulator).route();
  emulator.pass(60_000);
  await ask("setHealth", { targetGroup: group, status: "UNHEALTHY" });
  expect((await emulator.lattice().listTargets({ targetGroupIdentifier: group })).items?.[0]?.status).toBe("UNHEALTHY");
  await ask("forceStatus", { kind: "service", match: "orders", status: "CREATE_FAILED" });
  expect((await emulator.lattice().listServices({})).items?.[0]?.status).toBe("CREATE_FAILED");
  const calls = await ask("calls", { operation: "ListServices" });
  expect(calls.body.result).toMatchObject({ calls: [{ status: 403 }, { status: 200 }] });
});

it("refuses what it does not know and what is malformed, and says why", async () => {
  expect((await ask("selfDestruct")).status).toBe(404);
  expect((await ask("faults", undefined, { method: "GET" })).status).toBe(405);
  expect(await ask("putFault", "{")).toMatchObject({ status: 400, body: { error: "the body is not JSON" } });
  const refused = await ask("putFault", { status: 400, type: "x", colour: "red" });
  expect(refused.status).toBe(400);
  expect(refused.body.error).toContain("colour");
});

it("adds callers while it runs and empties the whole AWS at a reset", async () => {
  await expect(emulator.lattice("AKIANEW").listServices({})).rejects.toThrow();
  await ask("putCaller", { accessKeyId: "AKIANEW", caller: "team-shop_storefront", account: "333344445555" });
  await testResources(emulator).service();
  expect((await emulator.lattice("AKIANEW").listServices({})).items).toHaveLength(1);
  await ask("reset");
  expect((await emulator.lattice("AKIANEW").listServices({})).items).toEqual([]);
});
