import type { KubernetesPort } from "../../adapters/kubernetes/port.ts";
import { clusterStatus } from "../../domain/clusters/cluster-status.ts";
import { routeStatus } from "../../domain/routes/route-status.ts";
import { accountPart } from "../../domain/topology/account-part.ts";
import { clusterPart } from "../../domain/topology/cluster-part.ts";
import { type GraphPart, NO_PART } from "../../domain/topology/graph-part.ts";
import { managementClusterPart } from "../../domain/topology/management-cluster-part.ts";
import { configuredNetworkPart } from "../../domain/topology/network-part.ts";
import type { Places } from "../../domain/topology/places.ts";
import { providerPart } from "../../domain/topology/provider-part.ts";
import { routePart } from "../../domain/topology/route-part.ts";
import type { NetworkNodeOf } from "../../domain/topology/service-part.ts";
import { readGateway } from "../../manifests/routes/read-gateway.ts";
import type { ClusterIndex } from "../clusters/cluster-index.ts";
import { watchStatus } from "../clusters/watch-status.ts";
import type { FactStore } from "../routes/fact-store.ts";
import type { RouteIndex } from "../routes/route-index.ts";
import { latticePart } from "./lattice-parts.ts";
import { partName, splitAccount, splitPart } from "./part-names.ts";

type World = {
  readonly kube: KubernetesPort;
  readonly clusters: ClusterIndex;
  readonly routes: RouteIndex;
  readonly facts: FactStore;
  readonly clock: { now(): Date };
  readonly places: () => Places;
  readonly networkOf: NetworkNodeOf;
  /** A route began or ceased to name this service of the account. */
  readonly onNaming: (account: string, serviceName: string) => void;
  /** A route sends calls to this cluster. */
  readonly onProvider: (destination: string) => void;
};

/** Reads parts from the indexes and facts by their names, and knows which there are. */
export function createPartReader(world: World) {
  const { kube, clusters, routes, facts, clock, places } = world;
  const naming = new Map<string, Set<string>>();
  const named = new Map<string, string>();

  function read(part: string): GraphPart {
    const split = splitPart(part);
    if (split === null) return NO_PART;
    const { kind, of } = split;
    const now = clock.now();
    switch (kind) {
      case "account":
        return places().accounts.some(({ id }) => id === of) ? accountPart(places(), of) : NO_PART;
      case "management":
        return managementClusterPart(of, watchStatus(kube, now).find(({ id }) => id === of)?.freshAt ?? null, now);
      case "cluster":
        return readCluster(of, now);
      case "route":
        return readRoute(of, now);
      case "provider": {
        const provider = facts.provider(of);
        return provider === undefined ? NO_PART : providerPart(provider, now);
      }
      case "network":
        return readNetwork(of, now);
      case "group":
      case "service":
      case "seen-network":
      case "vpc": {
        const { account, id } = splitAccount(of);
        return latticePart(kind, account, id, { facts, places: places(), networkOf: world.networkOf, routesNaming, now });
      }
    }
  }

  function readCluster(key: string, now: Date): GraphPart {
    const row = clusters.row(key, now);
    const observed = row === undefined ? undefined : clusters.get(key);
    if (row === undefined || observed === undefined) return NO_PART;
    const findings = row.findings === 0 ? [] : clusterStatus(observed, now).findings;
    return clusterPart({ observed, row, findings }, places());
  }

  function readRoute(key: string, now: Date): GraphPart {
    const row = routes.row(key, now);
    const observed = row === undefined ? undefined : routes.get(key);
    rename(key, observed === undefined ? null : `${observed.lattice?.account ?? ""} ${observed.serviceName}`);
    if (row === undefined || observed === undefined) return NO_PART;
    for (const { cluster } of observed.providers) world.onProvider(cluster);
    const findings = row.findings === 0 ? [] : routeStatus(observed, now).findings;
    return routePart({ observed, row, findings }, { places: places(), networkOf: world.networkOf, now });
  }

  function rename(key: string, name: string | null): void {
    const before = named.get(key) ?? null;
    if (before === name) return;
    if (before !== null) naming.get(before)?.delete(key);
    if (name === null) named.delete(key);
    else {
      named.set(key, name);
      naming.set(name, (naming.get(name) ?? new Set<string>()).add(key));
    }
    for (const one of [before, name]) if (one !== null) world.onNaming(one.slice(0, one.indexOf(" ")), one.slice(one.indexOf(" ") + 1));
  }

  function routesNaming(account: string, serviceName: string): readonly string[] {
    return [...(naming.get(`${account} ${serviceName}`) ?? [])].sort();
  }

  function readNetwork(of: string, now: Date): GraphPart {
    const { account, id: name } = splitAccount(of);
    const { networking } = places();
    const config = networking.serviceNetworks.find((one) => one.account === account && one.name === name);
    if (config === undefined) return NO_PART;
    const managementCluster = networking.lattice.find((one) => one.account === account)?.managementCluster;
    const isThere = managementCluster !== undefined && kube.ids().includes(managementCluster);
    const seen = isThere ? kube.managementCluster(managementCluster).watch("Gateway").get(`${config.gatewayNamespace}/${name}`) : undefined;
    const networks = facts.networks(account);
    const observed = {
      config,
      gateway: seen === undefined ? null : readGateway(seen),
      lattice: networks === null ? null : { found: networks.value.find((one) => one.name === name) ?? null, at: networks.at },
      vpcs: facts.vpcAssociations(account, name),
      health: facts.health(account),
    };
    return configuredNetworkPart(observed, places(), now);
  }

  const ofNetworks = () => places().networking.serviceNetworks.map(({ account, name }) => partName("network", account, name));
  const ofManagement = () => kube.ids().map((id) => partName("management", id));
  const ofClusters = () => [
    ...ofManagement(),
    ...[...clusters.values()].map(({ managementCluster, namespace, name }) => partName("cluster", managementCluster, namespace, name)),
  ];
  const ofRoutes = () => [...routes.keys()].map((key) => partName("route", key));

  function ofAccount(account: string): readonly string[] {
    const reading = facts.reading(account);
    if (reading === null) return [];
    return [
      ...reading.ids("group").map((id) => partName("group", account, id)),
      ...reading.ids("service").map((id) => partName("service", account, id)),
      ...reading.ids("network").map((id) => partName("seen-network", account, id)),
      ...reading.ids("vpc").map((id) => partName("vpc", account, id)),
    ];
  }

  return {
    read,
    ofNetworks,
    ofClusters,
    ofRoutes,
    ofAccount,
    /** Every part there is now. Routes come first: they say which services are theirs. */
    all: (): readonly string[] => [
      ...ofRoutes(),
      ...ofClusters(),
      ...places().accounts.map(({ id }) => partName("account", id)),
      ...ofNetworks(),
      ...facts.accounts().flatMap(ofAccount),
    ],
  };
}
