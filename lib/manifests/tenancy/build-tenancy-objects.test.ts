import { expect, it } from "vitest";
import { networkLabel, ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";
import { intentOf } from "../intent.ts";
import { textMapAt } from "../safe-read.ts";
import { toYamlDocuments } from "../to-yaml.ts";
import { buildConsumerObjects } from "./build-consumer-objects.ts";
import { buildKubeconfigBinding } from "./build-kubeconfig-binding.ts";
import { buildTenancyObjects } from "./build-tenancy-objects.ts";
import { readBootstrapText } from "./read-bootstrap-text.ts";
import { isOfGatewayApi } from "./tenancy-refs.ts";
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
  networks: [
    ServiceNetworkConfig.parse({
      name: "net-prod",
      account: "platform-prod",
      listeners: [
        { name: "http", protocol: "HTTP", port: 80 },
        { name: "https", protocol: "HTTPS", port: 443 },
      ],
      publishers: ["payments", "shop"],
      callers: ["shop"],
    }),
    ServiceNetworkConfig.parse({
      name: "net-dev",
      account: "platform-prod",
      listeners: [
        { name: "https", protocol: "HTTPS", port: 443, certificateArn: "arn:aws:acm:ap-northeast-1:333344445555:certificate/0f6d3c1e" },
        { name: "tls", protocol: "TLS", port: 8443 },
      ],
      publishers: ["payments"],
      callers: ["payments"],
    }),
  ],
  portalUser: "trellis",
};

it("equals the golden file byte for byte, in whatever order the rows come", async () => {
  const { teams, grants, networks } = tenancy;
  const reversed = { ...tenancy, teams: teams.toReversed(), grants: grants.toReversed(), networks: networks.toReversed() };
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

it("labels a team's namespace for exactly the networks it may publish to, which the listeners select", () => {
  const objects = buildTenancyObjects(tenancy);
  const labelsOf = (name: string) => {
    const namespace = objects.find((one) => one.kind === "Namespace" && one.metadata.name === name);
    return Object.keys(textMapAt(namespace, "metadata", "labels")).filter((key) => key.includes("/network-"));
  };
  expect(labelsOf("team-payments")).toEqual(["trellis.internal/network-net-dev", "trellis.internal/network-net-prod"]);
  expect(labelsOf("team-shop")).toEqual(["trellis.internal/network-net-prod"]);
  expect(labelsOf("lattice")).toEqual([]);
  const gateway = objects.find((one) => one.kind === "Gateway" && one.metadata.name === "net-dev");
  expect(JSON.stringify(gateway)).toContain('"matchLabels":{"trellis.internal/network-net-dev":"true"}');
});

it("writes out what associates a consumer's VPC, for the platform to apply there", async () => {
  const [network] = tenancy.networks;
  if (network === undefined) throw new Error("no network");
  await expect(toYamlDocuments(buildConsumerObjects(network, ["sg-0a1b2c3d"]))).toMatchFileSnapshot("testdata/consumer.yaml");
});

it("makes nothing of Gateway API where no service network lives", () => {
  expect(buildTenancyObjects({ ...tenancy, networks: [] }).filter(isOfGatewayApi)).toEqual([]);
});

it("refuses a service network whose label would be too long", () => {
  const named = (name: string) => ServiceNetworkConfig.safeParse({ ...tenancy.networks[0], name });
  expect(networkLabel("n".repeat(55)).split("/")[1]).toHaveLength(63);
  expect(named("n".repeat(56)).error?.issues.map(({ path }) => path[0])).toContain("name");
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
