import { afterAll, beforeAll, expect, it } from "vitest";
import { PortalError } from "../../domain/portal-error.ts";
import { KubeObject } from "../../domain/requests/plan.ts";
import { Networking } from "../../domain/tenancy/networking.ts";
import { buildGatewayClass } from "../../manifests/tenancy/build-gateway-class.ts";
import type { Context } from "../context.ts";
import { applyBootstrap } from "./apply-bootstrap.ts";
import { tenancyBootstrapKind } from "./tenancy-bootstrap-kind.ts";
import { observeTenancy } from "./tenancy-facts.ts";
import { bootstrapFile, createTenancyWorld, type TenancyWorld } from "./testing.ts";

let world: TenancyWorld;
beforeAll(async () => {
  world = await createTenancyWorld();
  const file = bootstrapFile();
  const account = file.accounts[0]?.id;
  const lattice = {
    account,
    readRoleArn: "arn:aws:iam::111122223333:role/read",
    managementCluster: "mgmt-local",
    controller: { clusterName: "m", vpcId: "vpc-0a" },
  };
  const listeners = [{ name: "http", protocol: "HTTP", port: 80 }];
  const network = { name: "net-prod", account, listeners, publishers: ["payments"], callers: [] };
  const networking = Networking.parse({ lattice: [lattice], serviceNetworks: [network] });
  await applyBootstrap.execute({ ...file, networking }, world.system("bootstrap"));
});
afterAll(() => world.close());

const named = (applies: readonly { readonly object: KubeObject }[]) =>
  applies.map(({ object }) => `${object.kind}/${object.metadata.name}`);

it("plans class, namespace and Gateway of the networks whose routes live on this management cluster", async () => {
  const { applies, missingKinds } = await observeTenancy(world.system("bootstrap"), "mgmt-local");
  expect(named(applies)).toEqual(expect.arrayContaining(["Namespace/lattice", "GatewayClass/amazon-vpc-lattice", "Gateway/net-prod"]));
  const team = applies.find(({ object }) => object.metadata.name === "team-payments");
  expect(team?.object.metadata["labels"]).toMatchObject({ "trellis.internal/network-net-prod": "true" });
  expect(missingKinds).toEqual([]);
});

it("leaves out what a management cluster without Gateway API does not know, and says so", async () => {
  const ctx = world.system("bootstrap");
  const cluster = ctx.kube.managementCluster("mgmt-local");
  const find: typeof cluster.find = async (ref, options) => {
    if (!ref.apiVersion.startsWith("gateway.networking.k8s.io/")) return cluster.find(ref, options);
    throw new PortalError("PRECONDITION", "kubernetes.kindMissing", { cluster: "mgmt-local", apiVersion: ref.apiVersion, kind: ref.kind });
  };
  const kube: Context["kube"] = { ...ctx.kube, managementCluster: () => ({ ...cluster, find }) };
  const facts = await observeTenancy({ ...ctx, kube }, "mgmt-local");
  expect(facts.missingKinds).toEqual(["Gateway", "GatewayClass"]);
  expect(named(facts.applies).filter((name) => name.startsWith("Gateway"))).toEqual([]);
  expect(named(facts.applies)).toContain("Namespace/team-payments");
  const { summary } = tenancyBootstrapKind.notes({ managementCluster: "mgmt-local" }, null, facts);
  expect(summary.at(-1)).toEqual({ messageKey: "tenancy.bootstrap.kindsMissing", values: { kinds: "Gateway, GatewayClass" } });
});

it("leaves the class alone that the controller's installation brought, and refuses one of another controller", async () => {
  const ctx = world.system("bootstrap");
  const { metadata, ...own } = buildGatewayClass();
  const foreign = { ...own, metadata: { name: metadata.name } };
  world.kube.applyAs("helm", KubeObject.parse(foreign));
  expect(named((await observeTenancy(ctx, "mgmt-local")).applies)).not.toContain("GatewayClass/amazon-vpc-lattice");
  world.kube.applyAs("helm", KubeObject.parse({ ...foreign, spec: { controllerName: "example.com/other" } }));
  await expect(observeTenancy(ctx, "mgmt-local")).rejects.toMatchObject({ code: "CONFLICT", key: "tenancy.notOurs" });
});
