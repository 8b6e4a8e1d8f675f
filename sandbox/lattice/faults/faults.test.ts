import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestEmulator, testEmulator } from "../testing/test-emulator.ts";
import { testResources } from "../testing/test-resources.ts";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

const throttled = { status: 429, type: "ThrottlingException", message: "Rate exceeded", retryAfterSeconds: 3 };
const denied = { status: 403, type: "AccessDeniedException", message: "no" };
const create = (name: string) => emulator.lattice().createService({ name });

describe("faults", () => {
  it("spoil as many calls as they are told to, after as many as they let pass", async () => {
    emulator.control.putFault({ operation: "CreateService", skip: 1, times: 2, ...denied });
    await create("one-a");
    await expect(create("one-b")).rejects.toMatchObject({ name: "AccessDeniedException", message: "no" });
    await expect(create("one-b")).rejects.toMatchObject({ name: "AccessDeniedException" });
    await create("one-b");
    expect(emulator.control.faults()).toEqual([]);
  });

  it("answer with what the SDK needs to wait: typed, with retryAfterSeconds", async () => {
    emulator.control.putFault({ operation: "List*", ...throttled });
    await expect(emulator.lattice().listServices({})).rejects.toMatchObject({
      name: "ThrottlingException",
      retryAfterSeconds: 3,
      $metadata: { httpStatusCode: 429 },
    });
  });

  it("are found by caller, operation, argument and the name of the resource meant", async () => {
    const make = testResources(emulator);
    const [orders, ledger] = [await make.service("orders"), await make.service("ledger")];
    emulator.control.putFault({ caller: "team-payments_checkout", ...denied });
    emulator.control.putFault({ operation: ["GetService", "UpdateService"], resource: "ord*", ...denied });
    emulator.control.putFault({ operation: "CreateService", argument: { name: "shop" }, ...denied });
    emulator.control.putFault({ operation: "CreateService", argument: '"team":"shop"', ...denied });
    await expect(emulator.lattice("AKIACHECKOUT").listServices({})).rejects.toThrow("no");
    await emulator.lattice().listServices({});
    await expect(emulator.lattice().getService({ serviceIdentifier: orders })).rejects.toThrow("no");
    await emulator.lattice().getService({ serviceIdentifier: ledger });
    await expect(create("shop")).rejects.toThrow("no");
    await create("shop-next");
    await expect(emulator.lattice().createService({ name: "cart", tags: { team: "shop" } })).rejects.toThrow("no");
  });

  it("act in their order: the first that decides wins, a delay before it adds up", async () => {
    emulator.control.putFault({ id: "slow", operation: "ListServices", delayMs: 60 });
    emulator.control.putFault({ operation: "ListServices", ...throttled });
    emulator.control.putFault({ operation: "*", ...denied });
    const began = performance.now();
    await expect(emulator.lattice().listServices({})).rejects.toMatchObject({ name: "ThrottlingException" });
    expect(performance.now() - began).toBeGreaterThanOrEqual(59);
    await expect(emulator.lattice().listTargetGroups({})).rejects.toMatchObject({ name: "AccessDeniedException" });
    emulator.control.putFault({ id: "slow", operation: "ListServices", ...denied });
    await expect(emulator.lattice().listServices({})).rejects.toMatchObject({ name: "AccessDeniedException" });
    emulator.control.clearFaults();
    await emulator.lattice().listServices({});
  });

  it("refuse to be set when they would do nothing or contradict themselves", () => {
    expect(() => emulator.control.putFault({ operation: "*" })).toThrow();
    expect(() => emulator.control.putFault({ status: 500 })).toThrow();
    expect(() => emulator.control.putFault({ ...denied, network: "reset" })).toThrow();
  });
});

describe("network loss", () => {
  it("cuts every connection, or those of one caller, until it is over", async () => {
    emulator.control.loseNetwork({ caller: "mgmt-local" });
    await expect(emulator.lattice().listServices({})).rejects.toMatchObject({ code: "ECONNRESET" });
    await emulator.lattice("AKIACHECKOUT").listServices({});
    emulator.control.loseNetwork();
    await expect(emulator.lattice("AKIACHECKOUT").listServices({})).rejects.toMatchObject({ code: "ECONNRESET" });
    emulator.control.restoreNetwork();
    await emulator.lattice().listServices({});
  });

  it("can be silence: the call ends when the caller gives up", async () => {
    emulator.control.loseNetwork({ how: "silent" });
    await expect(emulator.lattice().listServices({}, { abortSignal: AbortSignal.timeout(100) })).rejects.toThrow();
    expect(emulator.control.calls().calls.at(-1)).toMatchObject({ operation: "ListServices", status: 0 });
  });

  it("can come after the work is done", async () => {
    emulator.control.putFault({ operation: "CreateService", times: 1, network: "reset-after" });
    await expect(create("orders")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect((await emulator.lattice().listServices({})).items?.map((one) => one.name)).toEqual(["orders"]);
  });
});

describe("the rate of an account", () => {
  it("is shared by its callers and comes back with time", async () => {
    emulator.control.changeSettings({ rate: { perSecond: 1, burst: 2, retryAfterSeconds: 4 } });
    await emulator.lattice().listServices({});
    await emulator.lattice("AKIACHECKOUT").listServices({});
    await expect(emulator.lattice().listServices({})).rejects.toMatchObject({ name: "ThrottlingException", retryAfterSeconds: 4 });
    await emulator.lattice("AKIAPORTAL").listServices({});
    emulator.pass(1_000);
    await emulator.lattice().listServices({});
  });
});

describe("the call log", () => {
  it("tells of every call who made it, what was asked and how it ended", async () => {
    await emulator.lattice("AKIACHECKOUT").listServices({ maxResults: 5 });
    await expect(create("A")).rejects.toThrow();
    emulator.control.putFault({ id: "outage", ...throttled });
    await expect(emulator.tagging().getResources({})).rejects.toThrow();
    const { calls, last } = emulator.control.calls();
    expect(calls).toMatchObject([
      {
        seq: 1,
        caller: "team-payments_checkout",
        operation: "ListServices",
        access: "read",
        service: "vpc-lattice",
        arguments: { maxResults: "5" },
        status: 200,
        errorType: null,
      },
      { seq: 2, caller: "mgmt-local", operation: "CreateService", access: "write", status: 400, errorType: "ValidationException" },
      { seq: 3, caller: "mgmt-local", operation: "GetResources", service: "tagging", status: 429, faults: ["outage"] },
    ]);
    expect(last).toBe(3);
    expect(emulator.control.calls({ since: 1, caller: "mgmt-*", access: "write" }).calls.map(({ seq }) => seq)).toEqual([2]);
    expect(emulator.control.calls({ limit: 1 }).calls.map(({ seq }) => seq)).toEqual([3]);
  });

  it("keeps the newest when it is full", async () => {
    emulator.control.changeSettings({ callsKept: 3 });
    const lattice = emulator.lattice();
    for (let call = 0; call < 10; call++) await lattice.listServices({});
    expect(emulator.control.calls().calls.map(({ seq }) => seq)).toEqual([8, 9, 10]);
  });
});
