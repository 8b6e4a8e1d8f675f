import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import type { JsonObject } from "../../domain/json.ts";
import { isPortalError } from "../../domain/portal-error.ts";
import { LATTICE_LISTS, type LatticeFactData, type LatticeFactKind, latticeFactKey } from "../../domain/routes/lattice-fact.ts";
import { LATTICE_TAGS } from "../../domain/routes/lattice-facts.ts";
import type { LatticeRead } from "../../domain/routes/poll-plan.ts";
import type { Context } from "../context.ts";

/** One fact as a read found it. `isWhole` facts are stored even when they say nothing new: they carry the age of what they stand for. */
export type FoundFact = { readonly key: string; readonly data: JsonObject | null; readonly isWhole: boolean };

type Reading = { readonly ctx: Context; readonly account: LatticeAccount; readonly urgent: boolean };

/** What only exists together with its service or group. */
const OF_SERVICE = ["service-tags", "detail", "listeners", "policy", "logs"] as const;
const OF_GROUP = ["group-tags", "targets"] as const;
const OF_NETWORK = ["network-detail", "network-policy"] as const;
const OF_VPC = ["vpc-detail"] as const;

/** Asks Lattice one thing and says it as facts; what is gone comes as null. Throws what the port throws. */
export async function readLattice(reading: Reading, read: LatticeRead): Promise<readonly FoundFact[]> {
  const { ctx, account, urgent } = reading;
  const { lattice } = ctx;
  const options = { signal: ctx.signal, urgent };
  switch (read.type) {
    case "services": {
      const services = await lattice.listServices(account, options);
      return [...listed(reading, "service", services, OF_SERVICE), mark(LATTICE_LISTS.services)];
    }
    case "networks": {
      const networks = await lattice.listServiceNetworks(account, options);
      return [...listed(reading, "network", networks, OF_NETWORK), mark(LATTICE_LISTS.networks)];
    }
    case "groups": {
      const groups = await lattice.listTargetGroups(account, options);
      return [...listed(reading, "group", groups, OF_GROUP), mark(LATTICE_LISTS.groups)];
    }
    case "service-tags":
    case "group-tags": {
      const kind = read.type;
      const type = kind === "service-tags" ? "service" : "target-group";
      const tags = await lattice.listTags(account, { type }, options);
      const items = [...tags].map(([arn, its]) => ({ id: idOf(arn), tags: its }));
      const list = kind === "service-tags" ? LATTICE_LISTS.serviceTags : LATTICE_LISTS.groupTags;
      return [...removed(reading, kind, new Set(items.map(({ id }) => id)), []), ...items.map((item) => tagFact(kind, item)), mark(list)];
    }
    case "associations": {
      const items = await lattice.listServiceAssociations(account, { networkId: read.networkId }, options);
      const isOurs = ({ networkId }: LatticeFactData["association"]) => networkId === read.networkId;
      return [...listed(reading, "association", items, [], isOurs), mark(LATTICE_LISTS.associations(read.networkId))];
    }
    case "vpcs": {
      const items = await lattice.listVpcAssociations(account, read.networkId, options);
      const isOurs = ({ networkId }: LatticeFactData["vpc"]) => networkId === read.networkId;
      return [...listed(reading, "vpc", items, OF_VPC, isOurs), mark(LATTICE_LISTS.vpcs(read.networkId))];
    }
    case "associations-of": {
      const items = await lattice.listServiceAssociations(account, { serviceId: read.serviceId }, options);
      const isOurs = ({ serviceId }: LatticeFactData["association"]) => serviceId === read.serviceId;
      return [...listed(reading, "association", items, [], isOurs), mark(LATTICE_LISTS.associationsOf(read.serviceId))];
    }
    case "detail":
      return readDetail(reading, read.serviceId);
    case "listeners":
      return [whole("listeners", read.serviceId, { items: [...(await lattice.listListeners(account, read.serviceId, options))] })];
    case "policy":
      return [whole("policy", read.serviceId, { policy: await lattice.findAuthPolicy(account, read.serviceId, options) })];
    case "logs":
      return [whole("logs", read.serviceId, { items: [...(await lattice.listAccessLogs(account, read.serviceId, options))] })];
    case "network-detail": {
      const arn = ctx.facts.networkOf(account.id, read.networkId)?.arn ?? null;
      const { readable, value } = await ofOwner(account, arn, lattice.findServiceNetwork(account, read.networkId, options));
      return [whole("network-detail", read.networkId, { readable, detail: value })];
    }
    case "network-policy": {
      const arn = ctx.facts.networkOf(account.id, read.networkId)?.arn ?? null;
      const { readable, value } = await ofOwner(account, arn, lattice.findAuthPolicy(account, read.networkId, options));
      return [whole("network-policy", read.networkId, { readable, policy: value })];
    }
    case "vpc-detail": {
      const arn = ctx.facts.known(account.id, "vpc").get(read.associationId)?.arn ?? null;
      const { readable, value } = await ofOwner(account, arn, lattice.findVpcAssociation(account, read.associationId, options));
      return [whole("vpc-detail", read.associationId, { readable, detail: value })];
    }
    case "targets":
      return readTargets(reading, read.groupId);
    case "pin":
      return readPin(reading, read);
  }
}

/** What is shared by RAM is listed, but only its owner may read all of it: a refusal there is an answer, not a trouble of this account. */
async function ofOwner<Value>(
  account: LatticeAccount,
  arn: string | null,
  asking: Promise<Value | null>,
): Promise<{ readonly readable: boolean; readonly value: Value | null }> {
  try {
    return { readable: true, value: await asking };
  } catch (error) {
    const isForeign = arn !== null && !arn.includes(`:${account.awsAccountId}:`);
    if (isForeign && isPortalError(error) && error.key === "lattice.denied" && error.values.operation !== "AssumeRole")
      return { readable: false, value: null };
    throw error;
  }
}

async function readDetail({ ctx, account, urgent }: Reading, id: string): Promise<readonly FoundFact[]> {
  const detail = await ctx.lattice.findService(account, id, { signal: ctx.signal, urgent });
  if (detail === null) return gone("service", id, OF_SERVICE);
  const { authType: _auth, certificateArn: _certificate, failureCode: _code, failureMessage: _message, ...service } = detail;
  return [item("service", id, service), whole("detail", id, detail)];
}

async function readTargets({ ctx, account, urgent }: Reading, id: string): Promise<readonly FoundFact[]> {
  try {
    return [whole("targets", id, { items: [...(await ctx.lattice.listTargets(account, id, { signal: ctx.signal, urgent }))] })];
  } catch (error) {
    if (isPortalError(error) && error.key === "lattice.missing") return gone("group", id, OF_GROUP);
    throw error;
  }
}

/** The group of one export, found by its tags as the controller finds it: no need to wait for the next list. */
async function readPin({ ctx, account, urgent }: Reading, pin: Extract<LatticeRead, { type: "pin" }>): Promise<readonly FoundFact[]> {
  const tags = {
    [LATTICE_TAGS.clusterName]: pin.clusterName,
    [LATTICE_TAGS.serviceNamespace]: pin.namespace,
    [LATTICE_TAGS.serviceName]: pin.exportName,
  };
  const options = { signal: ctx.signal, urgent };
  const facts: FoundFact[] = [];
  for (const [arn, its] of await ctx.lattice.listTags(account, { type: "target-group", tags }, options)) {
    const group = await ctx.lattice.findTargetGroup(account, arn, options);
    // The tagging API still knows groups that are gone.
    if (group !== null) facts.push(item("group", group.id, group), tagFact("group-tags", { id: group.id, tags: its }));
  }
  return [...facts, mark(LATTICE_LISTS.pin(pin))];
}

/** The items of a whole list, and null for those it no longer has, with what belonged to them. */
function listed<Kind extends LatticeFactKind>(
  reading: Reading,
  kind: Kind,
  items: readonly (LatticeFactData[Kind] & { readonly id: string } & JsonObject)[],
  dependents: readonly LatticeFactKind[],
  isOurs: (value: LatticeFactData[Kind]) => boolean = () => true,
): readonly FoundFact[] {
  const present = new Set(items.map(({ id }) => id));
  return [...removed(reading, kind, present, dependents, isOurs), ...items.map((one) => item(kind, one.id, one))];
}

function removed<Kind extends LatticeFactKind>(
  { ctx, account }: Reading,
  kind: Kind,
  present: ReadonlySet<string>,
  dependents: readonly LatticeFactKind[],
  isOurs: (value: LatticeFactData[Kind]) => boolean = () => true,
): readonly FoundFact[] {
  return [...ctx.facts.known(account.id, kind)].flatMap(([id, value]) =>
    present.has(id) || !isOurs(value) ? [] : gone(kind, id, dependents),
  );
}

function gone(kind: LatticeFactKind, id: string, dependents: readonly LatticeFactKind[]): readonly FoundFact[] {
  return [...dependents, kind].map((one) => ({ key: latticeFactKey(one, id), data: null, isWhole: false }));
}

function item(kind: LatticeFactKind, id: string, data: JsonObject): FoundFact {
  return { key: latticeFactKey(kind, id), data, isWhole: false };
}

function whole(kind: LatticeFactKind, id: string, data: JsonObject): FoundFact {
  return { key: latticeFactKey(kind, id), data, isWhole: true };
}

function mark(list: string): FoundFact {
  return whole("list", list, {});
}

function tagFact(
  kind: "service-tags" | "group-tags",
  { id, tags }: { readonly id: string; readonly tags: Readonly<Record<string, string>> },
): FoundFact {
  return item(kind, id, { tags: { ...tags } });
}

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
