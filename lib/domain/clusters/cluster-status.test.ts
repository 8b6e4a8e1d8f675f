import { describe, expect, it } from "vitest";
import { toObjectViews } from "./cluster-parts.ts";
import { clusterStatus } from "./cluster-status.ts";
import type { ObservedCluster } from "./observed-cluster.ts";
import { condition, controlPlane, creatingCluster, managedPool, NOW, observedCluster, pool, secondsAgo } from "./testing.ts";

const NETWORK = ["VpcReady", "SubnetsReady", "NatGatewaysReady", "ClusterSecurityGroupsReady"];
const PROVEN = observedCluster().conditions.filter(({ type }) => type !== "RemoteConnectionProbe");

function seen(observed: ObservedCluster) {
  const status = clusterStatus(observed, NOW);
  const fact = status.sentence.values["fact"];
  return {
    state: status.state,
    stuck: status.stuck,
    glyph: status.glyph,
    fact: typeof fact === "object" ? fact.messageKey.replace("clusters.fact.", "") : null,
    codes: status.findings.map(({ code }) => code),
  };
}

const FINE = { stuck: false, codes: [] };

describe("clusterStatus", () => {
  it.each<[name: string, observed: ObservedCluster, expected: ReturnType<typeof seen>]>([
    ["is ready when every part is proven", observedCluster(), { ...FINE, state: "ready", glyph: "ok", fact: "ready" }],
    [
      "counts a pool wanted at zero as ready",
      observedCluster({ pools: [pool({ desired: 0, readyReplicas: 0, nodeRefs: 0 })] }),
      { ...FINE, state: "ready", glyph: "ok", fact: "ready" },
    ],
    [
      "goes out when the evidence is old",
      observedCluster({ freshAt: secondsAgo(91) }),
      { ...FINE, state: "unknown", glyph: "unknown", fact: "noContact", codes: ["TRL-CLU-006"] },
    ],
    [
      "is unknown before the first list",
      observedCluster({ freshAt: null }),
      { ...FINE, state: "unknown", glyph: "unknown", fact: "noContactYet", codes: ["TRL-CLU-006"] },
    ],
    [
      "is paused by the Cluster",
      observedCluster({ paused: true }),
      { ...FINE, state: "paused", glyph: "paused", fact: "paused", codes: ["TRL-CLU-003"] },
    ],
    [
      "is paused by the control plane's own condition",
      observedCluster({ controlPlane: controlPlane({ conditions: [condition("Paused", "True")] }) }),
      { ...FINE, state: "paused", glyph: "paused", fact: "paused", codes: ["TRL-CLU-003"] },
    ],
    [
      "waits to be picked up",
      creatingCluster([], {
        controlPlane: controlPlane({ hasFinalizers: false, conditions: [], createdAt: secondsAgo(30), ready: false }),
        createdAt: secondsAgo(30),
      }),
      { ...FINE, state: "creating", glyph: "progressing", fact: "creating.picked-up" },
    ],
    [
      "is stuck when nothing happened for a minute",
      creatingCluster([], {
        conditions: [condition("InfrastructureReady", "True", { at: secondsAgo(61) })],
        controlPlane: controlPlane({
          hasFinalizers: false,
          conditions: [condition("Paused", "False")],
          createdAt: secondsAgo(80),
          ready: false,
        }),
      }),
      { stuck: true, state: "creating", glyph: "attention", fact: "silent", codes: ["TRL-CLU-001"] },
    ],
    ["makes the network", creatingCluster(["VpcReady"]), { ...FINE, state: "creating", glyph: "progressing", fact: "creating.network" }],
    ["makes the IAM roles", creatingCluster(NETWORK), { ...FINE, state: "creating", glyph: "progressing", fact: "creating.iam" }],
    [
      "makes the control plane",
      creatingCluster([...NETWORK, "IAMControlPlaneRolesReady", "EKSControlPlaneCreating"]),
      { ...FINE, state: "creating", glyph: "progressing", fact: "creating.control-plane" },
    ],
    [
      "sets up add-ons",
      creatingCluster([...NETWORK, "IAMControlPlaneRolesReady", "EKSControlPlaneReady"]),
      { ...FINE, state: "creating", glyph: "progressing", fact: "creating.addons" },
    ],
    [
      "starts nodes",
      creatingCluster([
        ...NETWORK,
        "IAMControlPlaneRolesReady",
        "EKSControlPlaneReady",
        "EKSAddonsConfigured",
        "IAMAuthenticatorConfigured",
      ]),
      { ...FINE, state: "creating", glyph: "progressing", fact: "creating.pools" },
    ],
    [
      "is stuck when a step takes three times the usual",
      creatingCluster([...NETWORK], {
        createdAt: secondsAgo(4_000),
        pools: [pool({ createdAt: secondsAgo(4_000), readyReplicas: 0, nodeRefs: 0, managed: managedPool({ ready: false }) })],
        controlPlane: controlPlane({
          createdAt: secondsAgo(4_000),
          ready: false,
          initialized: false,
          conditions: NETWORK.map((type) => condition(type, "True", { at: secondsAgo(2_000) })),
        }),
      }),
      { stuck: true, state: "creating", glyph: "attention", fact: "late.iam", codes: [] },
    ],
    [
      "is stuck on a part that stopped with an error",
      creatingCluster(["VpcReady"], {
        controlPlane: controlPlane({
          ready: false,
          initialized: false,
          conditions: [condition("NatGatewaysReady", "False", { severity: "Error", reason: "NatGatewaysReconciliationFailed" })],
        }),
      }),
      { stuck: true, state: "creating", glyph: "attention", fact: "partFailed", codes: ["TRL-CLU-012"] },
    ],
    [
      "failed when AWS says so before it ever worked, even beside EKSControlPlaneReady True",
      creatingCluster(["EKSControlPlaneReady"], {
        controlPlane: controlPlane({ ready: false, initialized: false, failureMessage: "EKS cluster in failed state" }),
      }),
      { stuck: false, state: "failed", glyph: "failed", fact: "controlPlaneFailed", codes: ["TRL-CLU-007"] },
    ],
    [
      "is degraded when AWS says so later",
      observedCluster({ controlPlane: controlPlane({ ready: false, failureMessage: "standard support ended" }) }),
      { stuck: false, state: "degraded", glyph: "attention", fact: "controlPlaneFailed", codes: ["TRL-CLU-007"] },
    ],
    [
      "is creating, stuck when a node group of its first pools failed",
      observedCluster({
        pools: [
          pool(),
          pool({
            readyReplicas: 0,
            nodeRefs: 0,
            managed: managedPool({ ready: false, failureMessage: "EKS nodegroup in failed CREATE_FAILED status" }),
          }),
        ],
      }),
      { stuck: true, state: "creating", glyph: "attention", fact: "poolFailed", codes: ["TRL-CLU-002"] },
    ],
    [
      "is degraded when a node group added later failed",
      observedCluster({
        createdAt: secondsAgo(90_000),
        pools: [
          pool({ createdAt: secondsAgo(90_000) }),
          pool({
            createdAt: secondsAgo(700),
            readyReplicas: 0,
            nodeRefs: 0,
            managed: managedPool({ ready: false, failureMessage: "CREATE_FAILED" }),
          }),
        ],
      }),
      { stuck: false, state: "degraded", glyph: "attention", fact: "poolFailed", codes: ["TRL-CLU-002"] },
    ],
    [
      "is degraded when the connection is lost",
      observedCluster({
        conditions: [...PROVEN, condition("RemoteConnectionProbe", "False", { reason: "ProbeFailed", at: secondsAgo(120) })],
      }),
      { stuck: false, state: "degraded", glyph: "attention", fact: "connectionLost", codes: ["TRL-CLU-004"] },
    ],
    [
      "shows no green light while the connection is not proven",
      observedCluster({ conditions: [...PROVEN, condition("RemoteConnectionProbe", "False", { at: secondsAgo(20) })] }),
      { ...FINE, state: "updating", glyph: "progressing", fact: "settling" },
    ],
    [
      "is stuck when the first connection never comes",
      observedCluster({ conditions: [...PROVEN, condition("RemoteConnectionProbe", "False", { at: secondsAgo(3_000) })] }),
      { stuck: true, state: "creating", glyph: "attention", fact: "connectionNever", codes: ["TRL-CLU-004"] },
    ],
    [
      "is upgrading while versions differ",
      observedCluster({ controlPlane: controlPlane({ version: "1.33" }) }),
      { ...FINE, state: "upgrading", glyph: "progressing", fact: "upgrading" },
    ],
    [
      "is updating while EKS changes it",
      observedCluster({
        controlPlane: controlPlane({ conditions: [...controlPlane().conditions, condition("EKSControlPlaneUpdating", "True")] }),
      }),
      { ...FINE, state: "updating", glyph: "progressing", fact: "updating" },
    ],
    [
      "is updating while a pool scales",
      observedCluster({ pools: [pool({ desired: 5, conditions: [condition("ReplicasReady", "False", { at: secondsAgo(60) })] })] }),
      { ...FINE, state: "updating", glyph: "progressing", fact: "scaling" },
    ],
    [
      "is still creating while the rest of the first nodes come",
      observedCluster({
        pools: [
          pool({
            readyReplicas: 1,
            managed: managedPool({ conditions: [condition("EKSNodegroupReady", "True", { at: secondsAgo(299) })] }),
          }),
        ],
      }),
      { ...FINE, state: "creating", glyph: "progressing", fact: "creating.pools" },
    ],
    [
      "is degraded, not creating again, when all nodes of a pool are gone",
      observedCluster({
        pools: [
          pool({
            readyReplicas: 0,
            nodeRefs: 0,
            conditions: [condition("ReplicasReady", "False", { at: secondsAgo(700) })],
            managed: managedPool({ conditions: [condition("EKSNodegroupReady", "True", { at: secondsAgo(9_000) })] }),
          }),
        ],
      }),
      { stuck: false, state: "degraded", glyph: "attention", fact: "poolShort", codes: ["TRL-CLU-009"] },
    ],
    [
      "is degraded when a pool stays short of nodes",
      observedCluster({ pools: [pool({ readyReplicas: 1, conditions: [condition("ReplicasReady", "False", { at: secondsAgo(601) })] })] }),
      { stuck: false, state: "degraded", glyph: "attention", fact: "poolShort", codes: ["TRL-CLU-009"] },
    ],
    [
      "is degraded by a bad add-on once there are nodes",
      observedCluster({
        controlPlane: controlPlane({
          addons: [{ name: "coredns", version: "v1", status: "DEGRADED", issues: ["InsufficientNumberOfReplicas"] }],
        }),
      }),
      { stuck: false, state: "degraded", glyph: "attention", fact: "addonBad", codes: ["TRL-CLU-008"] },
    ],
    [
      "expects a degraded add-on right after the first nodes",
      observedCluster({
        controlPlane: controlPlane({ addons: [{ name: "coredns", version: "v1", status: "DEGRADED", issues: [] }] }),
        pools: [pool({ managed: managedPool({ conditions: [condition("EKSNodegroupReady", "True", { at: secondsAgo(299) })] }) })],
      }),
      { stuck: false, state: "ready", glyph: "ok", fact: "ready", codes: ["TRL-CLU-008"] },
    ],
    [
      "expects a degraded add-on before the first node",
      creatingCluster([...NETWORK, "IAMControlPlaneRolesReady", "EKSControlPlaneReady"], {
        conditions: [condition("RemoteConnectionProbe", "False", { at: secondsAgo(30) })],
        controlPlane: controlPlane({
          ready: true,
          initialized: true,
          addons: [{ name: "coredns", version: "v1", status: "DEGRADED", issues: [] }],
        }),
      }),
      { stuck: false, state: "creating", glyph: "progressing", fact: "creating.pools", codes: ["TRL-CLU-008"] },
    ],
    [
      "says that objects are missing",
      observedCluster({ controlPlane: null }),
      { stuck: false, state: "degraded", glyph: "attention", fact: "objectsMissing", codes: ["TRL-CLU-010"] },
    ],
    [
      "gives objects a minute to appear",
      creatingCluster([], { createdAt: secondsAgo(20), controlPlane: null, pools: [] }),
      { ...FINE, state: "creating", glyph: "progressing", fact: "creating.applied" },
    ],
    [
      "is degraded by an identity that is not its own",
      observedCluster({ controlPlane: controlPlane({ identity: { kind: "AWSClusterControllerIdentity", name: "default" } }) }),
      { stuck: false, state: "degraded", glyph: "attention", fact: "foreignIdentity", codes: ["TRL-CLU-011"] },
    ],
    [
      "is updating while the control plane's summary is not True",
      observedCluster({ controlPlane: controlPlane({ conditions: [condition("Ready", "False", { severity: "Info" })] }) }),
      { ...FINE, state: "updating", glyph: "progressing", fact: "settling" },
    ],
    [
      "is deleting, step by step",
      observedCluster({
        deletingSince: secondsAgo(60),
        conditions: [
          condition("Deleting", "True", { reason: "WaitingForControlPlaneDeletion", message: "* AWSManagedControlPlane checkout" }),
        ],
      }),
      { stuck: false, state: "deleting", glyph: "deleting", fact: "deleting.delete-control-plane", codes: ["TRL-CLU-005"] },
    ],
    [
      "is deleting, stuck when it takes too long",
      observedCluster({
        deletingSince: secondsAgo(1_501),
        conditions: [condition("Deleting", "True", { reason: "WaitingForWorkersDeletion" })],
      }),
      { stuck: true, state: "deleting", glyph: "attention", fact: "deleting.delete-pools", codes: ["TRL-CLU-005"] },
    ],
    [
      "shows no light for what it cannot read",
      observedCluster({ managed: false, team: null, controlPlane: null }),
      { ...FINE, state: "unknown", glyph: "unknown", fact: "notReadable" },
    ],
  ])("%s", (_name, observed, expected) => {
    expect(seen(observed)).toEqual(expected);
  });

  it("says how far a creation is, step by step", () => {
    const { steps } = clusterStatus(creatingCluster([...NETWORK, "IAMControlPlaneRolesReady"]), NOW);
    expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      "applied done",
      "picked-up done",
      "network done",
      "iam done",
      "control-plane current",
      "addons todo",
      "pools todo",
      "connection todo",
    ]);
    expect(steps[2]).toMatchObject({ endedAt: secondsAgo(60).toISOString(), usual: { lowSeconds: 120, highSeconds: 180 } });
    expect(steps[4]).toMatchObject({ startedAt: secondsAgo(60).toISOString(), endedAt: null });
  });

  it("proves the connection only once there is a control plane to connect to", () => {
    const creating = creatingCluster([...NETWORK, "IAMControlPlaneRolesReady"]);
    const { steps } = clusterStatus({ ...creating, conditions: [...creating.conditions, condition("RemoteConnectionProbe", "True")] }, NOW);
    expect(steps.at(-1)).toMatchObject({ id: "connection", state: "todo" });
  });

  it("shows what is not True yet as work in progress while a cluster is made in its usual time, and as trouble afterwards", () => {
    const cluster = observedCluster({ conditions: [condition("Available", "False", { reason: "NotAvailable" })] });
    expect(toObjectViews(cluster, { state: "creating", stuck: false })[0]).toMatchObject({ glyph: "progressing" });
    expect(toObjectViews(cluster, { state: "creating", stuck: true })[0]).toMatchObject({ glyph: "attention" });
    expect(toObjectViews(cluster, { state: "degraded", stuck: false })[0]).toMatchObject({ glyph: "attention" });
  });

  it("orders findings by who must act, and quotes the objects' own words", () => {
    const status = clusterStatus(
      observedCluster({
        controlPlane: controlPlane({ addons: [{ name: "coredns", version: "v1", status: "DEGRADED", issues: [] }] }),
        pools: [pool({ managed: managedPool({ ready: false, failureMessage: "InsufficientInstanceCapacity" }) }), pool()],
      }),
      NOW,
    );
    expect(status.findings.map(({ actor }) => actor)).toEqual(["platform", "aws"]);
    expect(status.findings[1]?.evidence[0]).toMatchObject({ field: "status.failureMessage", raw: "InsufficientInstanceCapacity" });
  });
});
