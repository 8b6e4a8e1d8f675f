import { expect, it } from "vitest";
import { heldLabel } from "../../players/eks/held.ts";
import { clusterObjects } from "./cluster-objects.ts";
import { withFleet } from "./fleet-bootstrap.ts";
import { fleetServices } from "./fleet-services.ts";
import { FleetSize, usualFleet } from "./fleet-size.ts";
import { planFleet } from "./plan-fleet.ts";
import { providerObjects } from "./provider-objects.ts";
import { routeObjects } from "./route-objects.ts";

const counted = (values: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};
const plan = planFleet(usualFleet);

it("is the same for the same numbers, and as large as asked", () => {
  expect(planFleet(usualFleet)).toEqual(plan);
  expect([plan.clusters.length, plan.routes.length, plan.networks.length]).toEqual([60, 200, 8]);
});

it("is mostly well, with some of every trouble", () => {
  expect(counted(plan.clusters.map(({ state }) => state))).toEqual({
    ready: 42,
    upgrading: 4,
    short: 2,
    creating: 4,
    addon: 2,
    failed: 2,
    paused: 2,
    unknown: 2,
  });
  const healths = counted(plan.routes.map(({ health }) => health));
  expect(Object.keys(healths).sort()).toEqual(["degraded", "down", "empty", "missing", "ok"]);
  expect(healths["ok"]).toBeGreaterThan(150);
  expect(counted(plan.foreign.map(({ network }) => network))).toEqual(Object.fromEntries(plan.networks.map((name) => [name, 5])));
  expect(new Set(plan.foreign.map(({ health }) => health))).toEqual(new Set(["ok", "degraded", "down"]));
});

it("is fed only by clusters that have nodes, and is called from other accounts too", () => {
  const providers = plan.routes.flatMap((route) => route.providers);
  expect(providers.every(({ state }) => ["ready", "upgrading", "short", "addon"].includes(state))).toBe(true);
  expect(new Set(plan.routes.flatMap(({ caller }) => caller?.vpc.account.id ?? [])).size).toBeGreaterThan(1);
});

it("gives every object a name of its own and a mark to find it by", () => {
  const objects = [
    ...plan.clusters.flatMap(clusterObjects),
    ...plan.routes.flatMap(routeObjects),
    ...plan.routes.flatMap((route) => providerObjects(plan, route)),
  ];
  const names = objects.map(({ kind, metadata }) => `${kind ?? ""} ${metadata.namespace ?? ""}/${metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(objects.filter(({ metadata }) => metadata.labels?.[heldLabel] === undefined)).toEqual([]);
  const services = fleetServices(plan).map(({ service }) => service.name);
  expect(new Set(services).size).toBe(services.length);
  expect(services.filter((name) => name.length > 40)).toEqual([]);
});

it("can be as small and as large as is allowed", () => {
  for (const size of [
    { clusters: 4, routes: 1, networks: 1 },
    { clusters: 500, routes: 1_000, networks: 40 },
  ])
    expect(planFleet(FleetSize.parse(size)).routes).toHaveLength(size.routes);
});

it("adds its networks to those of the bootstrap file and takes none away", () => {
  const network = (name: string) => ({ name, consumers: [{ vpcId: `vpc-${name}` }] });
  const template = {
    teams: [{ id: "payments", quota: { clusters: 20 } }],
    accounts: [{ id: "platform-prod", vpcs: [] }],
    networking: { serviceNetworks: [network("net-prod"), network("net-shared")] },
  };
  const { networking } = withFleet(template, plan) as { networking: { serviceNetworks: { name: string; consumers: unknown[] }[] } };
  expect(networking.serviceNetworks.map(({ name }) => name)).toEqual(["net-prod", "net-shared", ...plan.networks.slice(1)]);
  expect(networking.serviceNetworks[0]?.consumers).toContainEqual({ vpcId: "vpc-net-prod" });
  expect(networking.serviceNetworks[1]?.consumers).toEqual([{ vpcId: "vpc-net-shared" }]);
});
