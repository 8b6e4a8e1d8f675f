import fc from "fast-check";
import { expect, it } from "vitest";
import { clusterStatus } from "../../domain/clusters/cluster-status.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import { buildClusterObjects } from "./build-cluster-objects.ts";
import { readCluster } from "./read-cluster.ts";
import { minorOf, readEndpoint } from "./read-control-plane.ts";
import { clusterToBuild } from "./testing.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const seen = (object: unknown) => ({ object: KubeObject.parse(object), observedAt: NOW });

const json = fc.jsonValue({ maxDepth: 4 });
const hostile = (kind: string) =>
  fc.record({ spec: json, status: json, labels: json, finalizers: json }).map(({ spec, status, labels, finalizers }) =>
    seen({
      apiVersion: "x/v1",
      kind,
      metadata: { name: "n", namespace: "team-payments", labels, annotations: labels, finalizers, creationTimestamp: labels },
      spec,
      status,
    }),
  );

it("reads anything anybody may have written, and the status of it never throws", () => {
  fc.assert(
    fc.property(
      hostile("Cluster"),
      hostile("AWSManagedControlPlane"),
      hostile("MachinePool"),
      hostile("AWSManagedMachinePool"),
      (cluster, controlPlane, pool, managed) => {
        const observed = readCluster({
          managementCluster: "m",
          cluster,
          controlPlane,
          infrastructure: controlPlane,
          pools: [
            { pool, managed },
            { pool, managed: null },
          ],
          freshAt: NOW,
        });
        expect(clusterStatus(observed, NOW).state).not.toBe("ready");
      },
    ),
    { numRuns: 300 },
  );
});

it("reads what Trellis builds", () => {
  const [cluster, infrastructure, controlPlane, pool, managed] = buildClusterObjects(clusterToBuild("eks-standard"));
  const observed = readCluster({
    managementCluster: "m",
    cluster: seen(cluster),
    infrastructure: seen(infrastructure),
    controlPlane: seen(controlPlane),
    pools: [{ pool: seen(pool), managed: seen(managed) }],
    freshAt: NOW,
  });
  expect(observed).toMatchObject({
    team: "payments",
    managed: true,
    account: "payments-prod",
    blueprint: "eks-standard@1",
    description: "A cluster for the team's services.",
    controlPlane: {
      eksName: "team-payments_checkout",
      specVersion: "1.34",
      region: "ap-northeast-1",
      vpcCidr: "10.48.0.0/16",
      addons: [{ name: "vpc-cni", status: null }, {}, {}, {}],
    },
    pools: [{ desired: 3, managed: { instanceType: "m7i.large", capacityType: "onDemand", min: 2, max: 4 } }],
  });
});

it("takes ready nodes from the v1beta1 counters, never from the fictional ones", () => {
  const pool = seen({
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "MachinePool",
    metadata: { name: "p", namespace: "n" },
    spec: { replicas: 2 },
    status: {
      readyReplicas: 2,
      availableReplicas: 2,
      deprecated: { v1beta1: { readyReplicas: 1, conditions: [{ type: "ReplicasReady", status: "False" }] } },
    },
  });
  const cluster = seen({ apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster", metadata: { name: "c", namespace: "n" } });
  expect(
    readCluster({
      managementCluster: "m",
      cluster,
      infrastructure: null,
      controlPlane: null,
      pools: [{ pool, managed: null }],
      freshAt: NOW,
    }).pools[0],
  ).toMatchObject({ desired: 2, readyReplicas: 1, conditions: [{ type: "ReplicasReady", status: "False" }] });
});

it.each([
  ["v1.33.4-eks-abc", "1.33"],
  ["v1.33.4", "1.33"],
  ["1.33", "1.33"],
  ["latest", null],
  ["1.333333", null],
])("reads version %s as %s", (version, minor) => expect(minorOf(version)).toBe(minor));

it.each([
  [{ host: "abc.eks.amazonaws.com", port: 443 }, "https://abc.eks.amazonaws.com:443"],
  [{ host: "https://abc.eks.amazonaws.com", port: 443 }, "https://abc.eks.amazonaws.com:443"],
  [{ host: "a b", port: 443 }, null],
  [{ host: "x/<script>", port: 443 }, null],
  [{ host: "", port: 0 }, null],
])("reads the endpoint %j as %s", (controlPlaneEndpoint, endpoint) =>
  expect(readEndpoint({ spec: { controlPlaneEndpoint } })).toBe(endpoint),
);
