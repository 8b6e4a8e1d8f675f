import { describe, expect, it } from "vitest";
import { intentOf } from "../intent.ts";
import { toYamlDocuments } from "../to-yaml.ts";
import { buildClusterObjects } from "./build-cluster-objects.ts";
import { BLUEPRINT_IDS, clusterToBuild } from "./testing.ts";

const PROVIDER_WRITTEN = ["controlPlaneEndpoint", "providerIDList", "bastion", "partition"];

describe.each(BLUEPRINT_IDS)("the objects of %s", (id) => {
  const objects = buildClusterObjects(clusterToBuild(id));

  it("equal the golden file byte for byte", async () => {
    await expect(toYamlDocuments(objects)).toMatchFileSnapshot(`testdata/${id}.yaml`);
  });

  it("carry the labels of their owner and no field that providers write", () => {
    for (const object of objects) {
      expect(object.metadata["labels"]).toMatchObject({
        "app.kubernetes.io/managed-by": "trellis",
        "trellis.internal/team": "payments",
        "cluster.x-k8s.io/cluster-name": "checkout",
      });
      for (const field of PROVIDER_WRITTEN) expect(object["spec"]).not.toHaveProperty(field);
      expect(object).not.toHaveProperty("status");
    }
  });

  it("are their own intent: nothing of them is provenance", () => {
    for (const object of objects) expect(intentOf(object)).toEqual(object);
  });

  it("pin identity, EKS name and access mode on the control plane", () => {
    const controlPlane = objects.find(({ kind }) => kind === "AWSManagedControlPlane");
    expect(controlPlane?.["spec"]).toMatchObject({
      eksClusterName: "team-payments_checkout",
      identityRef: { kind: "AWSClusterRoleIdentity", name: "trellis-team-payments-payments-prod" },
      accessConfig: { authenticationMode: "api" },
      upgradePolicy: "standard",
    });
  });
});

it("lists no principal twice", () => {
  const cluster = clusterToBuild("eks-standard");
  const shared = "arn:aws:iam::444455556666:role/payments";
  const objects = buildClusterObjects({
    ...cluster,
    account: { ...cluster.account, teamPrincipals: { payments: { developer: shared, lead: shared } } },
  });
  expect(objects[2]?.["spec"]).toMatchObject({
    accessEntries: [
      { principalARN: cluster.account.platformPrincipalArn },
      { principalARN: shared, accessPolicies: [{ policyARN: expect.stringContaining("AdminPolicy") }] },
    ],
  });
});
