import { LATTICE_LISTS, type LatticeFact, type LatticeFactData, type LatticeFactKind } from "../../domain/routes/lattice-fact.ts";
import { LATTICE_TAGS, type LatticeServiceAssociation, type LatticeVpcAssociation, type Seen } from "../../domain/routes/lattice-facts.ts";
import type { ObservedServiceNetwork } from "../../domain/routes/observed-network.ts";
import type { RouteQuestion } from "./fact-store.ts";
import { createIndex, createKeptFacts, type KeptFacts, type Taken } from "./kept-facts.ts";

export type Pin = { readonly clusterName: string; readonly namespace: string; readonly exportName: string };
export type TakenFact = { readonly taken: Taken; readonly services: readonly string[] | "all" };

/** Facts of one account with the indexes over them: groups by the export they are tagged with, associations by service, VPCs by network. */
export type AccountFacts = ReturnType<typeof createAccountFacts>;

export function createAccountFacts() {
  const idOfService = new Map<string, string>();
  const idOfNetwork = new Map<string, string>();
  const nameOfServiceArn = new Map<string, string>();
  const associationsOf = createIndex();
  const vpcsOf = createIndex();
  const groupsOfExport = createIndex();
  const groupsOfService = createIndex();
  const waitingForExport = createIndex();
  const publishedIn = createIndex();
  const associationsIn = createIndex();
  const questions = new Map<string, RouteQuestion>();
  const networksSeen = new Map<string, ObservedServiceNetwork>();

  const kept: { readonly [Kind in LatticeFactKind]: KeptFacts<LatticeFactData[Kind]> } = {
    health: createKeptFacts<LatticeFactData["health"]>(),
    list: createKeptFacts<LatticeFactData["list"]>(),
    service: createKeptFacts<LatticeFactData["service"]>((id, before, after) => {
      if (before !== undefined) {
        if (idOfService.get(before.name) === id) idOfService.delete(before.name);
        nameOfServiceArn.delete(before.arn);
      }
      if (after === undefined) return;
      idOfService.set(after.name, id);
      nameOfServiceArn.set(after.arn, after.name);
    }),
    network: createKeptFacts<LatticeFactData["network"]>((id, before, after) => {
      if (before !== undefined && idOfNetwork.get(before.name) === id) idOfNetwork.delete(before.name);
      if (after !== undefined) idOfNetwork.set(after.name, id);
    }),
    association: createKeptFacts<LatticeServiceAssociation>((id, before, after) => {
      if (before !== undefined) {
        associationsOf.remove(before.serviceId, id);
        associationsIn.remove(before.networkId, id);
      }
      if (after === undefined) return;
      associationsOf.add(after.serviceId, id);
      associationsIn.add(after.networkId, id);
    }),
    vpc: createKeptFacts<LatticeVpcAssociation>((id, before, after) => {
      if (before !== undefined) vpcsOf.remove(before.networkId, id);
      if (after !== undefined) vpcsOf.add(after.networkId, id);
    }),
    group: createKeptFacts<LatticeFactData["group"]>((id, before, after) => {
      for (const arn of before?.serviceArns ?? []) groupsOfService.remove(arn, id);
      for (const arn of after?.serviceArns ?? []) groupsOfService.add(arn, id);
    }),
    "service-tags": createKeptFacts<LatticeFactData["service-tags"]>(),
    "group-tags": createKeptFacts<LatticeFactData["group-tags"]>((id, before, after) => {
      const [was, is] = [exportIn(before?.tags), exportIn(after?.tags)];
      if (was !== null) groupsOfExport.remove(was, id);
      if (is !== null) groupsOfExport.add(is, id);
    }),
    targets: createKeptFacts<LatticeFactData["targets"]>(),
    detail: createKeptFacts<LatticeFactData["detail"]>(),
    listeners: createKeptFacts<LatticeFactData["listeners"]>(),
    policy: createKeptFacts<LatticeFactData["policy"]>(),
    logs: createKeptFacts<LatticeFactData["logs"]>(),
    "network-detail": createKeptFacts<LatticeFactData["network-detail"]>(),
    "network-policy": createKeptFacts<LatticeFactData["network-policy"]>(),
    "vpc-detail": createKeptFacts<LatticeFactData["vpc-detail"]>(),
  };

  const nameOfService = (id: string): readonly string[] => {
    const name = kept.service.get(id)?.value.name;
    return name === undefined ? [] : [name];
  };
  /** Services that are associated with the network, and services whose routes name it. */
  const servicesOfNetwork = (id: string): readonly string[] => {
    const name = kept.network.get(id)?.value.name;
    const associated = [...associationsIn.of(id)].flatMap((one) => nameOfService(kept.association.get(one)?.value.serviceId ?? ""));
    return [...(name === undefined ? [] : publishedIn.of(name)), ...associated];
  };
  /** Services that use the group, and services whose routes pin its export. */
  const servicesOfGroup = (id: string): readonly string[] => {
    const users = (kept.group.get(id)?.value.serviceArns ?? []).flatMap((arn) => nameOfServiceArn.get(arn) ?? []);
    const pinned = exportIn(kept["group-tags"].get(id)?.value.tags);
    return [...users, ...(pinned === null ? [] : waitingForExport.of(pinned))];
  };

  function affectedByList(list: string): readonly string[] | "all" {
    if (list.startsWith("pin/")) return [];
    const own = LATTICE_LISTS.associationsOf("");
    return list.startsWith(own) ? nameOfService(list.slice(own.length)) : "all";
  }

  function affected(fact: LatticeFact): readonly string[] | "all" {
    switch (fact.kind) {
      case "health":
        return "all";
      case "list":
        return affectedByList(fact.id);
      case "association":
        return nameOfService(kept.association.get(fact.id)?.value.serviceId ?? "");
      case "vpc":
      case "vpc-detail":
        return servicesOfNetwork(kept.vpc.get(fact.id)?.value.networkId ?? "");
      case "network":
      case "network-detail":
      case "network-policy":
        return servicesOfNetwork(fact.id);
      case "group":
      case "group-tags":
      case "targets":
        return servicesOfGroup(fact.id);
      case "service":
      case "service-tags":
      case "detail":
      case "listeners":
      case "policy":
      case "logs":
        return nameOfService(fact.id);
    }
  }

  /** Remembers what a route asks about: from then on changes name its service, and the poller looks for the exports it pins. */
  function remember(question: RouteQuestion): void {
    const before = questions.get(question.serviceName);
    if (before !== undefined && isSameQuestion(before, question)) return;
    const { serviceName } = question;
    for (const pin of before?.pins ?? []) waitingForExport.remove(exportKey(pin), serviceName);
    if (before?.network !== undefined && before.network !== null) publishedIn.remove(before.network, serviceName);
    for (const pin of question.pins) waitingForExport.add(exportKey(pin), serviceName);
    if (question.network !== null) publishedIn.add(question.network, serviceName);
    questions.set(serviceName, question);
  }

  return {
    kept,
    idOfService,
    idOfNetwork,
    associationsOf,
    vpcsOf,
    groupsOfExport,
    groupsOfService,
    questions,
    /** What `observeNetwork` made, until a fact about networks comes in. */
    networksSeen,
    servicesOfGroup,
    remember,
    listAt: (list: string): Date | null => kept.list.get(list)?.at ?? null,
    /** When the associations of a service were last whole: by the service's own list or by its network's. */
    associationsAt(serviceId: string, networkId: string | undefined): Date | null {
      const own = kept.list.get(LATTICE_LISTS.associationsOf(serviceId))?.at ?? null;
      const network = networkId === undefined ? null : (kept.list.get(LATTICE_LISTS.associations(networkId))?.at ?? null);
      return later(own, network);
    },
    /** `services` are those of before and after: an association that is gone still names its service. */
    take(fact: LatticeFact, at: Date): TakenFact {
      const before = affected(fact);
      const wasReading = howReading(kept.health.get(fact.id)?.value);
      const taken = takeKind(kept, fact, at);
      if (OF_NETWORKS.has(fact.kind)) networksSeen.clear();
      // That the pass went on is no news; a denial or a throttle is.
      if (fact.kind === "health" && taken === "changed" && wasReading === howReading(fact.data ?? undefined))
        return { taken: "aged", services: "all" };
      const after = affected(fact);
      if (before === "all" || after === "all") return { taken, services: "all" };
      return { taken, services: [...before, ...after] };
    },
  };
}

/** The export a group was made for; null when its tags do not say. */
function exportIn(tags: Readonly<Record<string, string>> | undefined): string | null {
  const clusterName = tags?.[LATTICE_TAGS.clusterName];
  const namespace = tags?.[LATTICE_TAGS.serviceNamespace];
  const exportName = tags?.[LATTICE_TAGS.serviceName];
  if (clusterName === undefined || namespace === undefined || exportName === undefined) return null;
  return exportKey({ clusterName, namespace, exportName });
}

export function exportKey({ clusterName, namespace, exportName }: Pin): string {
  return `${clusterName} ${namespace} ${exportName}`;
}

export function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

export function seenAt<Value>(seen: Seen<Value>, at: Date | null): Seen<Value> {
  return at !== null && at > seen.at ? { value: seen.value, at } : seen;
}

function howReading(health: LatticeFactData["health"] | undefined): string {
  return health === undefined ? "" : `${health.error ?? ""} ${health.callsPerSecond} ${health.throttledUntil === null}`;
}

/** An association names networks that no list holds; a list says how old the rest is. */
const OF_NETWORKS: ReadonlySet<LatticeFactKind> = new Set([
  "list",
  "network",
  "network-detail",
  "network-policy",
  "vpc",
  "vpc-detail",
  "association",
]);

type Keeps = { readonly [Kind in LatticeFactKind]: KeptFacts<LatticeFactData[Kind]> };

// Safe: `fact.data` belongs to `fact.kind` by the type of LatticeFact; the compiler cannot follow the pair through a lookup.
function takeKind(kept: Keeps, fact: LatticeFact, at: Date): Taken {
  const keep = kept[fact.kind] as { take(id: string, value: LatticeFact["data"], at: Date): Taken };
  return keep.take(fact.id, fact.data, at);
}

function isSameQuestion(one: RouteQuestion, other: RouteQuestion): boolean {
  return one === other || (one.network === other.network && JSON.stringify(one.pins) === JSON.stringify(other.pins));
}
