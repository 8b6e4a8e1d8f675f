import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type KubeObject, resources } from "../kube/kube-object.ts";
import type { TestTenant } from "../testing/test-tenant.ts";
import { type Sandbox, useSandbox } from "../testing/use-sandbox.ts";

let sandbox: Sandbox;
let tenant: TestTenant;
const Review = z.looseObject({ status: z.looseObject({ allowed: z.boolean() }) });

beforeAll(async () => {
  sandbox = await useSandbox();
  tenant = await sandbox.tenant();
});

async function may(verb: string, group: string, resource: string, namespace?: string): Promise<boolean> {
  const body = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes: { verb, group, resource, ...(namespace ? { namespace } : {}) } },
  };
  return Review.parse(await sandbox.portal.call("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", { body })).status.allowed;
}

const binding = (role: string): KubeObject => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  metadata: { name: role, namespace: tenant.namespace },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
  subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "trellis" }],
});

describe("the portal's rights on the management cluster", () => {
  it.each([
    ["watch", "cluster.x-k8s.io", "clusters"],
    ["patch", "cluster.x-k8s.io", "clusters"],
    ["delete", "cluster.x-k8s.io", "clusters"],
    ["watch", "controlplane.cluster.x-k8s.io", "awsmanagedcontrolplanes"],
    ["create", "infrastructure.cluster.x-k8s.io", "awsmanagedmachinepools"],
    ["patch", "infrastructure.cluster.x-k8s.io", "awsclusterroleidentities"],
    ["create", "", "namespaces"],
    ["watch", "", "events"],
    ["create", "", "resourcequotas"],
    ["delete", "gateway.networking.k8s.io", "httproutes"],
    ["create", "gateway.networking.k8s.io", "referencegrants"],
    ["patch", "gateway.networking.k8s.io", "gatewayclasses"],
    ["create", "gateway.networking.k8s.io", "gateways"],
    ["delete", "application-networking.k8s.aws", "serviceimports"],
    ["patch", "application-networking.k8s.aws", "iamauthpolicies"],
  ])("let it %s %s/%s", async (verb, group, resource) => {
    await expect(may(verb, group, resource)).resolves.toBe(true);
  });

  it.each([
    ["get", "", "secrets"],
    ["list", "", "secrets"],
    ["watch", "", "secrets"],
    ["delete", "", "namespaces"],
    ["delete", "gateway.networking.k8s.io", "gatewayclasses"],
    ["delete", "gateway.networking.k8s.io", "gateways"],
    ["create", "application-networking.k8s.aws", "vpcassociationpolicies"],
    ["create", "", "pods"],
    ["create", "rbac.authorization.k8s.io", "clusterroles"],
    ["create", "rbac.authorization.k8s.io", "clusterrolebindings"],
    ["escalate", "rbac.authorization.k8s.io", "clusterroles"],
    ["bind", "rbac.authorization.k8s.io", "clusterroles"],
    ["impersonate", "", "users"],
    ["patch", "admissionregistration.k8s.io", "validatingadmissionpolicies"],
    ["delete", "infrastructure.cluster.x-k8s.io", "awsclustercontrolleridentities"],
  ])("do not let it %s %s/%s", async (verb, group, resource) => {
    await expect(may(verb, group, resource)).resolves.toBe(false);
  });

  it("let it read a Secret by name only where it bound itself the one role it may bind", async () => {
    const secret = { namespace: tenant.namespace, name: "probe" };
    await sandbox.admin.apply(resources.secret, { apiVersion: "v1", kind: "Secret", metadata: secret, data: {} });
    await expect(sandbox.portal.get(resources.secret, secret)).rejects.toMatchObject({ status: 403 });
    await sandbox.portal.apply(resources.roleBinding, binding("trellis-cluster-kubeconfig"), false);
    await expect.poll(() => may("get", "", "secrets", tenant.namespace)).toBe(true);
    await expect(sandbox.portal.get(resources.secret, secret)).resolves.toMatchObject({ metadata: { name: "probe" } });
    await expect(sandbox.portal.list(resources.secret, {}, tenant.namespace)).rejects.toMatchObject({ status: 403 });
  });

  it("do not let it bind any other role", async () => {
    await expect(sandbox.portal.apply(resources.roleBinding, binding("cluster-admin"), false)).rejects.toMatchObject({ status: 403 });
    await expect(sandbox.portal.apply(resources.roleBinding, binding("system:aggregate-to-edit"), false)).rejects.toMatchObject({
      status: 403,
    });
  });
});
