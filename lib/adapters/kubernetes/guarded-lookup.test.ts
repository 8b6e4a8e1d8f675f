import type { LookupAddress, LookupAllOptions } from "node:dns";
import { expect, it } from "vitest";
import { createGuardedLookup, REFUSED_ADDRESS } from "./guarded-lookup.ts";
import { answer } from "./scripted-api-server.ts";
import { createScriptedTenant } from "./scripted-tenant.ts";
import { createTransport } from "./transport.ts";

type SystemLookup = NonNullable<Parameters<typeof createGuardedLookup>[1]>;
type Answer = readonly LookupAddress[] | Error;

/** A resolver that gives these addresses for every name. */
function resolving(answer: Answer): SystemLookup {
  const lookup = (_hostname: string, _options: LookupAllOptions, callback: (error: Error | null, addresses: LookupAddress[]) => void) =>
    answer instanceof Error ? callback(answer, []) : callback(null, [...answer]);
  // Safe: the guarded lookup calls only this form of the overloads.
  return lookup as unknown as SystemLookup;
}

function ask(answer: Answer, options: { readonly all?: boolean; readonly cidrs?: readonly string[] } = {}): Promise<unknown> {
  const lookup = createGuardedLookup(options.cidrs ?? [], resolving(answer));
  return new Promise((resolve, reject) =>
    lookup("tenant.example.com", { all: options.all ?? false }, (error, address, family) =>
      error ? reject(error) : resolve(typeof address === "string" ? [address, family] : address),
    ),
  );
}

const outside = { address: "203.0.113.7", family: 4 };
const refused = [
  { address: "127.0.0.1", family: 4 },
  { address: "169.254.169.254", family: 4 },
  { address: "::1", family: 6 },
  { address: "::ffff:127.0.0.1", family: 6 },
  { address: "fd00:ec2::254", family: 6 },
];

it("gives the address that was checked, in both forms", async () => {
  expect(await ask([outside])).toEqual(["203.0.113.7", 4]);
  expect(await ask([outside], { all: true })).toEqual([outside]);
});

it.each(refused)("refuses a name that resolves to $address, also beside a good one", async (address) => {
  await expect(ask([address])).rejects.toMatchObject({ code: REFUSED_ADDRESS });
  await expect(ask([outside, address], { all: true })).rejects.toMatchObject({ code: REFUSED_ADDRESS });
});

it("lets through what the installation allows", async () => {
  expect(await ask([{ address: "127.0.0.1", family: 4 }], { cidrs: ["127.0.0.0/8"] })).toEqual(["127.0.0.1", 4]);
});

it("passes on that a name is unknown, and refuses an empty answer", async () => {
  await expect(ask(new Error("ENOTFOUND"))).rejects.toThrow("ENOTFOUND");
  await expect(ask([])).rejects.toMatchObject({ code: REFUSED_ADDRESS });
});

it("is what a connection is made with: a name that leads to the loopback is not connected to", async () => {
  const server = await createScriptedTenant();
  server.onCall(answer(200, {}));
  const call = async (cidrs: readonly string[]) => {
    const transport = createTransport({
      clusterId: "tenant",
      credentials: {
        current: async () => ({ server: `https://tenant.test:${server.port}`, headers: {}, tls: { ca: server.certificate } }),
        invalidate: () => undefined,
      },
      metrics: { count: () => undefined, gauge: () => undefined, observe: () => undefined, render: async () => "" },
      connection: {
        timeoutMs: 2_000,
        connections: 1,
        lookup: createGuardedLookup(cidrs, resolving([{ address: "127.0.0.1", family: 4 }])),
      },
    });
    const outcome = await transport.call({ method: "GET", path: "/", kind: "x" }).catch((error: unknown) => error);
    await transport.close();
    return outcome;
  };
  expect(await call([])).toMatchObject({ key: "kubernetes.unreachable", values: { code: REFUSED_ADDRESS } });
  expect(server.connections()).toBe(0);
  expect(await call(["127.0.0.0/8"])).toMatchObject({ status: 200 });
  await server.close();
});
