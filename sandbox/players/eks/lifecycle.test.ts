import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { KubeObject, type Resource, resources } from "../../kube/kube-object.ts";
import { writePrivate } from "../../state/sandbox-folder.ts";
import type { TestTenant } from "../../testing/test-tenant.ts";
import { eventually, type Sandbox, useSandbox } from "../../testing/use-sandbox.ts";
import { ControlPlane, NodeGroup } from "./eks-objects.ts";

let sandbox: Sandbox;
let tenant: TestTenant;
const name = "ledger";
const Conditions = KubeObject.extend({
  status: z
    .looseObject({ phase: z.string().optional(), conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).optional() })
    .optional(),
});

beforeAll(async () => {
  sandbox = await useSandbox();
  tenant = await sandbox.tenant();
});

const find = (resource: Resource, object = name) => sandbox.admin.find(resource, { namespace: tenant.namespace, name: object });
const controlPlane = async () => ControlPlane.parse(await find(resources.managedControlPlane));
const nodeGroup = async () => NodeGroup.parse(await find(resources.managedMachinePool, `${name}-general`));
const conditionOf = async (resource: Resource, type: string, object = name) =>
  Conditions.parse(await find(resource, object)).status?.conditions?.find((one) => one.type === type)?.status;

describe("a cluster's life", () => {
  it("goes step by step from applied to ready, and the real manager agrees", async () => {
    const messages = new Set<string>();
    await tenant.applyCluster(name);
    await eventually("the control plane is ready", async () => {
      const seen = await controlPlane();
      const ready = seen.status?.conditions?.find((one) => one.type === "Ready");
      if (ready?.message) messages.add(ready.message);
      return ready?.status === "True" ? seen : null;
    });
    expect([...messages].every((text) => /^\d+ of 11 completed$/.test(text))).toBe(true);
    expect(messages.size).toBeGreaterThan(4);
    await eventually("Cluster API says Available", async () =>
      (await conditionOf(resources.cluster, "Available")) === "True" ? true : null,
    );
    await eventually("the pool runs", async () =>
      Conditions.parse(await find(resources.machinePool, `${name}-general`)).status?.phase === "Running" ? true : null,
    );
    await expect(controlPlane()).resolves.toMatchObject({
      metadata: { finalizers: ["awsmanagedcontrolplane.controlplane.cluster.x-k8s.io"] },
      spec: { controlPlaneEndpoint: { host: "https://127.0.0.1" }, network: { vpc: { id: expect.stringMatching(/^vpc-/) } } },
      status: { ready: true, initialized: true, version: "1.34", externalManagedControlPlane: true },
    });
  });

  it("reports coredns healthy once nodes have joined", async () => {
    await eventually("all add-ons are ACTIVE", async () =>
      (await controlPlane()).status?.addons?.every((addon) => addon.status === "ACTIVE") ? true : null,
    );
  });

  it("gives people a kubeconfig without a secret that works through the aws command", async () => {
    const secret = z.looseObject({ data: z.record(z.string(), z.string()) }).parse(await find(resources.secret, `${name}-user-kubeconfig`));
    const kubeconfig = z
      .looseObject({ users: z.array(z.looseObject({ user: z.unknown() })) })
      .parse(parse(Buffer.from(secret.data.value ?? "", "base64").toString()));
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["--region", "ap-northeast-1", "eks", "get-token", "--cluster-name", `${tenant.namespace}-${name}`, "--output", "json"],
    };
    const file = sandbox.folder.at("test", "person.kubeconfig");
    writePrivate(
      file,
      stringify({
        ...kubeconfig,
        users: kubeconfig.users.map((user) => ({ ...user, user: { exec: { ...exec, interactiveMode: "Never" } } })),
      }),
    );
    const env = { ...process.env, PATH: `${sandbox.folder.at("bin")}:${process.env.PATH ?? ""}`, KUBECONFIG: file };
    const { stdout } = await promisify(execFile)("kubectl", ["get", "nodes", "-o", "name"], { env });
    expect(stdout.trim().split("\n")).toHaveLength(2);
  });

  it("follows a new size, and refuses one outside the bounds in AWS's words", async () => {
    const pool = { namespace: tenant.namespace, name: `${name}-general` };
    await sandbox.admin.merge(resources.machinePool, pool, { spec: { replicas: 3 } });
    await eventually("three nodes", async () => ((await nodeGroup()).status?.replicas === 3 ? true : null));
    await sandbox.admin.merge(resources.machinePool, pool, { spec: { replicas: 9 } });
    await eventually("the refusal stands in the condition", async () => {
      const condition = (await nodeGroup()).status?.conditions?.find((one) => one.type === "EKSNodegroupReady");
      return condition?.severity === "Error" && /can't be greater than max size 4/.test(condition.message ?? "") ? true : null;
    });
    await sandbox.admin.merge(resources.machinePool, pool, { spec: { replicas: 2 } });
    await eventually("two nodes again", async () =>
      (await nodeGroup()).status?.replicas === 2 && (await nodeGroup()).status?.ready ? true : null,
    );
  });

  it("goes in CAPA's order when it is deleted, and leaves no Secret", async () => {
    const reasons = new Set<string>();
    await tenant.deleteCluster(name);
    await eventually("the Cluster is gone", async () => {
      const seen = await find(resources.managedControlPlane);
      for (const one of seen ? (ControlPlane.parse(seen).status?.conditions ?? []) : [])
        if (one.reason === "Deleting") reasons.add(one.type);
      return (await find(resources.cluster)) === null ? true : null;
    });
    expect(reasons).toContain("NatGatewaysReady");
    await eventually("both kubeconfig Secrets are gone", async () =>
      ((await find(resources.secret, `${name}-kubeconfig`)) ?? (await find(resources.secret, `${name}-user-kubeconfig`))) === null
        ? true
        : null,
    );
  });

  it("skips the network in a VPC that was given", async () => {
    const subnets = [
      { id: "subnet-0a11a11a11a11a11a", availabilityZone: "ap-northeast-1a" },
      { id: "subnet-0a22b22b22b22b22b", availabilityZone: "ap-northeast-1c" },
    ];
    await tenant.applyCluster("given", { network: { vpc: { id: "vpc-0a1b2c3d4e5f60718" }, subnets } });
    const ready = await eventually("it is ready", async () => {
      const seen = ControlPlane.parse(await find(resources.managedControlPlane, "given"));
      return seen.status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ? seen : null;
    });
    expect(ready.status?.conditions?.some((one) => one.type === "NatGatewaysReady")).toBe(false);
    expect(ready.spec.network?.subnets?.map((subnet) => subnet.id)).toEqual(subnets.map((subnet) => subnet.id));
    await tenant.deleteCluster("given");
  });
});
