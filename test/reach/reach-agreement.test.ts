import { afterAll, beforeAll, expect, it } from "vitest";
import type { LatticePort } from "../../lib/adapters/lattice/port.ts";
import { evaluateReach } from "../../lib/domain/topology/reach.ts";
import type { ReachAnswer } from "../../lib/domain/topology/reach-view.ts";
import type { Carried } from "../../sandbox/lattice/carry/carried.ts";
import { type TestEmulator, vpcId } from "../../sandbox/lattice/testing/test-emulator.ts";
import { type Call, constellations } from "./constellations.ts";
import { buildScene, startReachEmulator } from "./reach-scene.ts";
import { createReachReader, readReachFacts } from "./read-reach-facts.ts";

// The portal says whether A can call B; the emulator, which shares no code with it, really carries the request. They must agree.

let emulator: TestEmulator;
let reader: LatticePort;
beforeAll(async () => {
  emulator = await startReachEmulator();
  reader = createReachReader(emulator);
});
afterAll(async () => {
  reader.close();
  await emulator.stop();
});

/** One for each part of the weights. */
const chances = [0, 0.5, 0.99];

it("knows at least forty constellations, each by a name of its own", () => {
  expect(constellations.length).toBeGreaterThanOrEqual(40);
  expect(new Set(constellations.map(({ name }) => name)).size).toBe(constellations.length);
});

it.each(constellations)("$name", async (constellation) => {
  const { ends, open, call = {} } = constellation;
  const scene = await buildScene(emulator);
  const called = calledService(await constellation.set(scene), scene.service);
  const { dnsEntry } = await scene.lattice.getService({ serviceIdentifier: called });
  const carried: Carried[] = [];
  for (const random of chances) carried.push(await emulator.control.carry(toCarry(call, dnsEntry?.domainName ?? "", random)));
  for (const one of carried)
    expect(one, one.reason).toMatchObject(ends === null ? { layer: null, status: 200 } : { layer: ends, echo: null });
  const answer = await ask(called, call);
  if (answer.verdict === "unknown") {
    const unknown = answer.layers.filter(({ state }) => state === "unknown").map(({ id }) => id);
    expect(unknown, wordsOf(answer)).toContain(open);
    return;
  }
  if (answer.verdict === "no") {
    expect(answer.firstFailure, wordsOf(answer)).toBe(ends);
    return;
  }
  // A yes may leave open only what nobody but the caller can read, and says so.
  if (ends === null) return;
  expect(ends, wordsOf(answer)).toBe(open);
  expect(answer.layers.find(({ id }) => id === open)?.state, wordsOf(answer)).toBe("not-checkable");
});

function calledService(answered: unknown, usual: string): string {
  return typeof answered === "string" ? answered : usual;
}

async function ask(serviceId: string, call: Call): Promise<ReachAnswer> {
  const now = new Date();
  const facts = await readReachFacts(reader, serviceId, now);
  const from = { id: `vpc/${call.vpcId ?? vpcId}`, name: "caller", team: null, vpcId: call.vpcId ?? vpcId };
  const view =
    call.roleArn === undefined
      ? { ...from, kind: "vpc" as const, roleArn: null }
      : { ...from, kind: "role" as const, roleArn: call.roleArn };
  return evaluateReach(
    facts,
    { view, signs: call.roleArn !== undefined, sessionTags: call.tags ?? {} },
    {
      call: {
        method: call.method ?? "GET",
        path: call.path ?? "/",
        headers: Object.entries(call.headers ?? {}).map(([name, value]) => ({ name, value })),
        port: call.port ?? 80,
      },
      now,
    },
  );
}

function toCarry(call: Call, domainName: string, random: number): Parameters<TestEmulator["control"]["carry"]>[0] {
  const { roleArn, tags = {}, orgId = null, identityPolicy = null } = call;
  return {
    callerVpcId: call.vpcId ?? vpcId,
    host: call.host ?? domainName,
    scheme: call.scheme ?? "http",
    port: call.port ?? 80,
    method: call.method ?? "GET",
    path: call.path ?? "/",
    headers: { ...call.headers },
    customNameResolves: call.customNameResolves ?? true,
    random,
    ...(roleArn === undefined ? {} : { signing: "good" as const, identity: { roleArn, tags: { ...tags }, orgId, policy: identityPolicy } }),
  };
}

function wordsOf(answer: ReachAnswer): string {
  return `${answer.verdict}: ${answer.layers.map(({ id, state }) => `${id} ${state}`).join(", ")}`;
}
