import type { JsonObject } from "../../domain/json.ts";
import type { LatticeFactData, LatticeFactKind } from "../../domain/routes/lattice-fact.ts";
import type {
  LatticeHealth,
  LatticeNetwork,
  LatticeService,
  LatticeServiceAssociation,
  LatticeTargetGroup,
  LatticeVpcAssociation,
  Seen,
} from "../../domain/routes/lattice-facts.ts";
import type { ObservedServiceNetwork } from "../../domain/routes/observed-network.ts";
import type { ObservedLattice, ObservedProvider, RouteEvent } from "../../domain/routes/observed-route.ts";
import type { PollState } from "../../domain/routes/poll-plan.ts";

/** One saved fact, as the database or the poller of this process hands it over. */
export type Fact = { readonly source: string; readonly key: string; readonly data: JsonObject | null; readonly at: Date };

/** What a route's page needs of Lattice: the service by its name, and the exports its imports pin. */
export type RouteQuestion = {
  readonly account: string;
  readonly serviceName: string;
  readonly network: string | null;
  readonly pins: readonly {
    readonly importName: string;
    readonly clusterName: string;
    readonly namespace: string;
    readonly exportName: string;
  }[];
};

/** Facts of one source that are newer than before. */
export type FactChange = {
  readonly source: string;
  readonly keys: readonly string[];
  /** Lattice: names of the services whose `latticeOf` says something else now; `all` when every route of the source may. */
  readonly services: readonly string[] | "all";
  /** Nothing says anything else, it is only fresher. */
  readonly agesOnly: boolean;
};

/** Everything that was read of one account's Lattice, item by item; each as fresh as itself or as the last whole list it stands in. */
export type AccountReading = {
  readonly find: <Kind extends LatticeFactKind>(kind: Kind, id: string) => Seen<LatticeFactData[Kind]> | null;
  readonly ids: (kind: LatticeFactKind) => readonly string[];
  readonly serviceIdOf: (serviceName: string) => string | null;
  /** A group with its tags. */
  readonly group: (id: string) => Seen<LatticeTargetGroup> | null;
  /** Null while neither the service's own list nor one of its networks' lists was ever whole. */
  readonly associationsOf: (serviceId: string) => Seen<readonly LatticeServiceAssociation[]> | null;
  /** Ids of groups that say that this service uses them. */
  readonly groupsOf: (serviceArn: string) => readonly string[];
};

/** Somebody waits for one service: a page is open, or a delivery has just changed it. */
export type Attention = { readonly attended: boolean; readonly wantedAt: Date | null };

/**
 * What other systems said last, in memory, fed by the pollers of this process and by what other replicas saved. Old facts stay with their
 * age; nothing is ever invented. Malformed facts are dropped and counted (`trellis_facts_dropped_total`).
 */
export interface FactStore {
  /** Facts older than what is known change nothing; the order of arrival is of no account. Returns those that say something new. */
  take(facts: readonly Fact[]): readonly Fact[];
  /** The slice of one account's Lattice that a route is about, in time that depends on the route's size only; null while nobody ever tried to read that account. */
  latticeOf(question: RouteQuestion): ObservedLattice | null;
  /** The same slice of a service that no route names, by its id; associations are all that is known of one that another account owns and has not shared. */
  latticeOfService(account: string, serviceId: string): ObservedLattice | null;
  /** Services that stand in some network's list of associations, by id, with what that list says of them. */
  associatedServices(account: string): ReadonlyMap<string, readonly LatticeServiceAssociation[]>;
  /** How reading the account goes; null while nobody ever tried. */
  health(account: string): LatticeHealth | null;
  /** When the oldest of the lists was read that everything else is judged by; null while one never was. */
  listsAt(account: string): Date | null;
  /** Accounts of which anything was ever said, sorted. */
  accounts(): readonly string[];
  /** Null while nobody ever tried to read that account. */
  reading(account: string): AccountReading | null;
  /** Everything of one kind that is known of an account, by id; for the poller, which must notice what is gone. */
  known<Kind extends LatticeFactKind>(account: string, kind: Kind): ReadonlyMap<string, LatticeFactData[Kind]>;
  /** Whole lists; null while the list was never whole. */
  services(account: string): Seen<readonly LatticeService[]> | null;
  networks(account: string): Seen<readonly LatticeNetwork[]> | null;
  targetGroups(account: string): Seen<readonly LatticeTargetGroup[]> | null;
  /** By the network's name. */
  vpcAssociations(account: string, network: string): Seen<readonly LatticeVpcAssociation[]> | null;
  /** A service network with its auth type, policy and VPC associations, by its id; null when nobody knows it. */
  networkOf(account: string, networkId: string): ObservedServiceNetwork | null;
  provider(destination: string): ObservedProvider | undefined;
  /** Events about one object of one cluster, newest first, at most 50. */
  events(cluster: string, object: { readonly kind: string; readonly namespace: string; readonly name: string }): readonly RouteEvent[];
  /** Somebody looks at this service now: it is read at once, then every 15 s until the returned function is called. */
  attend(account: string, serviceName: string): () => void;
  /** Attended in this process or, as far as the last 30 s say, in another replica. */
  attended(account: string): ReadonlySet<string>;
  /** The service was just changed: whatever was read of it before now does not count and is read again at once, within the budget. */
  want(account: string, serviceName: string): void;
  /** Called when this process or another replica begins to attend or want something. */
  subscribeAttention(listener: (account: string) => void): () => void;
  /** What this process attends and wants, as facts for other replicas (source `attention/<account>`). */
  attentionFacts(): readonly Fact[];
  /** What is known and asked for, for the poller; `unsettled` names services whose routes are on their way or in trouble. */
  pollState(account: string, unsettled: ReadonlySet<string>): PollState;
  /** Called after facts of a source changed or grew fresher: at most one call of each kind per source and `take`. */
  subscribe(listener: (change: FactChange) => void): () => void;
}
