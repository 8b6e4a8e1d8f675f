import { isPortalError } from "../../domain/portal-error.ts";
import type { Context } from "../context.ts";
import { createEventCollector, type EventCollector } from "./collect-events.ts";
import { findKnownPlaces, findProviderLooks, type KnownPlaces, type ProviderLook } from "./find-provider-looks.ts";
import { createFactKeeper, type FactKeeper } from "./keep-facts.ts";
import { readProviderNamespace } from "./read-provider.ts";
import { storable } from "./storable.ts";

const AT_ONCE = 8;
/** How often a cluster is looked at when nothing of a delivery is on its way there; three such periods make evidence old (route-limits.ts) with much to spare. */
const QUIET_EVERY_MS = 15_000;
/** Walking all routes costs something, and their imports change seldom. */
const KNOWN_EVERY_MS = 10_000;
/** The longest that one cluster may take; a dead one is given up earlier by the adapter. */
const LOOK_MS = 12_000;
const SAVE_LOOK_EVERY_MS = 15_000;

/** Looking at the tenant clusters that routes are fed from, by the replica that holds the lease. */
export type ProviderPoll = {
  /** Starts what is due and has room; returns before the clusters have answered. */
  look(): Promise<void>;
  /** Keeps the Events that the management clusters hold now. */
  collectEvents(): Promise<void>;
  /** Resolves when nothing is in flight. */
  settled(): Promise<void>;
};

type Provider = {
  readonly facts: FactKeeper;
  readonly events: EventCollector;
  lookedAt: number;
  savedAt: number;
  error: string | null;
};

export function createProviderPoll(ctx: Context): ProviderPoll {
  const providers = new Map<string, Provider>();
  const management = new Map(ctx.kube.ids().map((id) => [id, createEventCollector(ctx, id)]));
  const inFlight = new Map<string, Promise<void>>();
  let known: { readonly places: KnownPlaces; readonly at: number } | null = null;
  let queue: ProviderLook[] = [];

  function providerOf(destination: string): Provider {
    const provider = providers.get(destination) ?? {
      facts: createFactKeeper(ctx, `provider/${destination}`),
      events: createEventCollector(ctx, destination),
      lookedAt: 0,
      savedAt: Number.NEGATIVE_INFINITY,
      error: null,
    };
    providers.set(destination, provider);
    return provider;
  }

  function isDue({ destination, isUrgent }: ProviderLook, now: number): boolean {
    return !inFlight.has(destination) && (isUrgent || now - providerOf(destination).lookedAt >= QUIET_EVERY_MS);
  }

  /** Urgent ones first, then those not seen for longest. */
  function compare(one: ProviderLook, other: ProviderLook): number {
    const byUrgency = Number(other.isUrgent) - Number(one.isUrgent);
    return byUrgency === 0 ? providerOf(one.destination).lookedAt - providerOf(other.destination).lookedAt : byUrgency;
  }

  function start(look: ProviderLook): void {
    const { destination } = look;
    providerOf(destination).lookedAt = ctx.clock.now().getTime();
    const work = lookAt(look)
      .catch((error: unknown) => ctx.log.error("providers.lookLost", { cluster: destination, error }))
      .finally(() => {
        inFlight.delete(destination);
        fill();
      });
    inFlight.set(destination, work);
  }

  function fill(): void {
    while (!ctx.signal.aborted && inFlight.size < AT_ONCE) {
      const next = queue.shift();
      if (next === undefined) return;
      start(next);
    }
  }

  async function lookAt({ destination, namespaces }: ProviderLook): Promise<void> {
    const provider = providerOf(destination);
    // What the cluster says is at least as new as the moment it was asked.
    const at = ctx.clock.now();
    try {
      const cluster = ctx.kube.cluster(destination);
      const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(LOOK_MS)]);
      const found = await Promise.all(namespaces.map((namespace) => readProviderNamespace(cluster, namespace, signal)));
      const exports = found.flatMap((one) =>
        one.exports.map((data) => ({ key: `${data.namespace}/${data.name}`, data: storable(data), isWhole: false })),
      );
      const gone = keysKnownIn(destination, namespaces)
        .filter((key) => !exports.some((one) => one.key === key))
        .map((key) => ({ key, data: null, isWhole: false }));
      await provider.facts.keep([...exports, ...gone, lookFact(provider, { at, freshAt: at, error: null })], at);
      await provider.events.collect(found.flatMap(({ events }) => events));
    } catch (error) {
      if (ctx.signal.aborted) return;
      if (!isPortalError(error)) throw error;
      const isNews = provider.error !== error.key;
      if (isNews) ctx.log.warn("providers.lookFailed", { cluster: destination, reason: error.key, error });
      const freshAt = ctx.facts.provider(destination)?.freshAt ?? null;
      await provider.facts.keep([lookFact(provider, { at, freshAt, error: error.key })], at);
    }
  }

  function keysKnownIn(destination: string, namespaces: readonly string[]): readonly string[] {
    const known = ctx.facts.provider(destination)?.exports ?? [];
    return known.filter(({ namespace }) => namespaces.includes(namespace)).map(({ namespace, name }) => `${namespace}/${name}`);
  }

  /** Stored when it is news or some time has passed: it carries the age of all exports of the cluster. */
  function lookFact(
    provider: Provider,
    { at, freshAt, error }: { readonly at: Date; readonly freshAt: Date | null; readonly error: string | null },
  ) {
    const isWhole = provider.error !== error || at.getTime() - provider.savedAt >= SAVE_LOOK_EVERY_MS;
    if (isWhole) provider.savedAt = at.getTime();
    provider.error = error;
    return { key: "look", data: { freshAt: freshAt?.toISOString() ?? null, error }, isWhole };
  }

  return {
    async look() {
      const now = ctx.clock.now().getTime();
      if (known === null || now - known.at >= KNOWN_EVERY_MS) known = { places: await findKnownPlaces(ctx), at: now };
      const looks = await findProviderLooks(ctx, known.places);
      queue = looks.filter((look) => isDue(look, now)).sort(compare);
      fill();
    },
    async collectEvents() {
      for (const [id, collector] of management) {
        const watched = [...ctx.kube.managementCluster(id).watch("Event").values()];
        await collector.collect(watched.map(({ object }) => object));
      }
    },
    async settled() {
      while (inFlight.size > 0) await Promise.all(inFlight.values());
    },
  };
}
