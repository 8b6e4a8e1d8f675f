import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { resources } from "../kube/kube-object.ts";
import { ControlPlane, NodeGroup } from "../players/eks/eks-objects.ts";
import { roleIdentityObject, type TestTenant } from "../testing/test-tenant.ts";
import { eventually, type Sandbox, useSandbox } from "../testing/use-sandbox.ts";

let sandbox: Sandbox;
let tenant: TestTenant;

beforeAll(async () => {
  sandbox = await useSandbox();
  tenant = await sandbox.tenant();
});
afterEach(() => sandbox.faults.clear());

const controlPlane = async (name: string) =>
  ControlPlane.parse(await sandbox.admin.get(resources.managedControlPlane, { namespace: tenant.namespace, name }));
const silent = { ready: false, conditions: [{ type: "Paused", status: "False", reason: "NotPaused" }] };

/** What CAPA leaves when it cannot use an identity: the Paused condition, and nothing that follows it. */
async function expectSilence(name: string): Promise<void> {
  await eventually("the Paused condition", async () => ((await controlPlane(name)).status?.conditions?.length ? true : null), 15_000);
  await sleep(2_500);
  const seen = await controlPlane(name);
  expect(seen.status).toMatchObject(silent);
  expect(seen.metadata.finalizers ?? []).toEqual([]);
}

describe("identity-refused", () => {
  it("leaves a control plane as CAPA leaves it, until the fault is cleared", async () => {
    sandbox.faults.set("identity-refused", `${tenant.namespace}/refused`);
    await tenant.applyCluster("refused");
    await expectSilence("refused");
    sandbox.faults.clear();
    await eventually("it goes on", async () => ((await controlPlane("refused")).metadata.finalizers?.length ? true : null), 15_000);
    await tenant.deleteCluster("refused");
  });

  it("is what an identity that does not exist yet, and one with a foreign source, look like without any fault", async () => {
    const missing = `trellis-${tenant.namespace}-missing`;
    await tenant.applyCluster("missing", { identity: missing });
    await expectSilence("missing");
    const source = `trellis-${tenant.namespace}-source`;
    await sandbox.admin.apply(resources.roleIdentity, roleIdentityObject(source, ["team-other"]));
    await sandbox.admin.apply(
      resources.roleIdentity,
      roleIdentityObject(missing, [tenant.namespace], { kind: "AWSClusterRoleIdentity", name: source }),
    );
    await expectSilence("missing");
    await sandbox.admin.delete(resources.roleIdentity, { name: missing });
    await sandbox.admin.apply(resources.roleIdentity, roleIdentityObject(missing, [tenant.namespace]));
    await eventually("it goes on", async () => ((await controlPlane("missing")).metadata.finalizers?.length ? true : null), 15_000);
    await tenant.deleteCluster("missing");
  });
});

describe("node-group-create-failed", () => {
  it("ends a node group in CREATE_FAILED while the control plane is ready, and recovers when cleared", async () => {
    const group = async () =>
      NodeGroup.parse(await sandbox.admin.get(resources.managedMachinePool, { namespace: tenant.namespace, name: "spotless-general" }));
    sandbox.faults.set("node-group-create-failed", `${tenant.namespace}/spotless`);
    await tenant.applyCluster("spotless");
    const failed = await eventually("the node group failed", async () => ((await group()).status?.failureMessage ? await group() : null));
    expect(failed.status).toMatchObject({ ready: false, failureMessage: "EKS nodegroup in failed CREATE_FAILED status" });
    expect(failed.status?.conditions?.find((one) => one.type === "EKSNodegroupReady")).toMatchObject({
      status: "False",
      severity: "Error",
      reason: "EKSNodegroupReconciliationFailed",
    });
    await expect(controlPlane("spotless")).resolves.toMatchObject({ status: { ready: true } });
    sandbox.faults.clear();
    await eventually("the node group recovered", async () => ((await group()).status?.ready ? true : null));
    expect((await group()).status).toMatchObject({ replicas: 2 });
    await tenant.deleteCluster("spotless");
  });
});
