import { HEALTH_KEY, LATTICE_LISTS } from "../../domain/routes/lattice-fact.ts";
import type { LatticeListener, LatticeTargetGroup, Seen } from "../../domain/routes/lattice-facts.ts";
import type { ObservedServiceNetwork } from "../../domain/routes/observed-network.ts";
import type { ObservedLattice } from "../../domain/routes/observed-route.ts";
import { type AccountFacts, exportKey, later, seenAt } from "./account-facts.ts";
import type { RouteQuestion } from "./fact-store.ts";

const HEALTH_ID = HEALTH_KEY.slice(HEALTH_KEY.indexOf("/") + 1);
const UNREAD = { callsPerSecond: 0, throttledUntil: null, lastPassAt: null, error: null } as const;

/** One route's slice of its account. An item is as fresh as itself or as the last whole list it stands in, whichever is newer. */
export function observeLattice(facts: AccountFacts, question: RouteQuestion): ObservedLattice {
  return observe(facts, { ...question, id: facts.idOfService.get(question.serviceName) });
}

/** The same of a service by its id: no exports are pinned, and its networks are not known beforehand. */
export function observeService(facts: AccountFacts, account: string, id: string): ObservedLattice {
  const seen = observe(facts, { account, network: null, pins: [], id });
  // Where the service's own list was never read, that of its networks says it.
  const associations = [...facts.associationsOf.of(id)].flatMap((one) => facts.kept.association.get(one)?.value ?? []);
  const times = associations.flatMap(({ networkId }) => facts.associationsAt(id, networkId) ?? []);
  const at = times.length === 0 ? null : new Date(Math.min(...times.map((time) => time.getTime())));
  return { ...seen, associations: seen.associations ?? (at === null ? null : { value: associations, at }) };
}

type Slice = Pick<RouteQuestion, "account" | "network" | "pins"> & { readonly id: string | undefined };

function observe(facts: AccountFacts, { id, ...question }: Slice): ObservedLattice {
  const { kept, listAt } = facts;
  const servicesAt = listAt(LATTICE_LISTS.services);
  const networkId = question.network === null ? undefined : facts.idOfNetwork.get(question.network);
  const service = id === undefined ? undefined : kept.service.get(id);
  const listeners = id === undefined ? undefined : kept.listeners.get(id);
  const policy = id === undefined ? undefined : kept.policy.get(id);
  return {
    account: question.account,
    health: kept.health.get(HEALTH_ID)?.value ?? UNREAD,
    servicesAt,
    service: service === undefined ? null : seenAt(service, servicesAt),
    detail: (id === undefined ? undefined : kept.detail.get(id)) ?? null,
    tags: id === undefined ? null : tagsOf(facts, id),
    associations: id === undefined ? null : associationsOf(facts, id, networkId),
    listeners: items(listeners),
    policy: policy === undefined ? null : { value: policy.value.policy, at: policy.at },
    accessLogs: items(id === undefined ? undefined : kept.logs.get(id)),
    networks: networksOf(facts, id, networkId),
    groups: groupsOf(facts, question, listeners?.value.items ?? []),
  };
}

/** Where it is associated, and where it should be. */
function networksOf(facts: AccountFacts, id: string | undefined, networkId: string | undefined): ObservedLattice["networks"] {
  const associated = id === undefined ? [] : [...facts.associationsOf.of(id)];
  const ids = associated.flatMap((one) => facts.kept.association.get(one)?.value.networkId ?? []);
  return [...new Set([...(networkId === undefined ? [] : [networkId]), ...ids])].flatMap((one) => observeNetwork(facts, one) ?? []);
}

export function vpcsOf({ kept, vpcsOf: index, listAt }: AccountFacts, networkId: string): ObservedServiceNetwork["vpcs"] {
  const at = listAt(LATTICE_LISTS.vpcs(networkId));
  if (at === null) return null;
  return { value: [...index.of(networkId)].flatMap((id) => kept.vpc.get(id)?.value ?? []), at };
}

/** A network with what only it and its associations tell. All services of a network share one, until something of it is read again. */
export function observeNetwork(facts: AccountFacts, id: string): ObservedServiceNetwork | null {
  const known = facts.networksSeen.get(id);
  if (known !== undefined) return known;
  const seen = lookAtNetwork(facts, id);
  if (seen !== null) facts.networksSeen.set(id, seen);
  return seen;
}

function lookAtNetwork(facts: AccountFacts, id: string): ObservedServiceNetwork | null {
  const { kept } = facts;
  const network = kept.network.get(id)?.value;
  // One of another account that was not listed here is known by its associations only.
  const name = network?.name ?? [...kept.association.entries()].find(([, { value }]) => value.networkId === id)?.[1].value.networkName;
  if (name === undefined) return null;
  const detail = kept["network-detail"].get(id);
  const policy = kept["network-policy"].get(id);
  const vpcs = vpcsOf(facts, id);
  const details = (vpcs?.value ?? []).flatMap((vpc) => {
    const seen = kept["vpc-detail"].get(vpc.id);
    return seen?.value.detail == null ? [] : [[vpc.id, { value: seen.value.detail, at: seen.at }] as const];
  });
  return {
    id,
    name,
    arn: network?.arn ?? detail?.value.detail?.arn ?? null,
    vpcs,
    detail: detail?.value.detail == null ? null : { value: detail.value.detail, at: detail.at },
    policy: policy === undefined || !policy.value.readable ? null : { value: policy.value.policy, at: policy.at },
    vpcDetails: new Map(details),
  };
}

/** A group with its tags, as fresh as the list of groups. */
export function groupOf({ kept, listAt }: AccountFacts, id: string): Seen<LatticeTargetGroup> | null {
  const group = kept.group.get(id);
  if (group === undefined) return null;
  const tags = kept["group-tags"].get(id)?.value.tags ?? {};
  return seenAt({ value: { ...group.value, tags }, at: group.at }, listAt(LATTICE_LISTS.groups));
}

function associationsOf(facts: AccountFacts, serviceId: string, networkId: string | undefined): ObservedLattice["associations"] {
  const at = facts.associationsAt(serviceId, networkId);
  if (at === null) return null;
  return { value: [...facts.associationsOf.of(serviceId)].flatMap((id) => facts.kept.association.get(id)?.value ?? []), at };
}

function tagsOf({ kept, listAt }: AccountFacts, id: string): ObservedLattice["tags"] {
  const tags = kept["service-tags"].get(id);
  if (tags === undefined) return null;
  return { value: tags.value.tags, at: later(tags.at, listAt(LATTICE_LISTS.serviceTags)) ?? tags.at };
}

/** First the group each import pins, then those that only a rule names. */
function groupsOf(
  facts: AccountFacts,
  { pins }: Pick<RouteQuestion, "pins">,
  listeners: readonly LatticeListener[],
): ObservedLattice["groups"] {
  const pinned = pins.flatMap((pin) => [...facts.groupsOfExport.of(exportKey(pin))].map((id) => ({ id, importName: pin.importName })));
  const known = new Set(pinned.map(({ id }) => id));
  const named = new Set(listeners.flatMap(({ rules }) => rules.flatMap(({ action }) => action.forward.map((one) => one.targetGroupId))));
  const others = [...named].filter((id) => !known.has(id)).map((id) => ({ id, importName: null }));
  return [...pinned, ...others].flatMap(({ id, importName }) => {
    const group = groupOf(facts, id);
    return group === null ? [] : [{ group, targets: items(facts.kept.targets.get(id)), importName }];
  });
}

function items<Item>(seen: Seen<{ readonly items: readonly Item[] }> | undefined): Seen<readonly Item[]> | null {
  return seen === undefined ? null : { value: seen.value.items, at: seen.at };
}
