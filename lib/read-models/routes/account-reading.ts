import { LATTICE_LISTS, type LatticeFactData, type LatticeFactKind } from "../../domain/routes/lattice-fact.ts";
import type { LatticeServiceAssociation, Seen } from "../../domain/routes/lattice-facts.ts";
import { type AccountFacts, later, seenAt } from "./account-facts.ts";
import type { AccountReading } from "./fact-store.ts";
import { groupOf } from "./observe-lattice.ts";

/** What topology and directory read: all of an account, not one route's slice of it. */
export function accountReading(facts: AccountFacts): AccountReading {
  return {
    find: (kind, id) => {
      const seen = findFact(facts, kind, id);
      return seen === null ? null : seenAt(seen, wholeAt(facts, kind, seen.value));
    },
    ids: (kind) => [...facts.kept[kind].entries()].map(([id]) => id),
    serviceIdOf: (name) => facts.idOfService.get(name) ?? null,
    group: (id) => groupOf(facts, id),
    associationsOf(serviceId) {
      const value = [...facts.associationsOf.of(serviceId)].flatMap((id) => facts.kept.association.get(id)?.value ?? []);
      const at = associationsAt(facts, serviceId, value);
      return at === null ? null : { value, at };
    },
    groupsOf: (serviceArn) => [...facts.groupsOfService.of(serviceArn)],
  };
}

function findFact<Kind extends LatticeFactKind>({ kept }: AccountFacts, kind: Kind, id: string): Seen<LatticeFactData[Kind]> | null {
  return kept[kind].get(id) ?? null;
}

function wholeAt(facts: AccountFacts, kind: LatticeFactKind, value: object): Date | null {
  if (kind === "service") return facts.listAt(LATTICE_LISTS.services);
  if (kind === "network") return facts.listAt(LATTICE_LISTS.networks);
  if (kind === "service-tags") return facts.listAt(LATTICE_LISTS.serviceTags);
  if (kind === "vpc" && "networkId" in value) return facts.listAt(LATTICE_LISTS.vpcs(String(value.networkId)));
  return null;
}

/** Where no association is known, that counts from when the oldest of the networks' lists was whole: it stands in none of them. */
function associationsAt(facts: AccountFacts, serviceId: string, found: readonly LatticeServiceAssociation[]): Date | null {
  const own = facts.listAt(LATTICE_LISTS.associationsOf(serviceId));
  const networks = found.length > 0 ? found.map(({ networkId }) => networkId) : [...facts.kept.network.entries()].map(([id]) => id);
  const times = networks.map((id) => facts.listAt(LATTICE_LISTS.associations(id)));
  if (networks.length === 0 || times.some((time) => time === null)) return own;
  return later(own, new Date(Math.min(...times.map((time) => time?.getTime() ?? 0))));
}
