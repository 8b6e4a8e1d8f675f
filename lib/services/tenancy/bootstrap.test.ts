import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { TeamId } from "../../domain/ids.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import { checkBootstrap } from "../../domain/tenancy/check-bootstrap.ts";
import { Networking } from "../../domain/tenancy/networking.ts";
import { INFRASTRUCTURE } from "../../manifests/api-groups.ts";
import { CONTROL_PLANE_KIND } from "../../manifests/tenancy/tenancy-refs.ts";
import { claimStep, deliverStep } from "../requests/deliver-step.ts";
import { applyBootstrap } from "./apply-bootstrap.ts";
import { deliverTenancy } from "./deliver-tenancy.ts";
import { readBootstrap } from "./read-bootstrap.ts";
import { bootstrapFile, createTenancyWorld, type TenancyWorld } from "./testing.ts";

let world: TenancyWorld;
beforeAll(async () => {
  world = await createTenancyWorld();
});
afterAll(() => world.close());

const apply = (change: Parameters<typeof bootstrapFile>[0] = {}) =>
  applyBootstrap.execute(bootstrapFile(change), world.system("bootstrap"));

async function deliver(): Promise<number> {
  const ctx = world.system("delivery");
  for (let steps = 0; ; steps += 1) {
    const claim = await claimStep(ctx, "test");
    if (claim === null) return steps;
    await deliverStep(ctx, claim);
  }
}

describe("applyBootstrap", () => {
  it("writes the file, says what changed, and changes nothing a second time", async () => {
    const first = await apply();
    expect(first.changes).toEqual(
      expect.arrayContaining([
        "team payments added, quota 20",
        "account payments-prod for team payments",
        "blueprint eks-small version 1 published",
      ]),
    );
    expect(first.affectedUsers).toHaveLength(2);
    expect(await apply()).toEqual({ changes: [], affectedUsers: [] });
    const rows = (await world.rows()).filter(({ action }) => action === "tenancy.applyBootstrap");
    expect(rows).toMatchObject([
      { actor: { id: "system/bootstrap" }, target: "tenancy/bootstrap", detail: first },
      { detail: { changes: [] } },
    ]);
  });

  it("reads the same file from YAML, and names the place where one is wrong", () => {
    expect(readBootstrap(stringify(bootstrapFile()))).toEqual(bootstrapFile());
    expect(() => readBootstrap(stringify({ ...bootstrapFile(), colour: "red" }))).toThrow(
      expect.objectContaining({ code: "INVALID", fields: [{ path: "colour", key: "input.unknownField" }] }),
    );
    expect(() => readBootstrap("teams: [")).toThrow(expect.objectContaining({ key: "tenancy.bootstrapYaml" }));
  });

  it("refuses names that are there twice, not at all, or the portal's own, each at its place, and writes nothing", async () => {
    const file = bootstrapFile();
    const before = await world.rows();
    const wrong = {
      teams: [...file.teams, ...file.teams.slice(0, 1)],
      accounts: file.accounts.map((account) => ({ ...account, teams: [TeamId.parse("nobody")] })),
      policies: [...file.policies, { name: "bootstrap", slots: [{ id: "x", role: "platform-admin" as const }] }],
      kindPolicies: { "cluster.delete": "none", "tenancy.bootstrap": "own-lead" },
    };
    await expect(apply(wrong)).rejects.toMatchObject({
      code: "INVALID",
      key: "tenancy.bootstrap.refused",
      fields: [
        { path: "teams.2.id", key: "tenancy.bootstrap.twice", values: { id: "payments" } },
        { path: "accounts.0.teams.0", key: "tenancy.bootstrap.unknownTeam" },
        { path: "accounts.1.teams.0", key: "tenancy.bootstrap.unknownTeam" },
        { path: "kindPolicies.cluster.delete", key: "tenancy.bootstrap.unknownPolicy", values: { id: "none" } },
        { path: "policies", key: "tenancy.bootstrap.ownPolicy" },
        { path: "kindPolicies.tenancy.bootstrap", key: "tenancy.bootstrap.ownKind" },
      ],
    });
    expect(await world.rows()).toEqual(before);
  });

  it("refuses networks of accounts nobody reads, unknown teams, and a slot before the one it waits for", async () => {
    const file = bootstrapFile();
    const account = file.accounts[0]?.id ?? "";
    const readRoleArn = "arn:aws:iam::111122223333:role/read";
    const lattice = { account, readRoleArn, managementCluster: "main", controller: { clusterName: "m", vpcId: "vpc-0a" } };
    const network = {
      name: "net-prod",
      account,
      listeners: [{ name: "https", protocol: "HTTPS", port: 443 }],
      publishers: ["payments"],
      callers: [],
    };
    const withNetworking = (networking: unknown) => ({ ...file, networking: Networking.parse(networking) });
    await expect(apply(withNetworking({ lattice: [lattice], serviceNetworks: [network] }))).resolves.toMatchObject({
      changes: ["networking changed"],
    });
    const wrong = {
      ...withNetworking({
        lattice: [{ ...lattice, account: "nowhere" }],
        serviceNetworks: [{ ...network, publishers: ["payments", "nobody"] }, network],
      }),
      policies: [
        ...file.policies,
        {
          name: "backwards",
          slots: [
            { id: "a", role: "platform-admin" as const, after: "b" },
            { id: "b", role: "platform-admin" as const },
          ],
        },
      ],
    };
    await expect(apply(wrong)).rejects.toMatchObject({
      fields: [
        { path: "networking.serviceNetworks.1.name", key: "tenancy.bootstrap.twice" },
        { path: "networking.lattice.0.account", key: "tenancy.bootstrap.unknownAccount" },
        { path: "networking.serviceNetworks.0.account", key: "tenancy.bootstrap.accountNotRead" },
        { path: "networking.serviceNetworks.1.account", key: "tenancy.bootstrap.accountNotRead" },
        { path: "networking.serviceNetworks.0.publishers.1", key: "tenancy.bootstrap.unknownTeam" },
        { path: `policies.${file.policies.length}.slots.0.after`, key: "tenancy.bootstrap.slotOutOfTurn", values: { id: "b" } },
      ],
    });
  });
});

describe("listeners of a network", () => {
  const withListeners = (...listeners: readonly (readonly [string, "HTTP" | "HTTPS" | "TLS", number])[]) => {
    const file = bootstrapFile();
    const account = file.accounts[0]?.id ?? "";
    const readRoleArn = "arn:aws:iam::111122223333:role/read";
    const lattice = { account, readRoleArn, managementCluster: "main", controller: { clusterName: "m", vpcId: "vpc-0a" } };
    const network = { name: "net-prod", account, publishers: ["payments"], callers: [] };
    const shown = listeners.map(([name, protocol, port]) => ({ name, protocol, port }));
    return { ...file, networking: Networking.parse({ lattice: [lattice], serviceNetworks: [{ ...network, listeners: shown }] }) };
  };

  it("may be three, because none of them takes both HTTPRoutes and TLSRoutes", () => {
    expect(checkBootstrap(withListeners(["http", "HTTP", 80], ["https", "HTTPS", 443], ["tls", "TLS", 8443]))).toEqual([]);
  });

  it("are at most two for a kind of route, each with a name and a port of its own", () => {
    const at = "networking.serviceNetworks.0.listeners";
    expect(checkBootstrap(withListeners(["http", "HTTP", 80], ["https", "HTTPS", 443], ["more", "HTTPS", 444]))).toMatchObject([
      { path: at, key: "tenancy.bootstrap.listenersOfKind", values: { kind: "HTTPRoute", count: 3, maximum: 2 } },
    ]);
    expect(checkBootstrap(withListeners(["https", "HTTPS", 443], ["https", "TLS", 443]))).toMatchObject([
      { path: `${at}.1.name`, key: "tenancy.bootstrap.twice" },
      { path: `${at}.1.port`, key: "tenancy.bootstrap.twice" },
    ]);
  });
});

describe("deliverTenancy", () => {
  const find = (kind: string, name: string, namespace?: string) =>
    world.kube.find({
      apiVersion: kind === "AWSClusterRoleIdentity" ? INFRASTRUCTURE : kind === "RoleBinding" ? "rbac.authorization.k8s.io/v1" : "v1",
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
    });

  it("brings everything to the cluster under the policy bootstrap, audited with its name, and then has nothing to do", async () => {
    await apply();
    const [delivery] = await deliverTenancy(world.system("bootstrap"));
    expect(delivery).toMatchObject({ managementCluster: "mgmt-local", state: "approved" });
    expect((await world.rows()).find(({ action }) => action === "request.submitSystem")).toMatchObject({
      actor: { id: "system/bootstrap" },
      detail: { policy: "bootstrap", approvedByPolicy: "bootstrap" },
    });
    expect(await deliver()).toBe(8);
    expect(await find("Namespace", "team-payments")).toMatchObject({
      metadata: {
        labels: { "trellis.internal/tenant": "true", "trellis.internal/team": "payments", "app.kubernetes.io/managed-by": "trellis" },
      },
    });
    expect(await find("ResourceQuota", "trellis", "team-payments")).toMatchObject({
      spec: { hard: { "count/clusters.cluster.x-k8s.io": "20" } },
    });
    expect(await find("RoleBinding", "trellis-cluster-kubeconfig", "team-shop")).toMatchObject({
      subjects: [{ kind: "User", name: "trellis" }],
    });
    expect(await find("AWSClusterRoleIdentity", "trellis-team-payments-payments-prod")).toMatchObject({
      spec: { allowedNamespaces: { list: ["team-payments"] }, externalID: "external-payments-prod" },
    });
    expect(await deliverTenancy(world.system("bootstrap"))).toEqual([]);
  });

  it("sends only what differs after a change, and removes the identity of a withdrawn grant", async () => {
    const file = bootstrapFile();
    await apply({
      teams: file.teams.map((team) => ({ ...team, quota: { clusters: 7 } })),
      accounts: file.accounts.map((account) => ({ ...account, teams: account.id === "shop-prod" ? [] : account.teams })),
    });
    expect(await deliverTenancy(world.system("bootstrap"))).toHaveLength(1);
    expect(await deliver()).toBe(3);
    expect(await find("ResourceQuota", "trellis", "team-shop")).toMatchObject({
      spec: { hard: { "count/clusters.cluster.x-k8s.io": "7" } },
    });
    expect(await find("AWSClusterRoleIdentity", "trellis-team-shop-shop-prod")).toBeNull();
    expect(await deliverTenancy(world.system("bootstrap"))).toEqual([]);
  });

  it("keeps the identity of a withdrawn grant while a control plane uses it", async () => {
    await apply();
    await deliverTenancy(world.system("bootstrap"));
    await deliver();
    const controlPlane = KubeObject.parse({
      ...CONTROL_PLANE_KIND,
      metadata: { namespace: "team-shop", name: "web" },
      spec: { identityRef: { kind: "AWSClusterRoleIdentity", name: "trellis-team-shop-shop-prod" } },
    });
    world.kube.applyAs("setup", controlPlane);
    await apply({ accounts: bootstrapFile().accounts.slice(0, 1) });
    expect(await deliverTenancy(world.system("bootstrap"))).toEqual([]);
    expect(await find("AWSClusterRoleIdentity", "trellis-team-shop-shop-prod")).not.toBeNull();
  });

  it("leaves an object alone that is not Trellis's, and says so", async () => {
    const file = bootstrapFile();
    const [first] = file.teams;
    if (first === undefined) throw new Error("no team");
    world.kube.applyAs("somebody", KubeObject.parse({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team-foreign" } }));
    await apply({ teams: [...file.teams, { ...first, id: TeamId.parse("foreign"), groups: [] }] });
    await expect(deliverTenancy(world.system("bootstrap"))).rejects.toMatchObject({
      code: "CONFLICT",
      key: "tenancy.notOurs",
      values: { kind: "Namespace", name: "team-foreign" },
    });
  });
});
