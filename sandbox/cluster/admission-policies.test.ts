import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { apiVersionOf, type KubeObject, resourcePath, resources } from "../kube/kube-object.ts";
import { controlPlaneObject, roleIdentityObject, type TestTenant } from "../testing/test-tenant.ts";
import { type Sandbox, useSandbox } from "../testing/use-sandbox.ts";

let sandbox: Sandbox;
let tenant: TestTenant;
const create = (spec: object, namespace = tenant.namespace) =>
  sandbox.admin.apply(resources.managedControlPlane, controlPlaneObject(namespace, "probe", spec), true, { dryRun: "All" });
const byName = (name: string) => ({ identityRef: { kind: "AWSClusterRoleIdentity", name } });

beforeAll(async () => {
  sandbox = await useSandbox();
  tenant = await sandbox.tenant();
});

describe("the policy on identities", () => {
  it("accepts the identity made for the namespace", async () => {
    await expect(create(byName(tenant.identity))).resolves.toMatchObject({ metadata: { name: "probe" } });
  });

  it("refuses a control plane without an identity, which would run with the controller's own credentials", async () => {
    await expect(create({})).rejects.toThrow(
      /identityRef must be an AWSClusterRoleIdentity, but it is AWSClusterControllerIdentity\/default/,
    );
  });

  it("refuses the identity of another namespace", async () => {
    const other = await sandbox.tenant();
    await expect(create(byName(other.identity))).rejects.toThrow(/must name an identity of this namespace/);
  });

  it("refuses an identity with the right name that does not list the namespace", async () => {
    const name = `trellis-${tenant.namespace}-stolen`;
    await sandbox.admin.apply(resources.roleIdentity, roleIdentityObject(name, ["team-other"]));
    await expect(create(byName(name))).rejects.toThrow(/does not list namespace/);
  });

  it("refuses dropping the identity later", async () => {
    await sandbox.admin.apply(resources.managedControlPlane, controlPlaneObject(tenant.namespace, "kept", byName(tenant.identity)));
    const ref = { namespace: tenant.namespace, name: "kept" };
    await expect(sandbox.admin.merge(resources.managedControlPlane, ref, { spec: { identityRef: null } })).rejects.toThrow(/identityRef/);
  });

  it("leaves namespaces alone that are no tenants", async () => {
    const name = `plain-${randomBytes(3).toString("hex")}`;
    await sandbox.admin.apply(resources.namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
    await expect(create({}, name)).resolves.toMatchObject({ metadata: { namespace: name } });
  });
});

describe("the policy on deletions", () => {
  const pausedCluster = (name: string): KubeObject => ({
    apiVersion: apiVersionOf(resources.cluster),
    kind: "Cluster",
    metadata: { name, namespace: tenant.namespace },
    spec: { paused: true, infrastructureRef: { apiGroup: resources.managedCluster.group, kind: "AWSManagedCluster", name } },
  });

  it("refuses to delete a Cluster nobody asked to delete, one by one and all together", async () => {
    await sandbox.admin.apply(resources.cluster, pausedCluster("held"));
    const ref = { namespace: tenant.namespace, name: "held" };
    await expect(sandbox.admin.delete(resources.cluster, ref)).rejects.toThrow(/only by an approved request/);
    const all = sandbox.admin.call("DELETE", resourcePath(resources.cluster, { namespace: tenant.namespace }));
    await expect(all).rejects.toThrow(/only by an approved request/);
    await expect(sandbox.admin.find(resources.cluster, ref)).resolves.not.toBeNull();
  });

  it("refuses an empty annotation and lets a request through", async () => {
    await sandbox.admin.apply(resources.cluster, pausedCluster("asked"));
    const ref = { namespace: tenant.namespace, name: "asked" };
    const annotate = (value: string) =>
      sandbox.admin.merge(resources.cluster, ref, { metadata: { annotations: { "trellis.internal/delete-request": value } } });
    await annotate("");
    await expect(sandbox.admin.delete(resources.cluster, ref)).rejects.toThrow(/only by an approved request/);
    await annotate("request-1");
    await sandbox.admin.delete(resources.cluster, ref);
    const left = await sandbox.admin.find(resources.cluster, ref);
    expect(left?.metadata.deletionTimestamp ?? "gone").not.toBe("");
  });
});
