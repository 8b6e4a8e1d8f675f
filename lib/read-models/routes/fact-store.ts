import type { ObservedLattice, ObservedProvider, RouteEvent } from "../../domain/routes/observed-route.ts";
import type { LatticeNetwork, LatticeService, LatticeTargetGroup, LatticeVpcAssociation, Seen } from "../../domain/routes/lattice-facts.ts";
import type { JsonObject } from "../../domain/json.ts";

/** One saved fact, as the database or the poller of this process hands it over. */
export type Fact = { readonly source: string; readonly key: string; readonly data: JsonObject | null; readonly at: Date };

/** What a route's page needs of Lattice: the service by its name, and the exports its imports pin. */
export type RouteQuestion = {
  readonly account: string;
  readonly serviceName: string;
  readonly network: string | null;
  readonly pins: readonly { readonly importName: string; readonly clusterName: string; readonly namespace: string; readonly exportName: string }[];
};

/**
 * What other systems said last, in memory, fed by the pollers of this process and by what other replicas saved. Old facts stay with their
 * age; nothing is ever invented. Malformed facts are dropped and counted.
 */
export interface FactStore {
  take(facts: readonly Fact[]): void;
  /** The slice of one account's Lattice that a route is about; null while that account was never read. */
  latticeOf(question: RouteQuestion): ObservedLattice | null;
  services(account: string): Seen<readonly LatticeService[]> | null;
  networks(account: string): Seen<readonly LatticeNetwork[]> | null;
  targetGroups(account: string): Seen<readonly LatticeTargetGroup[]> | null;
  vpcAssociations(account: string, network: string): Seen<readonly LatticeVpcAssociation[]> | null;
  provider(destination: string): ObservedProvider | undefined;
  /** Events about one object of one cluster, newest first, at most 50. */
  events(cluster: string, object: { readonly kind: string; readonly namespace: string; readonly name: string }): readonly RouteEvent[];
  /** Somebody looks at this service now: the poller reads it every 15 s until the returned function is called. */
  attend(account: string, serviceName: string): () => void;
  attended(account: string): ReadonlySet<string>;
  /** Called with the source after facts of it changed; `keys` are the facts' keys. */
  subscribe(listener: (change: { readonly source: string; readonly keys: readonly string[] }) => void): () => void;
}
