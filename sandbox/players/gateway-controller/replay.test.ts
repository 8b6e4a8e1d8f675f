import { afterAll, beforeAll, expect, it } from "vitest";
import { useSandbox } from "../../testing/use-sandbox.ts";
import { make } from "./testing/route-objects.ts";
import { applyAll, place, type RouteWorld, routeWorld, seenEvents, until } from "./testing/route-world.ts";

let world: RouteWorld;
beforeAll(async () => {
  world = await routeWorld((await useSandbox()).folder);
});
afterAll(() => world.stop());

it("smoke", async () => {
  world.controller("management", { speed: 10 });
  world.controller("provider", { speed: 10 });
  await applyAll(world.clients.provider, [
    make.namespace("shop"),
    make.service("orders"),
    make.endpoints("orders", ["10.2.0.1", "10.2.0.2"]),
    make.serviceExport("orders"),
    make.targetGroupPolicy("orders"),
  ]);
  await applyAll(world.clients.management, [
    make.namespace("lattice"),
    make.namespace("shop", { "example.test/network": "net-prod" }),
    make.gatewayClass(),
    make.serviceNetwork("net-prod"),
    make.gateway(),
    make.serviceImport("orders-a", "orders"),
  ]);
  await until("registered", () => world.lattice.describe(place).targetGroups.find((g) => g.targets.length === 2) ?? null);
  await applyAll(world.clients.management, [make.route("orders", [make.rule("/", [make.importRef("orders-a")])])]);
  await until("rule", () => world.calls("mgmt").find((c) => c.operation === "CreateRule" && c.status < 300) ?? null);
  for (const c of world.calls("*"))
    console.log(c.seq, c.at.slice(17, 23), c.caller, c.operation, c.status, c.errorType ?? "", JSON.stringify(c.arguments).slice(0, 160));
  await new Promise((r) => setTimeout(r, 500));
  console.log(JSON.stringify(await seenEvents(world.clients.management, "shop"), null, 1));
  console.log(JSON.stringify(await seenEvents(world.clients.provider, "shop"), null, 1));
  expect(1).toBe(1);
});
