import { expect, it } from "vitest";
import { intentOf } from "../intent.ts";
import { toYamlDocuments } from "../to-yaml.ts";
import { buildKubeconfigBinding } from "./build-kubeconfig-binding.ts";
import { buildTenancyObjects } from "./build-tenancy-objects.ts";
import { readBootstrapText } from "./read-bootstrap-text.ts";
import type { TenancyToBuild } from "./tenancy-to-build.ts";

const tenancy: TenancyToBuild = {
  teams: [
    { id: "shop", clusterQuota: 3 },
    { id: "payments", clusterQuota: 20 },
  ],
  grants: [
    {
      team: "shop",
      accountId: "shop-prod",
      awsAccountId: "777788889999",
      roleArn: "arn:aws:iam::777788889999:role/trellis",
      externalId: "shop-4711",
    },
    {
      team: "payments",
      accountId: "payments-prod",
      awsAccountId: "444455556666",
      roleArn: "arn:aws:iam::444455556666:role/trellis",
      externalId: null,
    },
  ],
  portalUser: "trellis",
};

it("equals the golden file byte for byte, in whatever order the rows come", async () => {
  const reversed = { ...tenancy, teams: tenancy.teams.toReversed(), grants: tenancy.grants.toReversed() };
  await expect(toYamlDocuments(buildTenancyObjects(tenancy))).toMatchFileSnapshot("testdata/tenancy.yaml");
  expect(buildTenancyObjects(reversed)).toEqual(buildTenancyObjects(tenancy));
});

it("builds nothing but intent of Trellis", () => {
  for (const object of buildTenancyObjects(tenancy)) expect(intentOf(object)).toEqual(object);
});

it("opens an identity to exactly one namespace by name, never by a selector", () => {
  const identities = buildTenancyObjects(tenancy).filter(({ kind }) => kind === "AWSClusterRoleIdentity");
  expect(identities.map((identity) => [identity.metadata.name, identity["spec"]])).toMatchObject([
    ["trellis-team-payments-payments-prod", { allowedNamespaces: { list: ["team-payments"] } }],
    ["trellis-team-shop-shop-prod", { allowedNamespaces: { list: ["team-shop"] }, externalID: "shop-4711" }],
  ]);
  for (const identity of identities) expect(JSON.stringify(identity)).not.toContain("selector");
});

it("binds only the one role that reads Secrets by name, to the user or the service account that the portal is", () => {
  expect(buildKubeconfigBinding("shop", "trellis")).toMatchObject({
    roleRef: { kind: "ClusterRole", name: "trellis-cluster-kubeconfig" },
    subjects: [{ kind: "User", name: "trellis" }],
  });
  expect(buildKubeconfigBinding("shop", "system:serviceaccount:trellis-system:portal")["subjects"]).toEqual([
    { kind: "ServiceAccount", namespace: "trellis-system", name: "portal" },
  ]);
});

it.each(["a: [", "a: 1\na: 2", "a: *nobody", "x".repeat(2_000_001)])("refuses what is no YAML of ours", (text) => {
  expect(() => readBootstrapText(text)).toThrow(
    expect.objectContaining({ code: "INVALID", key: "tenancy.bootstrapYaml", raw: expect.any(String) }),
  );
});
