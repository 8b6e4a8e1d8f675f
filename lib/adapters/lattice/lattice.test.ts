import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFakeLog, createFakeMetrics } from "../telemetry/fake.ts";
import { createLattice } from "./index.ts";
import type { LatticeAccount } from "./port.ts";
import { type ScriptedAnswer, type ScriptedAws, type ScriptedCall, startScriptedAws } from "./scripted-aws.ts";

const ACCOUNT: LatticeAccount = {
  id: "prod",
  awsAccountId: "333344445555",
  region: "ap-northeast-1",
  roleArn: "arn:aws:iam::333344445555:role/read",
  externalId: "agreed",
  callsPerSecond: 100,
};
const SERVICE = { id: "svc-1", arn: "arn:aws:vpc-lattice:service/svc-1", name: "orders", status: "ACTIVE" };

const ends: (() => Promise<void> | void)[] = [];
beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAPORTAL");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ends.splice(0)) await end();
});

async function connect(answer: (call: ScriptedCall) => ScriptedAnswer, options: Parameters<typeof startScriptedAws>[1] = {}) {
  const aws: ScriptedAws = await startScriptedAws(answer, options);
  const log = createFakeLog();
  const metrics = createFakeMetrics();
  const lattice = createLattice({ endpoint: aws.endpoint, log, metrics, clock: { now: () => new Date() } });
  ends.push(
    () => lattice.close(),
    () => aws.close(),
  );
  return { aws, lattice, log, metrics };
}

describe("createLattice", { timeout: 30_000 }, () => {
  it("takes the role of the account with its external id, once for all calls", async () => {
    const { aws, lattice } = await connect(() => ({ body: { items: [SERVICE] } }));
    await Promise.all([
      lattice.listServices(ACCOUNT),
      lattice.listServices(ACCOUNT),
      lattice.listServiceNetworks({ ...ACCOUNT, callsPerSecond: 50 }),
    ]);
    expect(aws.assumed.map((form) => [form.get("RoleArn"), form.get("ExternalId"), form.get("RoleSessionName")])).toEqual([
      [ACCOUNT.roleArn, "agreed", "trellis"],
    ]);
    expect(new Set(aws.calls.map(({ accessKey }) => accessKey))).toEqual(new Set(["ASIASESSION1"]));
  });

  it("takes the role anew shortly before its session ends", async () => {
    const { aws, lattice } = await connect(() => ({ body: { items: [] } }), { sessionSeconds: 200 });
    await lattice.listServices(ACCOUNT);
    await lattice.listServices(ACCOUNT);
    const [first, second] = aws.calls.map(({ accessKey }) => accessKey);
    expect(first).toMatch(/^ASIASESSION/);
    expect(second).not.toBe(first);
  });

  it("says that the role is refused, and does not ask STS again for a while", async () => {
    const { aws, lattice } = await connect(() => ({}), { refuseRole: "AccessDenied" });
    for (let n = 0; n < 3; n += 1)
      await expect(lattice.listServices(ACCOUNT)).rejects.toMatchObject({
        code: "PRECONDITION",
        key: "lattice.denied",
        values: { account: "prod", operation: "AssumeRole" },
        raw: "AccessDenied: User is not authorized to perform: sts:AssumeRole",
      });
    expect(aws.assumed).toHaveLength(1);
    expect(aws.calls).toEqual([]);
  });

  it("tries again after a 429 not before AWS allows it, and slows down", async () => {
    let first = true;
    const { aws, lattice, metrics } = await connect(() => {
      const refused: ScriptedAnswer = {
        status: 429,
        error: "ThrottlingException",
        headers: { "retry-after": "2" },
        body: { message: "slow down" },
      };
      const answer = first ? refused : { body: { items: [SERVICE] } };
      first = false;
      return answer;
    });
    expect(await lattice.listServices(ACCOUNT)).toHaveLength(1);
    const [one, other] = aws.calls.map(({ at }) => at);
    expect((other ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(1_990);
    expect(lattice.pace(ACCOUNT)).toEqual({ callsPerSecond: 50, throttledUntil: expect.any(Date) });
    expect(
      metrics.measured
        .filter(({ name, labels }) => name === "trellis_lattice_calls_total" && labels.operation === "ListServices")
        .map(({ labels }) => labels.outcome),
    ).toEqual(["throttled", "ok"]);
  });

  it("counts retries against the budget", async () => {
    const { aws, lattice } = await connect((call) =>
      call.path.includes("/services") && aws.calls.length <= 2
        ? { status: 500, error: "InternalServerException", body: { message: "oops" } }
        : { body: { items: [] } },
    );
    await lattice.listServices({ ...ACCOUNT, callsPerSecond: 2 });
    const times = aws.calls.map(({ at }) => at);
    expect(times).toHaveLength(3);
    for (let n = 1; n < times.length; n += 1) expect((times[n] ?? 0) - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(480);
  });

  it("reads words nobody knew and unions with a member nobody knew", async () => {
    const { lattice } = await connect(({ path }) => {
      if (path.endsWith("/listeners?maxResults=100")) return { body: { items: [{ id: "listener-1", protocol: "QUIC", port: 443 }] } };
      if (path.includes("/rules?")) return { body: { items: [{ id: "rule-1" }, { id: "rule-2", isDefault: true }] } };
      const match = {
        httpMatch: { pathMatch: { match: { regex: "^/v[0-9]" } }, headerMatches: [{ name: "x", match: { contains: "a" } }] },
      };
      if (path.endsWith("/rule-1")) return { body: { id: "rule-1", priority: 7, match, action: { redirect: { host: "x" } } } };
      if (path.endsWith("/rule-2")) return { body: { id: "rule-2", isDefault: true, action: { fixedResponse: { statusCode: 404 } } } };
      return { body: { items: [{ ...SERVICE, status: "HIBERNATED" }] } };
    });
    expect(await lattice.listServices(ACCOUNT)).toMatchObject([{ status: "HIBERNATED" }]);
    expect(await lattice.listListeners(ACCOUNT, "svc-1")).toEqual([
      {
        id: "listener-1",
        port: 443,
        protocol: "QUIC",
        rules: [
          {
            id: "rule-1",
            priority: 7,
            isDefault: false,
            method: null,
            path: null,
            headers: [{ name: "x", type: "contains", value: "a" }],
            action: { forward: [], fixedStatus: null },
          },
          {
            id: "rule-2",
            priority: null,
            isDefault: true,
            method: null,
            path: null,
            headers: [],
            action: { forward: [], fixedStatus: 404 },
          },
        ],
      },
    ]);
  });

  it.each([
    ["an answer without what identifies a thing", { body: { items: [{ name: "orders" }] } }, "lattice.unreadable", "UNAVAILABLE"],
    ["the same page for ever", { body: { items: [], nextToken: "again" } }, "lattice.unreadable", "UNAVAILABLE"],
    [
      "a refused argument",
      { status: 400, error: "ValidationException", body: { message: "bad id", reason: "fieldValidationFailed" } },
      "lattice.invalid",
      "PRECONDITION",
    ],
    ["a denied call", { status: 403, error: "AccessDeniedException", body: { message: "no" } }, "lattice.denied", "PRECONDITION"],
    [
      "an error nobody knew",
      { status: 418, error: "TeapotException", body: { message: "short and stout" } },
      "lattice.unexpected",
      "INTERNAL",
    ],
  ] as const)("refuses %s", async (_, answer, key, code) => {
    const { lattice } = await connect(() => answer);
    await expect(lattice.listServices(ACCOUNT)).rejects.toMatchObject({ code, key });
  });

  it("gives up at once when told to, also in the queue", async () => {
    const { lattice } = await connect(() => ({ silent: true }));
    const slow = { ...ACCOUNT, callsPerSecond: 0.1 };
    const stop = new AbortController();
    const asked = [lattice.listServices(slow, { signal: stop.signal }), lattice.listServices(slow, { signal: stop.signal })];
    setTimeout(() => stop.abort(), 100);
    for (const one of await Promise.allSettled(asked))
      expect(one).toMatchObject({ status: "rejected", reason: { key: "lattice.aborted" } });
  });

  it("says that nobody listens there", async () => {
    const { lattice, aws } = await connect(() => ({}));
    await lattice.listServices(ACCOUNT);
    await aws.close();
    await expect(lattice.listServices(ACCOUNT)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      key: "lattice.unreachable",
      values: { code: "ECONNREFUSED" },
    });
  });
});
