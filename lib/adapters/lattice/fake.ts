import { PortalError } from "../../domain/portal-error.ts";
import type {
  LatticeAccessLog,
  LatticeAuthPolicy,
  LatticeListener,
  LatticeNetwork,
  LatticeServiceAssociation,
  LatticeServiceDetail,
  LatticeTarget,
  LatticeTargetGroup,
  LatticeVpcAssociation,
  LatticeVpcAssociationDetail,
} from "../../domain/routes/lattice-facts.ts";
import type { LatticeAccount, LatticeCallOptions, LatticePort } from "./port.ts";

export type FakeCall = {
  readonly operation: keyof LatticePort;
  readonly account: string;
  readonly subject: string | null;
  readonly urgent: boolean;
};
/** Which calls go wrong; absent members fit any. */
export type FakeFault = { readonly operation?: keyof LatticePort; readonly subject?: string; readonly times?: number };

type ServiceFacts = Partial<Omit<LatticeServiceDetail, "id">> & {
  readonly listeners?: readonly LatticeListener[];
  readonly policy?: LatticeAuthPolicy | null;
  readonly logs?: readonly LatticeAccessLog[];
  readonly tags?: Readonly<Record<string, string>>;
};

/** The controls of an in-memory Lattice for tests of use cases: one AWS, the same for every account. */
export type FakeLattice = LatticePort & {
  readonly calls: FakeCall[];
  /** Adds or changes; what is left out stays, or gets a plain value at first. */
  setService(id: string, facts?: ServiceFacts): void;
  removeService(id: string): void;
  setNetwork(
    id: string,
    facts?: Partial<Pick<LatticeNetwork, "name">> & { readonly authType?: string; readonly policy?: LatticeAuthPolicy | null },
  ): void;
  setAssociation(association: LatticeServiceAssociation): void;
  removeAssociation(id: string): void;
  setVpc(association: LatticeVpcAssociation & Partial<LatticeVpcAssociationDetail>): void;
  setGroup(id: string, facts?: Partial<Omit<LatticeTargetGroup, "id">>): void;
  removeGroup(id: string): void;
  setTargets(groupId: string, targets: readonly LatticeTarget[]): void;
  /** By account: the part of its budget this process was given last. */
  readonly shares: ReadonlyMap<string, number>;
  setPace(pace: ReturnType<LatticePort["pace"]>): void;
  /** The next fitting calls (all of them without `times`) throw this error. */
  fail(fault: FakeFault, error: PortalError): () => void;
};

const ARN = "arn:aws:vpc-lattice:ap-northeast-1:333344445555";

export function createFakeLattice(): FakeLattice {
  const services = new Map<
    string,
    LatticeServiceDetail & { readonly extra: Required<Pick<ServiceFacts, "listeners" | "policy" | "logs" | "tags">> }
  >();
  const networks = new Map<
    string,
    Pick<LatticeNetwork, "id" | "arn" | "name"> & { readonly authType: string; readonly policy: LatticeAuthPolicy | null }
  >();
  const associations = new Map<string, LatticeServiceAssociation>();
  const vpcs = new Map<string, LatticeVpcAssociation & Partial<LatticeVpcAssociationDetail>>();
  const groups = new Map<string, LatticeTargetGroup>();
  const targets = new Map<string, readonly LatticeTarget[]>();
  const faults = new Set<{ fault: FakeFault; left: number; error: PortalError }>();
  const calls: FakeCall[] = [];
  const shares = new Map<string, number>();
  let pace: ReturnType<LatticePort["pace"]> = { callsPerSecond: 5, throttledUntil: null };

  function called(
    operation: keyof LatticePort,
    account: LatticeAccount,
    options: LatticeCallOptions | undefined,
    subject: string | null = null,
  ): void {
    calls.push({ operation, account: account.id, subject, urgent: options?.urgent === true });
    if (options?.signal?.aborted === true) throw new PortalError("UNAVAILABLE", "lattice.aborted", { account: account.id });
    for (const entry of faults) {
      const { fault, error } = entry;
      if (fault.operation !== undefined && fault.operation !== operation) continue;
      if (fault.subject !== undefined && fault.subject !== subject) continue;
      entry.left -= 1;
      if (entry.left <= 0) faults.delete(entry);
      throw error;
    }
  }

  const port: LatticePort = {
    async listServices(account, options) {
      called("listServices", account, options);
      return [...services.values()].map(({ id, arn, name, status, domainName, customDomainName, createdAt, lastUpdatedAt }) => ({
        id,
        arn,
        name,
        status,
        domainName,
        customDomainName,
        createdAt,
        lastUpdatedAt,
      }));
    },
    async findService(account, id, options) {
      called("findService", account, options, id);
      const found = services.get(idOf(id));
      if (found === undefined) return null;
      const { extra: _, ...detail } = found;
      return detail;
    },
    async listServiceNetworks(account, options) {
      called("listServiceNetworks", account, options);
      return [...networks.values()].map(({ id, arn, name }) => ({
        id,
        arn,
        name,
        services: [...associations.values()].filter(({ networkId }) => networkId === id).length,
        vpcs: [...vpcs.values()].filter(({ networkId }) => networkId === id).length,
      }));
    },
    async findServiceNetwork(account, id, options) {
      called("findServiceNetwork", account, options, id);
      const found = networks.get(idOf(id));
      return found === undefined ? null : { id: found.id, arn: found.arn, name: found.name, authType: found.authType, sharing: null };
    },
    async listServiceAssociations(account, of, options) {
      const subject = "networkId" in of ? of.networkId : of.serviceId;
      called("listServiceAssociations", account, options, subject);
      return [...associations.values()].filter(({ networkId, serviceId }) => ("networkId" in of ? networkId : serviceId) === subject);
    },
    async listVpcAssociations(account, networkId, options) {
      called("listVpcAssociations", account, options, networkId);
      return [...vpcs.values()]
        .filter((vpc) => vpc.networkId === networkId)
        .map(({ id, arn, status, vpcId, networkName }) => ({ id, arn, status, vpcId, networkId, networkName }));
    },
    async findVpcAssociation(account, id, options) {
      called("findVpcAssociation", account, options, id);
      const found = vpcs.get(idOf(id));
      return found === undefined ? null : { securityGroupIds: [], failureCode: null, failureMessage: null, ...found };
    },
    async listTargetGroups(account, options) {
      called("listTargetGroups", account, options);
      return [...groups.values()].map((group) => ({ ...group, tags: {} }));
    },
    async findTargetGroup(account, id, options) {
      called("findTargetGroup", account, options, id);
      const group = groups.get(idOf(id));
      return group === undefined ? null : { ...group, tags: {} };
    },
    async listTargets(account, id, options) {
      called("listTargets", account, options, id);
      if (!groups.has(idOf(id))) throw new PortalError("NOT_FOUND", "lattice.missing", { account: account.id, operation: "ListTargets" });
      return targets.get(idOf(id)) ?? [];
    },
    async listListeners(account, serviceId, options) {
      called("listListeners", account, options, serviceId);
      return services.get(idOf(serviceId))?.extra.listeners ?? [];
    },
    async findAuthPolicy(account, resourceId, options) {
      called("findAuthPolicy", account, options, resourceId);
      return services.get(idOf(resourceId))?.extra.policy ?? networks.get(idOf(resourceId))?.policy ?? null;
    },
    async listAccessLogs(account, resourceId, options) {
      called("listAccessLogs", account, options, resourceId);
      return services.get(idOf(resourceId))?.extra.logs ?? [];
    },
    async listTags(account, { type, tags = {} }, options) {
      called("listTags", account, options, type);
      const tagged: readonly (readonly [string, Readonly<Record<string, string>>])[] =
        type === "service"
          ? [...services.values()].map(({ arn, extra }) => [arn, extra.tags])
          : [...groups.values()].map((group) => [group.arn, group.tags]);
      return new Map(
        tagged.filter(([, its]) => Object.keys(its).length > 0 && Object.entries(tags).every(([key, value]) => its[key] === value)),
      );
    },
    pace: () => pace,
    share: ({ id }, part) => void shares.set(id, part),
    close: () => undefined,
  };

  return {
    ...port,
    calls,
    shares,
    setService(id, facts = {}) {
      const { listeners, policy, logs, tags, ...detail } = facts;
      const before = services.get(id);
      services.set(id, {
        id,
        arn: `${ARN}:service/${id}`,
        name: id,
        status: "ACTIVE",
        domainName: `${id}.7d67968.vpc-lattice-svcs.ap-northeast-1.on.aws`,
        customDomainName: null,
        createdAt: null,
        lastUpdatedAt: null,
        authType: "NONE",
        certificateArn: null,
        failureCode: null,
        failureMessage: null,
        ...before,
        ...detail,
        extra: { listeners: [], policy: null, logs: [], tags: {}, ...before?.extra, ...defined({ listeners, policy, logs, tags }) },
      });
    },
    removeService: (id) => void services.delete(id),
    setNetwork: (id, { name = id, authType = "NONE", policy = null } = {}) =>
      void networks.set(id, { id, arn: `${ARN}:servicenetwork/${id}`, name, authType, policy }),
    setAssociation: (association) => void associations.set(association.id, association),
    removeAssociation: (id) => void associations.delete(id),
    setVpc: (vpc) => void vpcs.set(vpc.id, vpc),
    setGroup(id, facts = {}) {
      const plain: LatticeTargetGroup = {
        id,
        arn: `${ARN}:targetgroup/${id}`,
        name: id,
        type: "IP",
        status: "ACTIVE",
        port: 80,
        protocol: "HTTP",
        vpcId: "vpc-0d1e2f30415263748",
        serviceArns: [],
        tags: {},
      };
      groups.set(id, { ...plain, ...groups.get(id), ...facts });
    },
    removeGroup(id) {
      groups.delete(id);
      targets.delete(id);
    },
    setTargets: (groupId, its) => void targets.set(groupId, its),
    setPace: (next) => {
      pace = next;
    },
    fail(fault, error) {
      const entry = { fault, error, left: fault.times ?? Number.POSITIVE_INFINITY };
      faults.add(entry);
      return () => void faults.delete(entry);
    },
  };
}

function idOf(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf("/") + 1);
}

// Safe: only members that are undefined are dropped.
function defined<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: Exclude<Values[Key], undefined>;
  };
}
