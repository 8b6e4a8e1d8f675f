import { expect } from "vitest";
import type { RequestView } from "../../lib/domain/requests/request-view.ts";
import { healthCheckDefaults } from "../../lib/domain/routes/health-check-defaults.ts";
import { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { eventually } from "../../sandbox/testing/use-sandbox.ts";
import { objectsOfRoute } from "./cluster-evidence.ts";
import { MANAGEMENT, PROVIDERS, type RouteFleet } from "./route-fleet.ts";

export const ORDERS = { namespace: "team-payments", name: "orders" } as const;
export const ORDERS_SERVICE = "payments-orders";
export const eksName = (key: string): string => key.replace("/", "_");
export const destination = (key: string): string => `${MANAGEMENT}/${key}`;

/** The share of each cluster, in the order of PROVIDERS. */
export function ordersSpec(weights: readonly [number, number]): RouteSpec {
  return RouteSpec.parse({
    network: "net-prod",
    protocol: "http",
    listener: "https",
    serviceName: ORDERS_SERVICE,
    rules: [
      {
        match: { path: { type: "prefix", value: "/v1/" }, method: "GET", headers: [] },
        backends: PROVIDERS.map((cluster, n) => ({
          cluster,
          namespace: "payments",
          kubeService: "orders",
          port: 80,
          weight: weights[n] ?? 0,
        })),
      },
    ],
    healthCheck: healthCheckDefaults("http"),
    access: {
      type: "callers",
      callers: [
        { team: "shop", name: "cart", principal: { type: "cluster", cluster: "team-shop/storefront" }, methods: ["GET"], paths: ["/v1/*"] },
      ],
    },
    visibility: "organisation",
  });
}

/** Kinds of the route's objects on each API server. */
export async function kindsByPlace(fleet: RouteFleet): Promise<Readonly<Record<string, readonly string[]>>> {
  const found = await objectsOfRoute(fleet.clients, ORDERS.name);
  return Object.fromEntries(
    [...fleet.clients.keys()].map((id) => [
      id,
      found
        .filter(({ place }) => place.startsWith(`${id} `))
        .map(({ object }) => object.kind)
        .sort(),
    ]),
  );
}

/** The active group behind a cluster's orders, when it is another one than `not`. */
export async function activeGroup(fleet: RouteFleet, key: string, not = "") {
  return eventually(`${key} has a group`, async () => {
    const groups = await fleet.lattice.exportGroups();
    return (
      groups.find((one) => one.eksName === eksName(key) && one.id !== not && one.status === "ACTIVE" && one.targets.length === 2) ?? null
    );
  });
}

/** Every step has come to its end once, and the audit says so once. */
export async function expectToldOnce(fleet: RouteFleet, { id, steps }: RequestView): Promise<void> {
  expect(steps.every(({ state }) => state === "done")).toBe(true);
  const { items } = await fleet.portal.ask("admin", "listAudit", { target: `request/${id}`, limit: 200 });
  const told = items
    .filter(({ action }) => ["delivery.step", "delivery.finish"].includes(action))
    .map(({ detail }) => Number(detail["step"]));
  expect(told.reverse()).toEqual(steps.map(({ n }) => n));
}
