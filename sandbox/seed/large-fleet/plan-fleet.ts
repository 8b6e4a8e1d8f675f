import type { FleetSize } from "./fleet-size.ts";

// Everything follows from the numbers: the same size gives the same fleet.

export type FleetTeam = "payments" | "shop";
export type FleetVpc = { readonly id: string; readonly cidr: string; readonly account: FleetAccount; readonly network: string };
/**
 * What the portal makes of it in the end: ready, on its way, under way to another version, short of nodes, with an ill add-on, failed, paused,
 * or made by somebody else in a way that the portal cannot read.
 */
export type FleetState = "ready" | "creating" | "upgrading" | "short" | "addon" | "failed" | "paused" | "unknown";
export type FleetCluster = {
  readonly team: FleetTeam;
  readonly name: string;
  readonly vpc: FleetVpc;
  readonly visibility: "team" | "organisation";
  readonly nodes: number;
  readonly state: FleetState;
};
/** `missing`: nobody has exported what it names, so Lattice has no such service. */
export type FleetHealth = "ok" | "down" | "degraded" | "empty" | "missing";
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
/** A service that Kubernetes does not own. `kind` is what stands behind it; one that is shared belongs to another account. */
export type FleetForeign = {
  readonly name: string;
  readonly network: string;
  readonly kind: "LAMBDA" | "INSTANCE" | "ALB" | "IP" | "shared";
  /** Of instances and addresses. */
  readonly vpc: FleetVpc;
  readonly health: "ok" | "degraded" | "down";
};
export type FleetAccount = { readonly id: string; readonly number: string };
export type FleetPlan = {
  readonly networks: readonly string[];
  readonly vpcs: readonly FleetVpc[];
  readonly clusters: readonly FleetCluster[];
  readonly routes: readonly FleetRoute[];
  readonly foreign: readonly FleetForeign[];
};

/** Where the networks are, and every provider: target groups never leave their account. */
export const homeAccount: FleetAccount = { id: "platform-prod", number: "333344445555" };
/** Owns what is shared through RAM; nothing else of it is known. */
export const sharingAccount = "666677778888";
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
  const foreign = networks.flatMap((network, n) => foreignOf(network, { at: n, vpcs }));
  return { networks, vpcs, clusters, routes, foreign };
}

/** Two in thirty of each kind of trouble; the first few of a small fleet are well. */
const states: Readonly<Record<number, FleetState>> = {
  8: "upgrading",
  11: "short",
  13: "creating",
  17: "addon",
  19: "upgrading",
  22: "failed",
  26: "paused",
  27: "creating",
  29: "unknown",
};
const foreignKinds = ["LAMBDA", "INSTANCE", "ALB", "IP", "shared"] as const;
const foreignNames = [
  ["rates-feed", "mainframe-link", "print-farm", "mail-relay", "sanctions-list"],
  ["address-check", "batch-hub", "legacy-crm", "time-source", "credit-scores"],
  ["document-render", "file-drop", "intranet", "sms-gateway", "geo-lookup"],
] as const;

/** A handful for each network, one of each kind; no two networks are alike. */
function foreignOf(network: string, { at, vpcs }: { at: number; vpcs: readonly FleetVpc[] }): FleetForeign[] {
  const home = vpcs.filter(({ account }) => account === homeAccount);
  return pick(foreignNames, at).map((name, n): FleetForeign => {
    const vpc = home.find((one) => one.network === network) ?? pick(home, at);
    const isSick = (at + n) % 7 === 3;
    return {
      name: `${name}-${network.replace(/^net-/, "")}`,
      network,
      kind: pick(foreignKinds, n),
      vpc,
      health: !isSick ? "ok" : at % 2 === 0 ? "degraded" : "down",
    };
  });
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
  return {
    team,
    name,
    vpc,
    visibility: n % 3 === 0 ? "organisation" : "team",
    nodes: 2 + ((n * 7) % 11),
    state: states[n % 30] ?? "ready",
  };
}

const canServe: readonly FleetState[] = ["ready", "upgrading", "short", "addon"];

function routeOf(n: number, { networks, clusters }: Pick<FleetPlan, "networks" | "clusters">): FleetRoute {
  const providers = clusters.filter(({ vpc, state }) => vpc.account === homeAccount && canServe.includes(state));
  const first = pick(providers, n * 5);
  const second = providers.find((one) => one.team === first.team && one !== first);
  const network = pick(networks, n);
  const callers = clusters.filter((one) => one.vpc.network === network && one.team !== first.team && canServe.includes(one.state));
  return {
    team: first.team,
    name: `${pick(serviceNames[first.team], n)}-${String(n + 1).padStart(3, "0")}`,
    network,
    visibility: n % 4 === 1 ? "organisation" : "team",
    providers: n % 5 === 0 && second ? [first, second] : [first],
    health: n % 41 === 9 ? "missing" : n % 17 === 3 ? "down" : n % 13 === 5 ? "degraded" : n % 29 === 7 ? "empty" : "ok",
    caller: n % 3 === 0 && callers.length > 0 ? pick(callers, n) : null,
  };
}

/**
 * The namespace in which a cluster runs what it serves. The clusters of the fleet share an API server: what stands in one namespace is read
 * as running in each of them.
 */
export const namespaceOf = (cluster: FleetCluster): string => cluster.name;

/** Of every cluster that serves a route, each once. */
export function servingNamespaces({ routes }: Pick<FleetPlan, "routes">): string[] {
  return [...new Set(routes.flatMap(({ providers }) => providers.map(namespaceOf)))];
}

function pick<Item>(items: readonly Item[], at: number): Item {
  const found = items[at % items.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}
