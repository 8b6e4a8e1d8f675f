import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { PortalError } from "../../domain/portal-error.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { clusterRef } from "../../manifests/clusters/cluster-ref.ts";
import { startStatusHistory } from "../../workers/status-history.ts";
import type { TopicEvent } from "../topic.ts";
import { clusterListTopic } from "./cluster-list-topic.ts";
import { clusterTopic } from "./cluster-topic.ts";
import { findTransitions, readKnownStates } from "./find-transitions.ts";
import { getCluster } from "./get-cluster.ts";
import { getClusterHistory } from "./get-cluster-history.ts";
import { getClusterKubeconfig } from "./get-cluster-kubeconfig.ts";
import { getClusterManifests } from "./get-cluster-manifests.ts";
import { listClusters } from "./list-clusters.ts";
import { listManagementClusters } from "./list-management-clusters.ts";
import { recordTransitions } from "./record-transitions.ts";
import { createWorld, payments, shop, type World } from "./testing/world.ts";

let world: World;
let dev: Person;
let seller: Person;
let admin: Person;

beforeEach(async () => {
  world = await createWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  seller = await world.person("seller", { teams: [[shop, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
});
afterEach(() => world.close());

const CHECKOUT = { namespace: "team-payments", name: "checkout" };
const CONTROL_PLANE = {
  apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
  kind: "AWSManagedControlPlane",
  namespace: "team-payments",
  name: "checkout-control-plane",
};

async function keysOf(actor: Person, input: object = {}): Promise<readonly string[]> {
  return (await listClusters.execute(input, world.as(actor))).items.map(({ namespace, name, state }) => `${namespace}/${name} ${state}`);
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "none",
    (error: unknown) => (error instanceof PortalError ? `${error.code} ${error.key}` : String(error)),
  );
}

/** The control plane answers, as CAPA would say it. */
function bringUp(): void {
  world.kube.patchAs("capa", CONTROL_PLANE, {
    spec: { controlPlaneEndpoint: { host: "checkout.example", port: 443 } },
    status: { ready: true, initialized: true },
  });
}

describe("listing clusters", () => {
  it("shows open requests and observed clusters in one list, the request's row becoming the cluster's", async () => {
    const request = await world.askFor(dev, { name: "asked" });
    world.plant("checkout");
    expect(await keysOf(dev)).toEqual(["team-payments/asked requested", "team-payments/checkout creating"]);
    await world.approve(admin, request);
    await world.deliver();
    expect(await keysOf(dev, { q: "asked" })).toEqual(["team-payments/asked creating"]);
  });

  it("shows strangers only what is visible to the organisation, without details", async () => {
    world.plant("secret");
    world.plant("shared", { visibility: "organisation" });
    await world.askFor(dev, { name: "asked", visibility: "organisation" });
    const { items } = await listClusters.execute({}, world.as(seller));
    expect(items.map(({ name }) => name)).toEqual(["asked", "shared"]);
    for (const row of items)
      expect(row).toMatchObject({
        account: null,
        version: null,
        openRequest: null,
        nodes: null,
        sentence: { messageKey: "clusters.sentence.limited" },
      });
  });

  it("shows clusters outside team namespaces to platform admins only, as not managed", async () => {
    world.kube.applyAs("kubectl", {
      apiVersion: "cluster.x-k8s.io/v1beta2",
      kind: "Cluster",
      metadata: { name: "legacy", namespace: "default" },
      spec: {},
    });
    expect(await keysOf(dev)).toEqual([]);
    const { items } = await listClusters.execute({}, world.as(admin));
    expect(items).toMatchObject([{ name: "legacy", managed: false, team: null, state: "unknown" }]);
  });

  it("pages without repeating or losing a row, and counts by state", async () => {
    for (const name of ["aa", "bb", "cc", "dd", "ee"]) world.plant(name);
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listClusters.execute>> = await listClusters.execute(
        { sort: "name", limit: 2, ...(cursor === null ? {} : { cursor }) },
        world.as(dev),
      );
      expect(page.counts).toEqual({ creating: 5 });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(names).toEqual(["aa", "bb", "cc", "dd", "ee"]);
    expect(await codeOf(listClusters.execute({ cursor: "*" }, world.as(dev)))).toBe("INVALID input.refused");
  });
});

describe("one cluster", () => {
  it("reads NOT_FOUND for strangers exactly as for nothing", async () => {
    world.plant("checkout");
    for (const verb of [getCluster, getClusterKubeconfig, getClusterManifests, getClusterHistory]) {
      expect(await codeOf(verb.execute(CHECKOUT, world.as(seller)))).toBe("NOT_FOUND notFound");
      expect(await codeOf(verb.execute({ ...CHECKOUT, name: "nothing" }, world.as(seller)))).toBe("NOT_FOUND notFound");
    }
  });

  it("shows its team everything and the organisation its health", async () => {
    world.plant("checkout", { visibility: "organisation" });
    const own = await getCluster.execute(CHECKOUT, world.as(dev));
    expect(own).toMatchObject({
      limited: false,
      account: "payments-prod",
      eksName: "team-payments_checkout",
      description: "A small cluster for development.",
      can: { delete: true, connect: false },
    });
    expect(own.objects.map(({ id, parent }) => `${parent ?? ""} > ${id}`)).toEqual([
      " > Cluster/checkout",
      "Cluster/checkout > AWSManagedCluster/checkout",
      "Cluster/checkout > AWSManagedControlPlane/checkout-control-plane",
      "Cluster/checkout > MachinePool/checkout-general",
      "MachinePool/checkout-general > AWSManagedMachinePool/checkout-general",
    ]);
    const limited = await getCluster.execute(CHECKOUT, world.as(seller));
    expect(limited).toMatchObject({
      limited: true,
      account: null,
      description: "A small cluster for development.",
      pools: [],
      objects: [],
      accessEntries: [],
      can: { connect: false, delete: false },
    });
    expect(JSON.stringify(limited)).not.toMatch(/444455556666|R-999|general/);
  });

  it("shows what was asked for while nothing exists", async () => {
    const request = await world.askFor(dev);
    const view = await getCluster.execute(CHECKOUT, world.as(dev));
    expect(view).toMatchObject({
      status: { state: "requested", glyph: "waiting" },
      openRequest: request.id,
      createRequest: request.id,
      vpcCidr: "10.64.0.0/16",
    });
    const { manifests } = await getClusterManifests.execute(CHECKOUT, world.as(dev));
    expect(parseAllDocuments(manifests).map((document) => document.get("kind"))).toEqual([
      "Cluster",
      "AWSManagedCluster",
      "AWSManagedControlPlane",
      "MachinePool",
      "AWSManagedMachinePool",
    ]);
  });

  it("hands out a kubeconfig without a secret, once the control plane answers", async () => {
    world.plant("checkout");
    expect(await codeOf(getClusterKubeconfig.execute(CHECKOUT, world.as(dev)))).toBe("PRECONDITION clusters.notConnectable");
    bringUp();
    world.kube.setTenantEndpoint(CHECKOUT, { server: "https://checkout.example:443", caData: "Q0E=" });
    await vi.waitFor(() =>
      expect(world.clusters.find("team-payments", "checkout")?.controlPlane?.endpoint).toBe("https://checkout.example:443"),
    );
    const { kubeconfig } = await getClusterKubeconfig.execute(CHECKOUT, world.as(dev));
    expect(parse(kubeconfig)).toMatchObject({
      clusters: [{ cluster: { server: "https://checkout.example:443", "certificate-authority-data": "Q0E=" } }],
      users: [
        {
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: ["--region", "ap-northeast-1", "eks", "get-token", "--cluster-name", "team-payments_checkout", "--output", "json"],
            },
          },
        },
      ],
    });
    expect(kubeconfig).not.toMatch(/token:|client-key|password/);
  });

  it("gives manifests of what Trellis wrote and nothing that others did", async () => {
    world.plant("checkout");
    bringUp();
    const { manifests } = await getClusterManifests.execute(CHECKOUT, world.as(dev));
    expect(manifests).toContain("eksClusterName: team-payments_checkout");
    expect(manifests).not.toMatch(/status:|uid:|resourceVersion|managedFields|trellis.internal\/request/);
  });
});

describe("live clusters", () => {
  it("pushes each changed row to those who may see it, and takes out only what they saw", async () => {
    const [mine, hers]: [TopicEvent[], TopicEvent[]] = [[], []];
    const close = [
      await clusterListTopic.subscribe({}, world.as(dev), (event) => mine.push(event)),
      await clusterListTopic.subscribe({}, world.as(seller), (event) => hers.push(event)),
    ];
    world.plant("checkout");
    await vi.waitFor(() =>
      expect(mine.at(-1)).toMatchObject({ type: "set", key: "mgmt-local/team-payments/checkout", view: { state: "creating" } }),
    );
    world.kube.removeNow(clusterRef("team-payments", "checkout"));
    await vi.waitFor(() => expect(mine.at(-1)).toEqual({ type: "remove", key: "mgmt-local/team-payments/checkout" }));
    expect(hers).toEqual([]);
    for (const end of close) end();
  });

  it("pushes the row of a request as soon as it is submitted", async () => {
    const seen: TopicEvent[] = [];
    const close = await clusterListTopic.subscribe({}, world.as(dev), (event) => seen.push(event));
    const request = await world.askFor(dev);
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ type: "set", view: { state: "requested", openRequest: request.id } }), {
      timeout: 10_000,
    });
    close();
  });

  it("pushes a cluster's page at every change and its end", async () => {
    world.plant("checkout");
    const seen: TopicEvent[] = [];
    const close = await clusterTopic.subscribe(CHECKOUT, world.as(dev), (event) => seen.push(event));
    bringUp();
    await vi.waitFor(() =>
      expect(seen.at(-1)).toMatchObject({ type: "set", key: "team-payments/checkout", view: { endpoint: "https://checkout.example:443" } }),
    );
    world.kube.removeNow(clusterRef("team-payments", "checkout"));
    await vi.waitFor(() => expect(seen.at(-1)).toEqual({ type: "remove", key: "team-payments/checkout" }));
    close();
  });
});

describe("status history", () => {
  const system = () => world.as({ type: "system", name: "status-history" });

  it("keeps each change once, also when two replicas see it", async () => {
    world.plant("checkout");
    const changes = findTransitions(system(), await readKnownStates(system()));
    expect(changes).toMatchObject([{ key: "mgmt-local/team-payments/checkout", from: null, to: "creating" }]);
    await recordTransitions.execute({ transitions: changes }, system());
    expect(await codeOf(recordTransitions.execute({ transitions: changes }, system()))).toBe("PRECONDITION clusters.transitionsKnown");
    world.kube.removeNow(clusterRef("team-payments", "checkout"));
    await vi.waitFor(() => expect(world.clusters.find("team-payments", "checkout")).toBeUndefined());
    await recordTransitions.execute({ transitions: findTransitions(system(), await readKnownStates(system())) }, system());
    world.plant("checkout");
    const { items } = await getClusterHistory.execute(CHECKOUT, world.as(dev));
    expect(items.map(({ from, to }) => `${from ?? "nothing"} → ${to}`)).toEqual(["creating → gone", "nothing → creating"]);
  });

  it("runs by itself", async () => {
    const worker = startStatusHistory(system());
    world.plant("checkout");
    await vi.waitFor(async () => expect((await getClusterHistory.execute(CHECKOUT, world.as(dev))).items).toHaveLength(1), {
      timeout: 20_000,
      interval: 200,
    });
    await worker.stop();
  });
});

it("reports a controller identity that is open to everybody", async () => {
  const ask = async () => (await listManagementClusters.execute({}, world.as(dev))).items[0]?.problems.map(({ messageKey }) => messageKey);
  expect(await ask()).toEqual(["clusters.prerequisite.controllerIdentity.missing"]);
  const identity = (allowedNamespaces: object) => ({
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
    kind: "AWSClusterControllerIdentity",
    metadata: { name: "default" },
    spec: { allowedNamespaces },
  });
  world.kube.applyAs("capa", identity({}));
  await vi.waitFor(async () => expect(await ask()).toEqual(["clusters.prerequisite.controllerIdentity.everybody"]));
  // Its spec is immutable: it is replaced, not changed.
  world.kube.removeNow({ apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2", kind: "AWSClusterControllerIdentity", name: "default" });
  world.kube.applyAs("capa", identity({ selector: { matchLabels: { "trellis.internal/tenant": "true" } } }));
  await vi.waitFor(async () => expect(await ask()).toEqual([]));
});
