import type { ManagementClusterPort, WatchEvent, Watched } from "../../adapters/kubernetes/port.ts";
import type { ObservedCondition } from "../../domain/clusters/observed-cluster.ts";
import {
  type ObservedGateway,
  type ObservedListener,
  ROUTE_KINDS,
  type RouteEvent,
  type RouteKind,
} from "../../domain/routes/observed-route.ts";
import { readAccessLogPolicy } from "../../manifests/routes/read-access-log-policy.ts";
import { readAuthPolicy } from "../../manifests/routes/read-auth-policy.ts";
import { readEvent } from "../../manifests/routes/read-event.ts";
import { readGateway } from "../../manifests/routes/read-gateway.ts";
import { countAt, dateAt, textAt } from "../../manifests/safe-read.ts";
import { createGrantIndex } from "./grant-index.ts";
import { type BaseRead, findRouteObject, type RouteBase, readRouteBase } from "./route-base.ts";
import { ROUTE_WATCHES, type RouteWatch, routeCachesOf, routeFreshAt } from "./route-caches.ts";

type PolicyKind = "IAMAuthPolicy" | "AccessLogPolicy";
type Generation = { readonly generation: number; readonly at: Date };

/** Objects whose Events a route's page shows. */
const EVENT_KINDS: readonly string[] = [...ROUTE_KINDS, "ServiceImport", "IAMAuthPolicy", "AccessLogPolicy"];
/** What the controller writes anew into a Gateway at every look at one of its routes (lattice.md §10.1.3), and no route is judged by. */
const MOVING_OF_GATEWAYS: ReadonlySet<string> = new Set<keyof ObservedGateway | keyof ObservedListener | keyof ObservedCondition>([
  "observedAt",
  "attachedRoutes",
  "at",
]);

/**
 * Routes of one management cluster as its watch caches say them. An event marks only the routes it touches; they are read again when somebody asks, and until
 * then announced once. What is kept besides the caches is since when each generation is there: no condition says it truthfully (lattice.md §10.1.3).
 */
export function createManagementRouteIndex(port: ManagementClusterPort, onTouched: (key: string, type: "upsert" | "remove") => void) {
  const caches = routeCachesOf(port);
  const reads = new Map<string, BaseRead>();
  const linkedBy = new Map<string, Set<string>>();
  const policies = { IAMAuthPolicy: createReverse(), AccessLogPolicy: createReverse() };
  const grants = createGrantIndex();
  const events = new Map<string, Map<string, RouteEvent>>();
  const eventObject = new Map<string, string>();
  const generations = new Map<string, Generation>();
  const gatewayTexts = new Map<string, string>();

  function forget(key: string): void {
    for (const link of reads.get(key)?.links ?? []) {
      const linked = linkedBy.get(link);
      linked?.delete(key);
      if (linked?.size === 0) linkedBy.delete(link);
    }
    reads.delete(key);
  }

  function touch(key: string): void {
    forget(key);
    if (findRouteObject(caches, key) !== null) onTouched(key, "upsert");
  }

  function touchLinked(link: string): void {
    for (const key of [...(linkedBy.get(link) ?? [])]) touch(key);
  }

  function onRoute(key: string, { type, watched }: Pick<WatchEvent, "type" | "watched">): void {
    if (type === "remove") generations.delete(textAt(watched.object, "metadata", "uid") ?? "");
    else noteGeneration(watched);
    forget(key);
    onTouched(key, findRouteObject(caches, key) === null ? "remove" : "upsert");
  }

  /**
   * A first generation is as old as its object. A later one is as old as our first sight of it; where it was there before this process, as old as the last write of
   * its spec, so that a restart gives a broken route no second deadline.
   */
  function noteGeneration({ object, observedAt, specWrittenAt }: Watched): void {
    const uid = textAt(object, "metadata", "uid") ?? "";
    const generation = countAt(object, "metadata", "generation") ?? 0;
    const known = generations.get(uid);
    if (known?.generation === generation) return;
    const made = generation <= 1 ? dateAt(object, "metadata", "creationTimestamp") : null;
    const written = known === undefined && specWrittenAt !== undefined && specWrittenAt < observedAt ? specWrittenAt : null;
    generations.set(uid, { generation, at: made ?? written ?? observedAt });
  }

  function onPolicy(kind: PolicyKind, key: string, watched: Watched | null): void {
    const target = watched === null ? null : (kind === "IAMAuthPolicy" ? readAuthPolicy(watched) : readAccessLogPolicy(watched)).target;
    const isRoute = target !== null && ROUTE_KINDS.some((one) => one === target.kind);
    for (const route of policies[kind].set(key, isRoute ? `${target.namespace}/${target.name}` : null)) touch(route);
  }

  /** One Gateway stands behind hundreds of routes: they are only read again when it says something else. */
  function onGateway(key: string, watched: Watched | null): void {
    const before = gatewayTexts.get(key);
    const text = watched === null ? undefined : textOfGateway(readGateway(watched));
    if (text === undefined) gatewayTexts.delete(key);
    else gatewayTexts.set(key, text);
    if (text !== before) touchLinked(`Gateway/${key}`);
  }

  function onKubeEvent(key: string, watched: Watched | null): void {
    const before = eventObject.get(key);
    const event = watched === null ? null : readEvent(port.id, watched.object);
    const isOurs = event !== null && EVENT_KINDS.includes(event.object.kind);
    const now = isOurs ? objectKeyOf(event.object) : null;
    if (before !== undefined && before !== now) {
      events.get(before)?.delete(key);
      if (events.get(before)?.size === 0) events.delete(before);
      eventObject.delete(key);
    }
    if (now === null || event === null) return;
    const { uid: _uid, ...own } = event;
    events.set(now, (events.get(now) ?? new Map<string, RouteEvent>()).set(key, own));
    eventObject.set(key, now);
    announce(event.object);
  }

  function announce({ kind, namespace, name }: RouteEvent["object"]): void {
    const key = `${namespace}/${name}`;
    if (ROUTE_KINDS.some((one) => one === kind)) {
      if (findRouteObject(caches, key) !== null) onTouched(key, "upsert");
      return;
    }
    if (kind === "IAMAuthPolicy" || kind === "AccessLogPolicy") {
      const route = policies[kind].of(key);
      if (route !== undefined && findRouteObject(caches, route) !== null) onTouched(route, "upsert");
      return;
    }
    for (const route of linkedBy.get(`${kind}/${key}`) ?? []) onTouched(route, "upsert");
  }

  function onEvent(kind: RouteWatch, { type, key, watched }: Pick<WatchEvent, "type" | "key" | "watched">): void {
    const present = type === "remove" ? null : watched;
    switch (kind) {
      case "HTTPRoute":
      case "GRPCRoute":
      case "TLSRoute":
        return onRoute(key, { type, watched });
      case "IAMAuthPolicy":
      case "AccessLogPolicy":
        return onPolicy(kind, key, present);
      case "ReferenceGrant":
        for (const target of grants.set(key, present?.object ?? null)) touchLinked(`ReferenceGrant/${target}`);
        return;
      case "Event":
        return onKubeEvent(key, present);
      case "GatewayClass":
        for (const route of [...reads.keys()]) touch(route);
        return;
      case "Gateway":
        return onGateway(key, present);
      case "ServiceImport":
        return touchLinked(`${kind}/${key}`);
    }
  }

  function read(key: string): BaseRead | undefined {
    const known = reads.get(key);
    if (known !== undefined) return known;
    const found = findRouteObject(caches, key);
    if (found === null) return undefined;
    const made = readRouteBase(found.kind, found.watched, {
      managementCluster: port.id,
      caches,
      policyKeys: policies.IAMAuthPolicy.from(key),
      logKeys: policies.AccessLogPolicy.from(key),
      grants,
      generationSeenAt: (uid, generation) => {
        const seen = generations.get(uid);
        return seen?.generation === generation ? seen.at : null;
      },
    });
    for (const link of made.links) linkedBy.set(link, (linkedBy.get(link) ?? new Set<string>()).add(key));
    reads.set(key, made);
    return made;
  }

  const unsubscribes = ROUTE_WATCHES.map((kind) => caches[kind].subscribe((event) => onEvent(kind, event)));
  for (const kind of ["IAMAuthPolicy", "AccessLogPolicy"] as const)
    for (const watched of caches[kind].values()) onPolicy(kind, keyOf(watched), watched);
  for (const watched of caches.ReferenceGrant.values()) grants.set(keyOf(watched), watched.object);
  for (const watched of caches.Gateway.values()) onGateway(keyOf(watched), watched);
  for (const watched of caches.Event.values()) onKubeEvent(keyOf(watched), watched);
  for (const kind of ROUTE_KINDS) for (const watched of caches[kind].values()) noteGeneration(watched);

  return {
    /** The route of a key unless it is another controller's; memoised until an event touches it. */
    read(key: string): RouteBase | undefined {
      const found = read(key);
      return found === undefined || found.isForeign ? undefined : found.base;
    },
    freshAt: (kind: RouteKind) => routeFreshAt(caches, kind),
    /** `namespace/name` of every route object, each once. */
    *keys(): IterableIterator<string> {
      for (const kind of ROUTE_KINDS)
        for (const watched of caches[kind].values()) {
          const key = keyOf(watched);
          if (findRouteObject(caches, key)?.kind === kind) yield key;
        }
    },
    /** What Kubernetes still remembers about one object. */
    eventsOf: (object: RouteEvent["object"]): readonly RouteEvent[] => [...(events.get(objectKeyOf(object))?.values() ?? [])],
    subscribeHealth(listener: () => void): void {
      for (const kind of ROUTE_WATCHES) if (kind !== "Event") unsubscribes.push(caches[kind].subscribeHealth(listener));
    },
    close(): void {
      for (const unsubscribe of unsubscribes) unsubscribe();
    },
  };
}

/** Which thing each key points at, and back. `set` answers what it pointed at before and points at now. */
function createReverse() {
  const forward = new Map<string, string>();
  const back = new Map<string, Set<string>>();
  return {
    of: (key: string) => forward.get(key),
    from: (target: string): ReadonlySet<string> => back.get(target) ?? new Set<string>(),
    set(key: string, target: string | null): readonly string[] {
      const before = forward.get(key);
      if (before !== undefined) {
        back.get(before)?.delete(key);
        if (back.get(before)?.size === 0) back.delete(before);
      }
      if (target === null) forward.delete(key);
      else {
        forward.set(key, target);
        back.set(target, (back.get(target) ?? new Set<string>()).add(key));
      }
      return [...new Set([before, target])].flatMap((one) => one ?? []);
    },
  };
}

function textOfGateway(gateway: ObservedGateway): string {
  return JSON.stringify(gateway, (key, value: unknown) => (MOVING_OF_GATEWAYS.has(key) ? undefined : value));
}

function objectKeyOf({ kind, namespace, name }: RouteEvent["object"]): string {
  return `${kind}/${namespace}/${name}`;
}

function keyOf({ object }: Watched): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
