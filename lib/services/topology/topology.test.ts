import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Impact } from "../../domain/requests/impact.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { nodeId } from "../../domain/topology/node-id.ts";
import { TopologyView } from "../../domain/topology/topology-view.ts";
import { routeToBuild } from "../../manifests/routes/route-examples.ts";
import { createRouteWorld, payments, type RouteWorld, shop } from "../routes/testing/route-world.ts";
import { getImpact } from "./get-impact.ts";
import { getTopology } from "./get-topology.ts";
import { getTopologyMermaid } from "./get-topology-mermaid.ts";

let world: RouteWorld;
let dev: Person;
let seller: Person;
let admin: Person;
let stranger: Person;

const SHARED = routeToBuild("allow-list");
const ORDERS = nodeId.route("mgmt-local/team-payments/orders");

beforeEach(async () => {
  world = await createRouteWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  seller = await world.person("seller", { teams: [[shop, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
  stranger = await world.person("stranger");
});
afterEach(() => world.close());

async function plant(route = SHARED): Promise<void> {
  world.fleet.plant(route);
  world.fleet.hold(route);
  await world.settle();
}

async function mapOf(actor: Person) {
  const view = TopologyView.parse(await getTopology.execute({}, world.as(actor)));
  return { view, kinds: new Set(view.nodes.map(({ kind }) => kind)), ids: view.nodes.map(({ id }) => id) };
}

describe("the map", () => {
  it("shows the owner her route with what serves it, and answers as Mermaid too", async () => {
    await plant();
    const { view, ids, kinds } = await mapOf(dev);
    expect(ids).toContain(ORDERS);
    expect(ids).toContain("network/platform-prod/net-prod");
    expect(kinds).toContain("target-group");
    expect(view.edges.filter(({ kind }) => kind === "routes-to").length).toBeGreaterThan(0);
    expect((await getTopologyMermaid.execute({}, world.as(dev))).mermaid).toContain("route: orders");
  });

  it("shows others of an organisation-visible route no target groups and no findings, and the same map to all of them", async () => {
    await plant({ ...SHARED, spec: { ...SHARED.spec, visibility: "organisation" } });
    const { view, ids, kinds } = await mapOf(stranger);
    expect(ids).toContain(ORDERS);
    expect(kinds).not.toContain("target-group");
    expect(kinds).not.toContain("kube-service");
    expect(view.nodes.find(({ id }) => id === ORDERS)).toMatchObject({
      findings: [],
      sentence: { messageKey: "routeStatus.sentence.limited" },
    });
  });

  it("shows nothing of a team's own route to others, not even a count", async () => {
    await plant({ ...SHARED, spec: { ...SHARED.spec, visibility: "team" } });
    expect((await mapOf(stranger)).ids).toEqual(["management-cluster/mgmt-local"]);
    expect((await mapOf(seller)).ids).not.toContain(ORDERS);
    expect((await mapOf(admin)).ids).toContain(ORDERS);
  });
});

describe("who would feel it", () => {
  const CLUSTER = "management-cluster/mgmt-local";
  const ask = (actor: Person, node: string) => getImpact.execute({ node }, world.as(actor));

  it("names a route and its callers to those who may see it, and counts them for others", async () => {
    await plant({ ...SHARED, spec: { ...SHARED.spec, visibility: "team" } });
    const [own, other] = [Impact.parse(await ask(dev, CLUSTER)), Impact.parse(await ask(seller, CLUSTER))];
    expect(own.dependents.map(({ name }) => name)).toContain("orders");
    expect(other.dependents).toEqual([]);
    expect(other.hidden).toBe(own.dependents.length);
    expect(JSON.stringify(other)).not.toContain("orders");
  });

  it("reads the same for a node that is not there and one that is not on her map", async () => {
    await plant({ ...SHARED, spec: { ...SHARED.spec, visibility: "team" } });
    const codes = [ORDERS, "route/mgmt-local/team-payments/nowhere"].map((node) => ask(seller, node).catch((error: unknown) => error));
    for (const error of await Promise.all(codes)) expect(error).toMatchObject({ code: "NOT_FOUND", key: "notFound" });
    expect((await ask(dev, ORDERS)).dependents.every(({ kind }) => kind === "consumer")).toBe(true);
  });
});
