import type { LogPort, MetricsPort } from "../../adapters/telemetry/port.ts";
import { HEALTH_KEY, LATTICE_LISTS, oldestListAt, parseLatticeFact } from "../../domain/routes/lattice-fact.ts";
import type { LatticeServiceAssociation, Seen } from "../../domain/routes/lattice-facts.ts";
import type { PollState } from "../../domain/routes/poll-plan.ts";
import { type AccountFacts, createAccountFacts, type TakenFact } from "./account-facts.ts";
import { accountReading } from "./account-reading.ts";
import { createAttention } from "./attention.ts";
import { createEventFacts } from "./event-facts.ts";
import type { Fact, FactChange, FactStore } from "./fact-store.ts";
import type { KeptFacts } from "./kept-facts.ts";
import { groupOf, observeLattice, observeNetwork, observeService, vpcsOf } from "./observe-lattice.ts";
import { pollState } from "./poll-state.ts";
import { createProviderFacts } from "./provider-facts-of.ts";

export type FactStoreOptions = {
  readonly clock: { now(): Date };
  readonly log: LogPort;
  readonly metrics: MetricsPort;
  /** Tells this process from other replicas in what they share. */
  readonly replica?: string;
};

export function createFactStore({ clock, log, metrics, replica = globalThis.crypto.randomUUID() }: FactStoreOptions): FactStore {
  const accounts = new Map<string, AccountFacts>();
  const providers = new Map<string, ReturnType<typeof createProviderFacts>>();
  const events = new Map<string, ReturnType<typeof createEventFacts>>();
  const listeners = new Set<(change: FactChange) => void>();
  const attentionListeners = new Set<(account: string) => void>();
  /** Accounts of which somebody said something; of the others only questions are known. */
  const said = new Set<string>();
  const attention = createAttention({
    clock,
    replica,
    onChange: (account) => tell(attentionListeners, account),
  });

  function tell<Said>(to: ReadonlySet<(said: Said) => void>, said: Said): void {
    for (const listener of [...to]) {
      // One listener's failure must not keep the change from the others.
      try {
        listener(said);
      } catch (error) {
        log.error("facts.listenerFailed", { error });
      }
    }
  }

  const factsOf = (account: string): AccountFacts => within(accounts, account, createAccountFacts);

  /** Null: malformed, or of a source nobody here knows. */
  function takeOne(fact: Fact): TakenFact | null {
    const [kind, rest] = splitSource(fact.source);
    if (kind === "lattice") {
      const parsed = parseLatticeFact(fact.key, fact.data);
      if (parsed === null) return null;
      said.add(rest);
      return factsOf(rest).take(parsed, fact.at);
    }
    if (kind === "provider") return plain(within(providers, rest, createProviderFacts).take(fact));
    if (kind === "events") return plain(within(events, rest, createEventFacts).take(fact));
    return null;
  }

  function take(facts: readonly Fact[]): readonly Fact[] {
    const news: Fact[] = [];
    const now = clock.now();
    const changes = new Map<
      string,
      { keys: string[]; services: Set<string> | "all"; readonly source: string; readonly agesOnly: boolean }
    >();
    for (const given of facts) {
      // A clock ahead of ours must not make a fact newer than anything to come.
      const fact = given.at > now ? { ...given, at: now } : given;
      if (attention.isAttention(fact.source)) {
        if (!attention.take(fact)) drop(fact);
        continue;
      }
      const done = takeOne(fact);
      if (done === null) {
        drop(fact);
        continue;
      }
      if (done.taken === "older") continue;
      const agesOnly = done.taken === "aged";
      if (!agesOnly) news.push(given);
      const id = `${fact.source} ${agesOnly}`;
      const change = changes.get(id) ?? { source: fact.source, keys: [], services: new Set<string>(), agesOnly };
      change.keys.push(fact.key);
      if (done.services === "all") change.services = "all";
      else if (change.services !== "all") for (const name of done.services) change.services.add(name);
      changes.set(id, change);
    }
    for (const { source, keys, services, agesOnly } of changes.values())
      tell(listeners, { source, keys, agesOnly, services: services === "all" ? services : [...services] });
    return news;
  }

  function drop({ source, key }: Fact): void {
    metrics.count("trellis_facts_dropped_total", { source: splitSource(source)[0] });
    log.warn("facts.dropped", { source, key });
  }

  function whole<Value>(account: string, list: string, kind: (facts: AccountFacts) => KeptFacts<Value>): Seen<readonly Value[]> | null {
    const facts = accounts.get(account);
    const at = facts?.listAt(list) ?? null;
    if (facts === undefined || at === null) return null;
    return { value: [...kind(facts).entries()].map(([, { value }]) => value), at };
  }

  return {
    take,
    latticeOf(question) {
      const facts = factsOf(question.account);
      facts.remember(question);
      return said.has(question.account) ? observeLattice(facts, question) : null;
    },
    latticeOfService(account, serviceId) {
      const facts = accounts.get(account);
      return facts === undefined || !said.has(account) ? null : observeService(facts, account, serviceId);
    },
    associatedServices(account) {
      const found = new Map<string, LatticeServiceAssociation[]>();
      for (const [, { value }] of accounts.get(account)?.kept.association.entries() ?? []) {
        const known = found.get(value.serviceId);
        if (known === undefined) found.set(value.serviceId, [value]);
        else known.push(value);
      }
      return found;
    },
    health: (account) => accounts.get(account)?.kept.health.get(splitSource(HEALTH_KEY)[1])?.value ?? null,
    listsAt(account) {
      const facts = accounts.get(account);
      if (facts === undefined) return null;
      const networkIds = [...facts.kept.network.entries()].map(([id]) => id);
      return oldestListAt({ get: facts.listAt }, networkIds);
    },
    accounts: () => [...said].sort(),
    reading(account) {
      const facts = accounts.get(account);
      return facts === undefined || !said.has(account) ? null : accountReading(facts);
    },
    known: (account, kind) => new Map([...factsOf(account).kept[kind].entries()].map(([id, { value }]) => [id, value])),
    services: (account) => whole(account, LATTICE_LISTS.services, ({ kept }) => kept.service),
    networks: (account) => whole(account, LATTICE_LISTS.networks, ({ kept }) => kept.network),
    targetGroups(account) {
      const facts = accounts.get(account);
      const at = facts?.listAt(LATTICE_LISTS.groups) ?? null;
      if (facts === undefined || at === null) return null;
      return { value: [...facts.kept.group.entries()].flatMap(([id]) => groupOf(facts, id)?.value ?? []), at };
    },
    vpcAssociations(account, network) {
      const facts = accounts.get(account);
      const id = facts?.idOfNetwork.get(network);
      return facts === undefined || id === undefined ? null : vpcsOf(facts, id);
    },
    networkOf(account, networkId) {
      const facts = accounts.get(account);
      return facts === undefined ? null : observeNetwork(facts, networkId);
    },
    provider: (destination) => providers.get(destination)?.observed(),
    events: (cluster, object) => events.get(cluster)?.about(object) ?? [],
    attend: attention.attend,
    attended: attention.attended,
    want: attention.want,
    subscribeAttention: (listener) => on(attentionListeners, listener),
    attentionFacts: attention.facts,
    pollState(account, unsettled): PollState {
      const asked = { attended: attention.attended(account), wanted: attention.wanted(account), unsettled };
      return pollState(factsOf(account), asked);
    },
    subscribe: (listener) => on(listeners, listener),
  };
}

function on<Said>(listeners: Set<(said: Said) => void>, listener: (said: Said) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function within<Value>(map: Map<string, Value>, key: string, create: (key: string) => Value): Value {
  const found = map.get(key) ?? create(key);
  map.set(key, found);
  return found;
}

function plain(taken: TakenFact["taken"] | null): TakenFact | null {
  return taken === null ? null : { taken, services: "all" };
}

function splitSource(source: string): readonly [string, string] {
  const cut = source.indexOf("/");
  return cut < 0 ? [source, ""] : [source.slice(0, cut), source.slice(cut + 1)];
}
