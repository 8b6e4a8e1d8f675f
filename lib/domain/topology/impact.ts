import { message } from "../message.ts";
import { type StoredDependent, type StoredImpact, storedImpact } from "../requests/impact.ts";
import { consumerViews } from "../routes/consumer-view.ts";
import type { ObservedRoute } from "../routes/observed-route.ts";
import { destinationOf } from "../routes/route-facts.ts";
import type { ConsumerView } from "../routes/route-view.ts";
import { readersOf } from "./readers-of.ts";

type Place = { readonly managementCluster: string; readonly namespace: string; readonly name: string };

/**
 * Who would feel the end of a cluster: routes that it serves (the only side first), callers of routes that would stop, and callers inside it.
 * `routes` is every route that there is; what the reader may know is decided when it is shown.
 */
export function clusterImpact(cluster: Place, routes: Iterable<ObservedRoute>, at: Date): StoredImpact {
  const destination = `${cluster.managementCluster}/${cluster.namespace}/${cluster.name}`;
  const key = `${cluster.namespace}/${cluster.name}`;
  const stopped: StoredDependent[] = [];
  const weakened: StoredDependent[] = [];
  const callers = new Map<string, StoredDependent>();
  for (const route of routes) {
    const { lost, count } = groupsLost(route, destination);
    const stops = lost > 0 && lost === count;
    if (lost > 0) (stops ? stopped : weakened).push(routeDependent(route, lost, count));
    for (const consumer of feeling(route, at)) {
      const isHere = consumer.cluster === key;
      if (!stops && !isHere) continue;
      callers.set(`${nameOf(route)} ${consumer.name} ${consumer.team ?? ""}`, {
        ...callerDependent(route, consumer),
        sentence: message(isHere ? "impact.callsFromHere" : "impact.callsStopped", { route: route.name }),
      });
    }
  }
  const sorted = [...stopped.sort(byName), ...weakened.sort(byName), ...[...callers.values()].sort(byName)];
  const counts = { routes: stopped.length + weakened.length, down: stopped.length, callers: callers.size };
  return storedImpact(message("impact.cluster", counts), sorted, at);
}

/** Who would feel the end of a route: whoever may call it and is not known to be cut off already. */
export function routeImpact(route: ObservedRoute | undefined, name: string, at: Date): StoredImpact {
  const callers = route === undefined ? [] : feeling(route, at).map((consumer) => callerDependent(route, consumer));
  return storedImpact(message("impact.route", { callers: callers.length, name }), callers.sort(byName), at);
}

/** Distinct backends that get calls now, and how many of them stand in that cluster. */
function groupsLost(route: ObservedRoute, destination: string): { readonly lost: number; readonly count: number } {
  const used = new Set(
    route.rules.flatMap(({ backends }) => backends.flatMap((one) => (one.weight > 0 ? [`${one.namespace}/${one.name}`] : []))),
  );
  const lost = route.imports.filter((one) => used.has(`${one.namespace}/${one.name}`) && destinationOf(route, one) === destination);
  return { lost: lost.length, count: used.size };
}

function feeling(route: ObservedRoute, at: Date): readonly ConsumerView[] {
  return consumerViews(route, at).filter(({ reachable }) => reachable !== "no");
}

function routeDependent(route: ObservedRoute, lost: number, count: number): StoredDependent {
  return {
    kind: "route",
    name: route.name,
    team: route.team,
    ref: { namespace: route.namespace, name: route.name },
    sentence: lost === count ? message("impact.losesAll", { count }) : message("impact.losesSome", { lost, count }),
    seenBy: readersOf(route),
  };
}

function callerDependent(route: ObservedRoute, { name, team, reachable }: ConsumerView): StoredDependent {
  const sentence = message(reachable === "yes" ? "impact.calls" : "impact.maybeCalls", { route: route.name });
  return { kind: "consumer", name, team, ref: null, sentence, seenBy: readersOf(route) };
}

function nameOf({ namespace, name }: ObservedRoute): string {
  return `${namespace}/${name}`;
}

function byName(one: StoredDependent, other: StoredDependent): number {
  const [a, b] = [`${one.team ?? ""} ${one.name}`, `${other.team ?? ""} ${other.name}`];
  return a < b ? -1 : a > b ? 1 : 0;
}
