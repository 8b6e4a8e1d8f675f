import type { RequestRecord } from "../../adapters/database/port.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import { refOfStep } from "../../domain/requests/plan.ts";
import type { RequestState } from "../../domain/requests/request.ts";
import { destinationOf } from "../../domain/routes/route-facts.ts";
import type { Context } from "../context.ts";
import { CHANGE_ROUTE, CREATE_ROUTE, DELETE_ROUTE } from "./route-target.ts";

/** Which namespaces of a tenant cluster matter to routes. `isUrgent`: a delivery changes something there now, or has just done so. */
export type ProviderLook = { readonly destination: string; readonly namespaces: readonly string[]; readonly isUrgent: boolean };

const ROUTE_REQUESTS = [CREATE_ROUTE, CHANGE_ROUTE, DELETE_ROUTE];
const ON_THEIR_WAY: readonly RequestState[] = ["approved", "delivering"];
const JUST_MS = 5 * 60_000;
const PAGE = 100;
/** Plans are large: of those that ended only the newest are read. */
const ENDED_PAGE = 20;

/** Namespaces by destination. */
type Places = Map<string, Set<string>>;
export type KnownPlaces = ReadonlyMap<string, ReadonlySet<string>>;

/** Where the exports of observed routes stand, and those of requests that failed or were just delivered. Walks all routes: not for every second. */
export async function findKnownPlaces(ctx: Context): Promise<KnownPlaces> {
  const places: Places = new Map();
  for (const route of ctx.routes.values()) {
    for (const one of route.imports) {
      const destination = destinationOf(route, one);
      // The name an import is pinned to is only a text: a cluster that nobody ever saw is not asked.
      if (destination !== null && isKnown(ctx, destination)) add(places, destination, one.namespace);
    }
  }
  const ended = await ctx.db.read.requests.list(
    { states: ["failed", "delivered"], kinds: ROUTE_REQUESTS },
    { cursor: null, limit: ENDED_PAGE },
  );
  const since = ctx.clock.now().getTime() - JUST_MS;
  for (const request of ended.items) if (request.state === "failed" || request.updatedAt.getTime() >= since) addPlan(places, request);
  return places;
}

/** `known`, joined with what requests on their way write into tenant clusters; their clusters are urgent. */
export async function findProviderLooks(ctx: Context, known: KnownPlaces): Promise<readonly ProviderLook[]> {
  const { items } = await ctx.db.read.requests.list({ states: ON_THEIR_WAY, kinds: ROUTE_REQUESTS }, { cursor: null, limit: PAGE });
  const urgent: Places = new Map();
  for (const request of items) addPlan(urgent, request);
  const destinations = new Set([...urgent.keys(), ...known.keys()]);
  return [...destinations].map((destination) => ({
    destination,
    namespaces: [...new Set([...(known.get(destination) ?? []), ...(urgent.get(destination) ?? [])])].sort(),
    isUrgent: urgent.has(destination),
  }));
}

function isKnown(ctx: Context, destination: string): boolean {
  return ctx.clusters.get(destination) !== undefined || ctx.facts.provider(destination) !== undefined;
}

function addPlan(places: Places, { planBytes }: RequestRecord): void {
  for (const step of parsePlan(planBytes).steps) {
    const { namespace } = refOfStep(step);
    if (step.destination.includes("/") && namespace !== undefined) add(places, step.destination, namespace);
  }
}

function add(places: Places, destination: string, namespace: string): void {
  const namespaces = places.get(destination) ?? new Set<string>();
  namespaces.add(namespace);
  places.set(destination, namespaces);
}
