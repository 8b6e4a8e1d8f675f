import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { apiVersionOf, type KubeObject, type Resource, resources } from "../../kube/kube-object.ts";
import { heldLabel } from "../../players/eks/held.ts";
import { readTenants } from "../../players/eks/tenant-slots.ts";
import { type RunningSandbox, startSandbox } from "../../start-sandbox.ts";
import { latticeDoor } from "../../testing/lattice-door.ts";
import { eventually, type Sandbox, useSandbox } from "../../testing/use-sandbox.ts";
import { planFleet, sharingAccount } from "./plan-fleet.ts";
import { removeLargeFleet, seedLargeFleet } from "./seed-large-fleet.ts";

const Conditioned = z.looseObject({
  status: z.looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })) }),
});
const size = { clusters: 12, routes: 6, networks: 2 };
const slowMs = 120_000;
const directory = mkdtempSync(join(tmpdir(), "trellis-large-fleet-"));
const say = () => undefined;
let running: RunningSandbox;
let sandbox: Sandbox;

beforeAll(async () => {
  running = await startSandbox({ directory, speed: 60 });
  sandbox = await useSandbox(directory);
  await actAsPortal();
});
afterAll(async () => {
  await Promise.all([sandbox.admin.close(), sandbox.portal.close()]);
  await running.stop();
  rmSync(directory, { recursive: true, force: true });
});

const object = (resource: Resource, metadata: KubeObject["metadata"], rest: object = {}): [Resource, KubeObject] => [
  resource,
  { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata, ...rest },
];

/** What a portal's first start leaves, as far as the fleet rests on it. */
async function actAsPortal(): Promise<void> {
  const network = "trellis.internal/network-net-prod";
  const namespaces = { from: "Selector", selector: { matchLabels: { [network]: "true" } } };
  const listener = { name: "http", protocol: "HTTP", port: 80, allowedRoutes: { namespaces } };
  const spec = { gatewayClassName: "amazon-vpc-lattice", listeners: [listener] };
  const hard = { "count/clusters.cluster.x-k8s.io": "2" };
  const managed = { "app.kubernetes.io/managed-by": "trellis" };
  const objects = [
    object(resources.namespace, { name: "lattice" }),
    ...["team-payments", "team-shop"].flatMap((name) => [
      object(resources.namespace, { name, labels: { ...managed, [network]: "true" } }),
      object(resources.resourceQuota, { name: "trellis", namespace: name }, { spec: { hard } }),
    ]),
    object(
      resources.gatewayClass,
      { name: "amazon-vpc-lattice" },
      { spec: { controllerName: "application-networking.k8s.aws/gateway-api-controller" } },
    ),
    object(resources.gateway, { name: "net-prod", namespace: "lattice" }, { spec }),
  ];
  for (const [resource, one] of objects) await sandbox.admin.apply(resource, one);
}

/** Everything a fleet may touch, without what grows by itself. */
async function held() {
  const { admin, folder, env } = sandbox;
  const door = await latticeDoor(folder);
  const kinds = [
    resources.cluster,
    resources.managedCluster,
    resources.managedControlPlane,
    resources.machinePool,
    resources.managedMachinePool,
    resources.httpRoute,
    resources.serviceImport,
    resources.referenceGrant,
    resources.iamAuthPolicy,
    resources.gateway,
    resources.namespace,
  ];
  const counts = await Promise.all(kinds.map(async (kind) => [kind.plural, (await admin.list(kind)).items.length] as const));
  const region = await door.region();
  const quotas = await admin.list(resources.resourceQuota);
  const teams = await Promise.all(["team-payments", "team-shop"].map((name) => admin.get(resources.namespace, { name })));
  return {
    objects: Object.fromEntries(counts),
    networks: region.networks.map(({ name }) => name),
    vpcs: region.vpcAssociations.map(({ vpcId }) => vpcId),
    services: region.services.map(({ name }) => name),
    associations: region.serviceAssociations.length,
    groups: region.targetGroups.length,
    elsewhere: await door.ask("describe", { account: sharingAccount, region: "ap-northeast-1" }),
    shares: await door.ask("shares"),
    healths: await door.ask("healths"),
    quotas: quotas.items.map(({ metadata, spec }) => [metadata.namespace, spec]),
    labels: teams.map(({ metadata }) => metadata.labels),
    bootstrap: readFileSync(env["TRELLIS_BOOTSTRAP"] ?? "", "utf8"),
    tenants: readTenants(folder).length,
  };
}

it("fills a sandbox whose clusters the real manager calls available, and leaves nothing when it goes", {
  timeout: 3 * slowMs,
}, async () => {
  // A server that has just started answers for some kinds a little later.
  const before = await eventually("every kind is served", () => held().catch(() => null), slowMs);
  const plan = planFleet(size);
  await seedLargeFleet(sandbox.folder, size, say);
  const after = await held();
  expect(after.objects).toMatchObject({ clusters: size.clusters, httproutes: size.routes, gateways: size.networks });
  expect(after.networks).toEqual(expect.arrayContaining([...before.networks, ...plan.networks]));
  expect(after.services).toEqual(expect.arrayContaining(plan.foreign.filter(({ kind }) => kind !== "shared").map(({ name }) => name)));
  await expect(seedLargeFleet(sandbox.folder, { ...size, routes: 7 }, say)).rejects.toThrow(/another size/);

  const ready = plan.clusters.filter(({ state }) => state === "ready").map(({ name }) => name);
  await eventually(
    "Cluster API reaches the clusters",
    async () => {
      const { items } = await sandbox.admin.list(resources.cluster, { labelSelector: `${heldLabel}=true` });
      const names = items.filter(isAvailable).map(({ metadata }) => metadata.name);
      return ready.every((name) => names.includes(name)) || null;
    },
    slowMs,
  );

  await removeLargeFleet(sandbox.folder, say);
  await eventually("its API server is given back", async () => readTenants(sandbox.folder).length === 0 || null);
  // The field of the quota was the fleet's alone: the portal writes its own again at its next start.
  expect(await held()).toEqual({ ...before, quotas: expect.anything() });
});

function isAvailable(cluster: KubeObject): boolean {
  const conditions = Conditioned.safeParse(cluster).data?.status.conditions ?? [];
  return conditions.some(({ type, status }) => type === "Available" && status === "True");
}
