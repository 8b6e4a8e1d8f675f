import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { clusterStatus } from "./cluster-status.ts";
import { CLUSTER_STATES, ClusterStatus } from "./cluster-view.ts";
import type { ObservedCluster, ObservedCondition, ObservedPool } from "./observed-cluster.ts";
import { nextStatusChange } from "./status-due.ts";
import { USUAL_SECONDS } from "./status-limits.ts";
import { CONTROL_PLANE_TYPES, controlPlane, managedPool, NOW, observedCluster, pool } from "./testing.ts";

const TYPES = [
  ...CONTROL_PLANE_TYPES,
  "Paused",
  "Deleting",
  "RemoteConnectionProbe",
  "ControlPlaneInitialized",
  "InfrastructureReady",
  "EKSControlPlaneCreating",
  "EKSControlPlaneUpdating",
  "EKSNodegroupReady",
  "ReplicasReady",
  "__proto__",
  "constructor",
  "Nonsense",
];

const time = fc.option(
  fc.integer({ min: -200_000, max: 5_000 }).map((seconds) => new Date(NOW.getTime() + seconds * 1000)),
  { nil: null },
);
const aCondition: fc.Arbitrary<ObservedCondition> = fc.record({
  type: fc.constantFrom(...TYPES),
  status: fc.constantFrom("True", "False", "Unknown"),
  reason: fc.option(fc.string(), { nil: null }),
  message: fc.option(fc.string(), { nil: null }),
  severity: fc.constantFrom("Error", "Warning", "Info", null),
  at: time,
});
const conditions = fc.array(aCondition, { maxLength: 12 });
const count = fc.integer({ min: 0, max: 5 });
const text = fc.option(fc.string(), { nil: null });

const aPool: fc.Arbitrary<ObservedPool> = fc
  .record({
    createdAt: time,
    deletingSince: time,
    conditions,
    desired: count,
    readyReplicas: count,
    nodeRefs: count,
    phase: text,
    managed: fc.option(fc.record({ createdAt: time, deletingSince: time, conditions, ready: fc.boolean(), failureMessage: text }), {
      nil: null,
    }),
  })
  .map(({ managed, ...own }) => pool({ ...own, managed: managed === null ? null : managedPool(managed) }));

const aCluster: fc.Arbitrary<ObservedCluster> = fc
  .record({
    createdAt: time,
    deletingSince: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, time),
    conditions,
    managed: fc.boolean(),
    paused: fc.boolean(),
    controlPlaneInitialized: fc.boolean(),
    account: text,
    pools: fc.array(aPool, { maxLength: 3 }),
    freshAt: time,
    controlPlane: fc.option(
      fc.record({
        createdAt: time,
        hasFinalizers: fc.boolean(),
        conditions,
        ready: fc.boolean(),
        initialized: fc.boolean(),
        failureMessage: text,
        version: text,
        specVersion: text,
      }),
      { nil: null },
    ),
  })
  .map(({ controlPlane: plane, ...own }) => observedCluster({ ...own, controlPlane: plane === null ? null : controlPlane(plane) }));

it("never throws and always gives a whole status", () => {
  fc.assert(
    fc.property(aCluster, (observed) => void ClusterStatus.parse(clusterStatus(observed, NOW))),
    { numRuns: 500 },
  );
});

it("is green only on fresh evidence of every part", () => {
  fc.assert(
    fc.property(aCluster, (observed) => {
      const { glyph, state } = clusterStatus(observed, NOW);
      expect(glyph === "ok").toBe(state === "ready");
      if (state !== "ready") return;
      const age = observed.freshAt === null ? Number.POSITIVE_INFINITY : NOW.getTime() - observed.freshAt.getTime();
      expect(age).toBeLessThan(90_000);
      expect(observed.controlPlane?.ready).toBe(true);
      expect(observed.controlPlane?.failureMessage).toBeNull();
      expect(observed.conditions.find(({ type }) => type === "RemoteConnectionProbe")?.status).toBe("True");
      for (const one of observed.pools) expect(one.managed?.ready === true && one.readyReplicas >= one.desired).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

it("says the same until the moment it announced", () => {
  fc.assert(
    fc.property(aCluster, fc.integer({ min: 0, max: 4_000 }), (observed, seconds) => {
      const fresh = { ...observed, freshAt: NOW };
      const later = new Date(NOW.getTime() + seconds * 1000);
      const due = nextStatusChange(fresh, NOW);
      fc.pre(due === null || later < due);
      const asOf = (now: Date) => ({ ...clusterStatus({ ...fresh, freshAt: now }, now), evidenceAt: null });
      expect(asOf(later)).toEqual(asOf(NOW));
    }),
    { numRuns: 500 },
  );
});

it.each(["en", "ja"])("has words in %s for everything it may say", (locale) => {
  const words: unknown = JSON.parse(readFileSync(new URL(`../../../messages/src/clusters.${locale}.json`, import.meta.url), "utf8"));
  const missing = new Set<string>();
  const check = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("messageKey" in value && typeof value.messageKey === "string" && !hasText(words, value.messageKey)) missing.add(value.messageKey);
    for (const member of Object.values(value)) check(member);
  };
  fc.assert(
    fc.property(aCluster, (observed) => check(clusterStatus({ ...observed, freshAt: NOW }, NOW))),
    { numRuns: 500 },
  );
  for (const glyph of CLUSTER_STATES) if (!hasText(words, `clusters.state.${glyph}`)) missing.add(glyph);
  for (const step of Object.keys(USUAL_SECONDS)) {
    const facts = step.startsWith("delete-") ? ["deleting"] : ["creating", "late"];
    for (const key of [`clusters.step.${step}`, ...facts.map((fact) => `clusters.fact.${fact}.${step}`)])
      if (!hasText(words, key)) missing.add(key);
  }
  for (const rule of RULES)
    for (const part of ["title", "what", "todo"]) if (!hasText(words, `clusters.finding.${rule}.${part}`)) missing.add(rule);
  expect([...missing]).toEqual([]);
});

const RULES = globSync("findings/*.ts", { cwd: import.meta.dirname })
  .flatMap((file) => [...readFileSync(`${import.meta.dirname}/${file}`, "utf8").matchAll(/rule: (?:[^"]*\? )?"(\w+)"(?: : "(\w+)")?/g)])
  .flatMap(([, one, other]) => [one, other].flatMap((rule) => rule ?? []));

function hasText(words: unknown, key: string): boolean {
  const found = key
    .split(".")
    .reduce<unknown>(
      (branch, name) =>
        typeof branch === "object" && branch !== null ? Object.entries(branch).find(([member]) => member === name)?.[1] : undefined,
      words,
    );
  return typeof found === "string";
}
