import { createCollection } from "./collection.ts";
import type {
  AccessLogRecord,
  CertificateRecord,
  ListenerRecord,
  RegionFile,
  ServiceAssociationRecord,
  ServiceNetworkRecord,
  ServiceRecord,
  TargetGroupRecord,
  TicketRecord,
  VpcAssociationRecord,
} from "./records.ts";
import { createTagStore } from "./tag-store.ts";

export type LifecycleRecord = ServiceRecord | TargetGroupRecord | ServiceAssociationRecord | VpcAssociationRecord;

/** What one AWS account holds in one Region. */
export function createRegionStore(place: { account: string; region: string }, kept: RegionFile | null = null) {
  const store = {
    account: place.account,
    region: place.region,
    networks: createCollection<ServiceNetworkRecord, "name">({ name: (one) => one.name }),
    services: createCollection<ServiceRecord, "name">({ name: (one) => one.name }),
    targetGroups: createCollection<TargetGroupRecord, "name">({ name: (one) => one.name }),
    serviceAssociations: createCollection<ServiceAssociationRecord, "service" | "network">({
      service: (one) => one.serviceId,
      network: (one) => one.networkId,
    }),
    vpcAssociations: createCollection<VpcAssociationRecord, "vpc" | "network">({
      vpc: (one) => one.vpcId,
      network: (one) => one.networkId,
    }),
    accessLogs: createCollection<AccessLogRecord, "resource">({ resource: (one) => one.resourceId }),
    tags: createTagStore(),
    tickets: new Map<string, TicketRecord>(),
    certificates: [] as CertificateRecord[],
    /** Records whose deletion has begun. */
    leaving: new Set<LifecycleRecord>(),
    /** Which groups the rules of a service name: what `usedBy` says, from the other side. */
    groupsOfService: new Map<string, ReadonlySet<string>>(),
    nextSeq: 1,
  };
  if (kept) fill(store, kept);
  return store;
}
export type RegionStore = ReturnType<typeof createRegionStore>;

/** Takes out what is gone by now; `stays` tells of a deletion that was made to fail. Answers whether anything went. */
export function sweepGone(store: RegionStore, now: number, stays: (record: LifecycleRecord) => boolean): boolean {
  let swept = false;
  for (const record of store.leaving) {
    if (record.goneAt === null || record.goneAt > now || stays(record)) continue;
    store.leaving.delete(record);
    forget(store, record);
    swept = true;
  }
  return swept;
}

/** Drops the tags of a listener and of its rules. */
export function forgetListenerTags(store: RegionStore, listener: ListenerRecord): void {
  store.tags.remove(listener.arn);
  for (const rule of listener.rules) store.tags.remove(rule.arn);
}

function forget(store: RegionStore, record: LifecycleRecord): void {
  store.tags.remove(record.arn);
  if ("listeners" in record) {
    for (const log of store.accessLogs.by("resource", record.id)) {
      store.accessLogs.remove(log);
      store.tags.remove(log.arn);
    }
    store.groupsOfService.delete(record.id);
    store.services.remove(record);
  } else if ("targets" in record) store.targetGroups.remove(record);
  else if ("vpcId" in record) store.vpcAssociations.remove(record);
  else store.serviceAssociations.remove(record);
}

function fill(store: RegionStore, kept: RegionFile): void {
  const lifecycle: LifecycleRecord[] = [];
  for (const one of kept.networks) store.networks.add(one);
  for (const one of kept.services) lifecycle.push(added(store.services, one));
  for (const one of kept.targetGroups) {
    const targets = new Map(one.targets.map((target) => [`${target.id}:${target.port}`, target]));
    lifecycle.push(added(store.targetGroups, { ...one, targets }));
    if (one.usedBy) {
      const groups = store.groupsOfService.get(one.usedBy.serviceId) ?? [];
      store.groupsOfService.set(one.usedBy.serviceId, new Set([...groups, one.id]));
    }
  }
  for (const one of kept.serviceAssociations) lifecycle.push(added(store.serviceAssociations, one));
  for (const one of kept.vpcAssociations) lifecycle.push(added(store.vpcAssociations, one));
  for (const one of kept.accessLogs) store.accessLogs.add(one);
  for (const one of kept.tags) store.tags.create(one.arn, one.seq, one.tags);
  for (const one of kept.tickets) store.tickets.set(one.token, one);
  store.certificates = kept.certificates;
  for (const record of lifecycle) if (record.goneAt !== null) store.leaving.add(record);
  const targets = kept.targetGroups.flatMap((group) => group.targets);
  const inner = kept.services.flatMap((service) => service.listeners.flatMap((listener) => [listener, ...listener.rules]));
  const numbered = [...kept.networks, ...lifecycle, ...kept.accessLogs, ...kept.tags, ...targets, ...inner];
  store.nextSeq = numbered.reduce((highest, { seq }) => Math.max(highest, seq), 0) + 1;
}

function added<Item>(collection: { add: (item: Item) => void }, item: Item): Item {
  collection.add(item);
  return item;
}

/** The same as the file keeps it. */
export function regionFile(store: RegionStore): RegionFile {
  return {
    account: store.account,
    region: store.region,
    networks: [...store.networks.all()],
    services: [...store.services.all()],
    targetGroups: [...store.targetGroups.all()].map((group) => ({ ...group, targets: [...group.targets.values()] })),
    serviceAssociations: [...store.serviceAssociations.all()],
    vpcAssociations: [...store.vpcAssociations.all()],
    accessLogs: [...store.accessLogs.all()],
    tags: [...store.tags.all()].map(({ arn, seq, tags }) => ({ arn, seq, tags: { ...tags } })),
    certificates: store.certificates,
    tickets: [...store.tickets.values()],
  };
}
