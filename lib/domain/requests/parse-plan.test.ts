import { describe, expect, it } from "vitest";
import { contentHash, hashOfJson, planBytes } from "./content-hash.ts";
import { parsePlan } from "./parse-plan.ts";
import type { Plan } from "./plan.ts";

const plan: Plan = {
  v: 1,
  kind: "cluster.create",
  target: { managementCluster: "mgmt", namespace: "team-payments", name: "checkout" },
  destinations: [{ id: "mgmt", clusterUid: "5b0e" }],
  steps: [
    {
      n: 1,
      op: "apply",
      destination: "mgmt",
      proof: { type: "applied" },
      onFail: "stop",
      base: "absent",
      object: {
        kind: "Cluster",
        apiVersion: "cluster.x-k8s.io/v1beta2",
        metadata: { namespace: "team-payments", name: "checkout" },
        spec: { zones: ["b", "a"] },
      },
    },
    {
      n: 2,
      op: "await",
      destination: "mgmt",
      proof: { type: "gone" },
      onFail: "stop",
      ref: { apiVersion: "v1", kind: "Namespace", name: "old" },
    },
  ],
  blueprintVersion: "eks-standard@1",
};

describe("parsePlan", () => {
  it("gives back the plan of its own bytes", () => {
    expect(parsePlan(planBytes(plan))).toEqual(plan);
  });

  it.each([
    ["reordered members", () => JSON.stringify(plan)],
    ["white space", () => planBytes(plan).replace(",", ", ")],
    ["a doubled member", () => planBytes(plan).replace('"v":1', '"v":1,"v":1')],
    ["an unknown member", () => planBytes(plan).replace('"v":1', '"v":1,"w":1')],
    ["another version", () => planBytes(plan).replace('"v":1', '"v":2')],
    ["steps out of order", () => planBytes({ ...plan, steps: [...plan.steps].reverse() })],
    ["no JSON", () => "plan"],
  ])("refuses %s", (_, bytes) => {
    expect(() => parsePlan(bytes())).toThrow("INTERNAL requests.planUnreadable");
  });
});

describe("contentHash", () => {
  it("is SHA-256 in lower-case hex", async () => {
    expect(await contentHash("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("does not depend on the order of members, and does on every value", async () => {
    expect(await hashOfJson({ a: 1, b: [2] })).toBe(await hashOfJson({ b: [2], a: 1 }));
    expect(await hashOfJson({ a: 1, b: [2] })).not.toBe(await hashOfJson({ a: 1, b: [3] }));
  });
});
