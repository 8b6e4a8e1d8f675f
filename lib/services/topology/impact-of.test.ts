import { afterEach, beforeEach, expect, it } from "vitest";
import { RouteSpec } from "../../domain/routes/route-input.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { withProvenance } from "../../manifests/provenance.ts";
import { buildRouteObjects } from "../../manifests/routes/build-route-objects.ts";
import { routeToBuild } from "../../manifests/routes/route-examples.ts";
import type { RouteToBuild } from "../../manifests/routes/route-to-build.ts";
import { createWorld, payments, type World } from "../clusters/testing/world.ts";
import { getRequest } from "../requests/get-request.ts";
import { planRequest } from "../requests/plan-request.ts";
import { impactOf } from "./impact-of.ts";

let world: World;
let dev: Person;
let admin: Person;
beforeEach(async () => {
  world = await createWorld({ impactOf });
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  admin = await world.person("admin", { globalRoles: ["platform-admin"] });
});
afterEach(() => world.close());

const REMOVE = { namespace: "team-payments", name: "checkout", typedName: "checkout" };

function plant(route: RouteToBuild): void {
  const { imports, policies, route: object } = buildRouteObjects(route);
  for (const one of [...imports, ...policies, object])
    world.kube.applyAs("trellis", withProvenance(one, { requestId: "R-998", contentHash: "0".repeat(64) }));
}

/** A route of team shop that its owner shows to nobody, served and called from the cluster that payments wants to delete. */
function privateRouteOfShop(): RouteToBuild {
  const shown = routeToBuild("allow-list");
  const principal = { type: "cluster", cluster: "team-payments/checkout" };
  const callers = [{ team: "payments", name: "till", principal, methods: [], paths: [] }];
  const spec = RouteSpec.parse({ ...shown.spec, visibility: "team", access: { type: "callers", callers } });
  return {
    ...shown,
    team: "shop",
    namespace: "team-shop",
    name: "stock",
    serviceName: "shop-stock",
    spec,
    callerVpcs: { "team-payments/checkout": "vpc-0aa0000000000000a" },
  };
}

it("shows before the request who would feel the deletion, and stores it beside the approval", async () => {
  world.plant("checkout");
  plant(routeToBuild("allow-list"));
  const plan = await planRequest.execute({ kind: "cluster.delete", team: payments, input: REMOVE }, world.as(dev));
  expect(plan.notes.impact).toMatchObject({
    sentence: { messageKey: "impact.cluster", values: { routes: 1, down: 1 } },
    dependents: [
      { kind: "route", name: "orders", ref: { namespace: "team-payments", name: "orders" } },
      { kind: "consumer", name: "cart", team: "shop" },
      { kind: "consumer", name: "storefront", team: "shop" },
    ],
    teams: ["payments", "shop"],
    hidden: 0,
  });

  const request = await world.ask(dev, "cluster.delete", REMOVE);
  expect(request.notes.impact).toEqual(plan.notes.impact);
  expect(request.contentHash).toBe(plan.contentHash);
});

it("stays outside the hash", async () => {
  world.plant("checkout");
  const ask = () => planRequest.execute({ kind: "cluster.delete", team: payments, input: REMOVE }, world.as(dev));
  const before = await ask();
  plant(routeToBuild("allow-list"));
  const after = await ask();
  expect([before.notes.impact?.dependents.length, after.notes.impact?.dependents.length]).toEqual([0, 3]);
  expect(after.contentHash).toBe(before.contentHash);
});

it("counts what another team shows to nobody, and names it to platform admins", async () => {
  world.plant("checkout");
  plant(privateRouteOfShop());
  const { id } = await world.ask(dev, "cluster.delete", REMOVE);
  const [own, all] = await Promise.all([dev, admin].map((actor) => getRequest.execute({ id }, world.as(actor))));
  expect(own?.notes.impact).toMatchObject({ dependents: [], teams: [], hidden: 2 });
  expect(JSON.stringify(own).includes("stock")).toBe(false);
  expect(all?.notes.impact).toMatchObject({ dependents: [{ name: "stock" }, { name: "till" }], hidden: 0 });
});

it("says nothing for requests that take nothing away", async () => {
  const request = await world.askFor(dev, { name: "new-one" });
  expect(request.notes.impact).toBeNull();
});

it("names a route's callers when the route is to go", async () => {
  plant(routeToBuild("allow-list"));
  const target = { managementCluster: "mgmt-local", namespace: "team-payments", name: "orders" };
  const impact = await impactOf(world.as(dev), { kind: "route.delete", target });
  expect(impact?.dependents.map(({ name, team }) => `${name} of ${team}`)).toEqual(["cart of shop", "storefront of shop"]);
  expect(impact?.dependents.every(({ seenBy }) => seenBy === null)).toBe(true);
});
