import type { FleetSize } from "./fleet-size.ts";

// Everything follows from the numbers: the same size gives the same fleet.

export type FleetTeam = "payments" | "shop";
export type FleetVpc = { readonly id: string; readonly cidr: string; readonly account: FleetAccount; readonly network: string };
export type FleetCluster = {
  readonly team: FleetTeam;
  readonly name: string;
  readonly vpc: FleetVpc;
  readonly visibility: "team" | "organisation";
  readonly nodes: number;
};
export type FleetHealth = "ok" | "down" | "degraded" | "empty";
export type FleetRoute = {
  readonly team: FleetTeam;
  readonly name: string;
  readonly network: string;
  readonly visibility: "team" | "organisation";
  /** The first has the health; a second one, where there is one, is well and takes a tenth of the calls. */
  readonly providers: readonly FleetCluster[];
  readonly health: FleetHealth;
  /** A cluster of another team that may call, beside a role; null: whoever reaches it. */
  readonly caller: FleetCluster | null;
};
export type FleetAccount = { readonly id: string; readonly number: string };
export type FleetPlan = {
  readonly networks: readonly string[];
  readonly vpcs: readonly FleetVpc[];
  readonly clusters: readonly FleetCluster[];
  readonly routes: readonly FleetRoute[];
};

/** Where the networks are, and every provider: target groups never leave their account. */
export const homeAccount: FleetAccount = { id: "platform-prod", number: "333344445555" };
const accounts: readonly FleetAccount[] = [
  homeAccount,
  homeAccount,
  { id: "payments-prod", number: "444455556666" },
  { id: "shop-prod", number: "555566667777" },
];
export const fleetRegion = "ap-northeast-1";

const networkNames = ["net-prod", "net-staging", "net-edge", "net-data", "net-batch", "net-partner", "net-internal", "net-lab"];
const clusterNames = {
  payments: ["ledger", "billing", "payout", "fraud", "settlement", "refund"],
  shop: ["catalogue", "basket", "search", "stock", "loyalty", "pricing"],
} as const;
const serviceNames = {
  payments: ["charges", "balances", "invoices", "limits", "receipts", "rates"],
  shop: ["items", "carts", "offers", "reviews", "parcels", "tastes"],
} as const;

/** The first network is the one that is there already; every VPC is in one network, two pairs of VPCs have the same addresses. */
export function planFleet(size: FleetSize): FleetPlan {
  const networks = Array.from({ length: size.networks }, (_, n) => networkNames[n] ?? `net-${n + 1}`);
  const vpcs = Array.from({ length: Math.max(size.networks, Math.ceil(size.clusters / 2.5), 4) }, (_, n) => vpcOf(n, networks));
  const clusters = Array.from({ length: size.clusters }, (_, n) => clusterOf(n, vpcs));
  const routes = Array.from({ length: size.routes }, (_, n) => routeOf(n, { networks, clusters }));
  return { networks, vpcs, clusters, routes };
}

function vpcOf(n: number, networks: readonly string[]): FleetVpc {
  // The sixth has the addresses of the second, the twelfth those of the fourth.
  const block = n === 5 ? 1 : n === 11 ? 3 : n;
  return {
    id: `vpc-0f1ee7${n.toString(16).padStart(11, "0")}`,
    cidr: `10.${64 + (block % 180)}.0.0/16`,
    account: pick(accounts, n),
    network: pick(networks, n + Math.floor(n / networks.length)),
  };
}

function clusterOf(n: number, vpcs: readonly FleetVpc[]): FleetCluster {
  const vpc = pick(vpcs, n);
  const either = Math.floor(n / vpcs.length) % 2 === 0 ? "payments" : "shop";
  const team = vpc.account.id === "payments-prod" ? "payments" : vpc.account.id === "shop-prod" ? "shop" : either;
  const name = `${pick(clusterNames[team], n)}-${String(n + 1).padStart(2, "0")}`;
  return { team, name, vpc, visibility: n % 3 === 0 ? "organisation" : "team", nodes: 2 + ((n * 7) % 11) };
}

function routeOf(n: number, { networks, clusters }: Pick<FleetPlan, "networks" | "clusters">): FleetRoute {
  const providers = clusters.filter(({ vpc }) => vpc.account === homeAccount);
  const first = pick(providers, n * 5);
  const second = providers.find((one) => one.team === first.team && one !== first);
  const network = pick(networks, n);
  const callers = clusters.filter((one) => one.vpc.network === network && one.team !== first.team);
  return {
    team: first.team,
    name: `${pick(serviceNames[first.team], n)}-${String(n + 1).padStart(3, "0")}`,
    network,
    visibility: n % 4 === 1 ? "organisation" : "team",
    providers: n % 5 === 0 && second ? [first, second] : [first],
    health: n % 17 === 3 ? "down" : n % 13 === 5 ? "degraded" : n % 29 === 7 ? "empty" : "ok",
    caller: n % 3 === 0 && callers.length > 0 ? pick(callers, n) : null,
  };
}

function pick<Item>(items: readonly Item[], at: number): Item {
  const found = items[at % items.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}
