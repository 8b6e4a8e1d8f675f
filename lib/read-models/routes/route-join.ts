import type { ObservedExport, ObservedProvider, ObservedRoute, RouteEvent, RouteKind } from "../../domain/routes/observed-route.ts";
import { destinationOf, importKey } from "../../domain/routes/route-facts.ts";
import type { Networking } from "../../domain/tenancy/networking.ts";
import type { ClusterIndex } from "../clusters/cluster-index.ts";
import type { FactChange, FactStore } from "./fact-store.ts";
import type { RouteBase } from "./route-base.ts";
import { consumersOf } from "./route-consumers.ts";

const MAX_EVENTS = 50;

type Parts = { readonly facts: FactStore; readonly clusters: ClusterIndex; readonly networking: () => Networking };
type Cluster = { freshAt(kind: RouteKind): Date | null; eventsOf(object: RouteEvent["object"]): readonly RouteEvent[] };

/** What a route was last joined with, to know which facts are about it. */
type Trace = {
  readonly account: string | null;
  readonly serviceName: string;
  readonly destinations: readonly string[];
  readonly callingClusters: readonly string[];
};

export type RouteJoin = ReturnType<typeof createRouteJoin>;

/** Joins what the watch caches say of a route with Lattice, its provider clusters, its callers' VPCs and the Events kept of it. */
export function createRouteJoin({ facts, clusters, networking }: Parts) {
  const traces = new Map<string, Trace>();
  const byTopic = new Map<string, Set<string>>();
  const addresses = new Map<string, { readonly text: string; readonly since: Date }>();

  function remember(key: string, trace: Trace): void {
    const before = traces.get(key);
    const topics = topicsOf(trace);
    if (before !== undefined) {
      const old = topicsOf(before);
      if (old.length === topics.length && old.every((topic, index) => topic === topics[index])) return;
      unlink(key, old);
    }
    traces.set(key, trace);
    for (const topic of topics) byTopic.set(topic, (byTopic.get(topic) ?? new Set<string>()).add(key));
  }

  function unlink(key: string, topics: readonly string[]): void {
    for (const topic of topics) {
      const keys = byTopic.get(topic);
      keys?.delete(key);
      if (keys?.size === 0) byTopic.delete(topic);
    }
  }

  function observe(key: string, base: RouteBase, cluster: Cluster): ObservedRoute {
    const { callers: _callers, ...own } = base;
    const config = networking();
    const account = accountOf(base, config);
    const bare: ObservedRoute = { ...own, lattice: null, providers: [], consumers: [], events: [], freshAt: cluster.freshAt(base.kind) };
    const pins = base.imports.flatMap((one) =>
      one.clusterName === null
        ? []
        : [
            {
              importName: importKey(base, one),
              clusterName: one.clusterName,
              namespace: one.namespace,
              exportName: one.exportName ?? one.name,
            },
          ],
    );
    const lattice = account === null ? null : facts.latticeOf({ account, serviceName: base.serviceName, network: base.network, pins });
    const destinations = [...new Set(base.imports.flatMap((one) => destinationOf(base, one) ?? []))];
    const consumers = consumersOf(base, config, vpcOf);
    remember(key, {
      account,
      serviceName: base.serviceName,
      destinations,
      callingClusters: consumers.flatMap(({ cluster: from }) => from ?? []),
    });
    return {
      ...bare,
      lattice,
      providers: destinations.map((destination) => providerOf(destination, base)),
      consumers,
      events: eventsOf(base, cluster, destinations),
    };
  }

  /** Only what this route's imports pin: a provider cluster has exports of many routes. */
  function providerOf(destination: string, { imports }: RouteBase): ObservedProvider {
    const known = facts.provider(destination);
    if (known === undefined) return { cluster: destination, exports: [], freshAt: null, error: null };
    const pinned = new Set(imports.map(({ namespace, exportName, name }) => `${namespace}/${exportName ?? name}`));
    const exports = known.exports.filter(({ namespace, name }) => pinned.has(`${namespace}/${name}`));
    return { ...known, exports: exports.map((one) => ({ ...one, addressesSince: addressesSince(destination, one) })) };
  }

  /** Since when the addresses are these, as far as we saw: targets read later must be the same. */
  function addressesSince(destination: string, { namespace, name, podAddresses, observedAt }: ObservedExport): Date {
    const key = `${destination}/${namespace}/${name}`;
    const text = [...podAddresses].sort().join(" ");
    const known = addresses.get(key);
    if (known?.text === text) return known.since;
    addresses.set(key, { text, since: observedAt });
    return observedAt;
  }

  function vpcOf(cluster: string): string | null {
    const [namespace = "", name = ""] = cluster.split("/");
    return clusters.find(namespace, name)?.controlPlane?.vpcId ?? null;
  }

  function eventsOf(base: RouteBase, cluster: Cluster, destinations: readonly string[]): readonly RouteEvent[] {
    const objects = [base, base.policy, base.accessLog, ...base.imports].flatMap((part) =>
      part === null ? [] : [{ kind: part.ref.kind, namespace: part.ref.namespace ?? "", name: part.ref.name }],
    );
    const here = objects.flatMap((object) => [...cluster.eventsOf(object), ...facts.events(base.managementCluster, object)]);
    const there = base.imports.flatMap(({ namespace, exportName, name }) =>
      destinations.flatMap((destination) => facts.events(destination, { kind: "ServiceExport", namespace, name: exportName ?? name })),
    );
    return newest([...here, ...there]);
  }

  return {
    observe,
    forget(key: string): void {
      const trace = traces.get(key);
      if (trace !== undefined) unlink(key, topicsOf(trace));
      traces.delete(key);
    },
    /** Which routes facts are about; `account` when all of one may be. */
    touchedBy({ source, services }: Pick<FactChange, "source" | "services">): {
      readonly routes: readonly string[];
      readonly account: string | null;
    } {
      const cut = source.indexOf("/");
      const of = source.slice(cut + 1);
      if (source.slice(0, cut) !== "lattice") return { routes: [...(byTopic.get(`provider ${of}`) ?? [])], account: null };
      if (services === "all") return { routes: [], account: of };
      return { routes: [...new Set(services.flatMap((name) => [...(byTopic.get(`service ${of} ${name}`) ?? [])]))], account: null };
    },
    ofAccount: (account: string): readonly string[] => [...(byTopic.get(`account ${account}`) ?? [])],
    /** `key` is a cluster's, `managementCluster/namespace/name`. */
    callingFrom: (key: string): readonly string[] => [...(byTopic.get(`caller ${key.slice(key.indexOf("/") + 1)}`) ?? [])],
  };
}

function topicsOf({ account, serviceName, destinations, callingClusters }: Trace): readonly string[] {
  const own = account === null ? [] : [`account ${account}`, `service ${account} ${serviceName}`];
  return [...new Set([...own, ...destinations.map((one) => `provider ${one}`), ...callingClusters.map((one) => `caller ${one}`)])].sort();
}

/** The account of the route's network; an unknown network is looked for in the management cluster's own account. */
function accountOf({ network, managementCluster }: RouteBase, { serviceNetworks, lattice }: Networking): string | null {
  const named = serviceNetworks.find(({ name }) => name === network)?.account;
  return named ?? lattice.find((one) => one.managementCluster === managementCluster)?.account ?? null;
}

/** Newest first, each Event once however many places remember it. */
function newest(events: readonly RouteEvent[]): readonly RouteEvent[] {
  const found = new Map<string, RouteEvent>();
  for (const event of events) {
    const key = [
      event.cluster,
      event.object.kind,
      event.object.namespace,
      event.object.name,
      event.reason,
      event.message,
      event.firstAt.getTime(),
    ].join("\u0000");
    const known = found.get(key);
    if (known === undefined || known.lastAt < event.lastAt || known.count < event.count) found.set(key, event);
  }
  return [...found.values()].sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime()).slice(0, MAX_EVENTS);
}
