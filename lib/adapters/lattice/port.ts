import type {
  LatticeAccessLog,
  LatticeAuthPolicy,
  LatticeListener,
  LatticeNetwork,
  LatticeNetworkDetail,
  LatticeService,
  LatticeServiceAssociation,
  LatticeServiceDetail,
  LatticeTarget,
  LatticeTargetGroup,
  LatticeVpcAssociation,
  LatticeVpcAssociationDetail,
} from "../../domain/routes/lattice-facts.ts";

/** One AWS account and Region whose Lattice the portal reads, with the role it takes there. */
export type LatticeAccount = {
  readonly id: string;
  readonly awsAccountId: string;
  readonly region: string;
  readonly roleArn: string;
  readonly externalId: string | null;
  readonly callsPerSecond: number;
};

/** Every call takes one. `urgent` calls (proofs of a delivery, an open page) overtake sweeps in the queue; all count against the same budget. */
export type LatticeCallOptions = { readonly signal?: AbortSignal; readonly urgent?: boolean };

/**
 * Amazon VPC Lattice, read only: nothing here writes. Lists are whole (paged inside). One token bucket per account and Region paces every call;
 * after a 429 its rate is halved for a minute. Any call may throw `UNAVAILABLE` `lattice.timeout`, `.aborted`, `.unreachable`,
 * `.throttled` (`values.seconds`), `.unreadable` (an answer that is none), `PRECONDITION` `lattice.denied` (`values.operation`: the role may not,
 * `raw` AWS's words) or `lattice.invalid`, `INTERNAL` `lattice.unexpected`. Every one carries `values.account`.
 */
export interface LatticePort {
  listServices(account: LatticeAccount, options?: LatticeCallOptions): Promise<readonly LatticeService[]>;
  /** By id or ARN; null when gone. */
  findService(account: LatticeAccount, id: string, options?: LatticeCallOptions): Promise<LatticeServiceDetail | null>;
  listServiceNetworks(account: LatticeAccount, options?: LatticeCallOptions): Promise<readonly LatticeNetwork[]>;
  /** By id or ARN, with its auth type; null when gone. */
  findServiceNetwork(account: LatticeAccount, id: string, options?: LatticeCallOptions): Promise<LatticeNetworkDetail | null>;
  /** Of one network, or of one service. A failed one carries its failure (one Get each). */
  listServiceAssociations(
    account: LatticeAccount,
    of: { readonly networkId: string } | { readonly serviceId: string },
    options?: LatticeCallOptions,
  ): Promise<readonly LatticeServiceAssociation[]>;
  listVpcAssociations(account: LatticeAccount, networkId: string, options?: LatticeCallOptions): Promise<readonly LatticeVpcAssociation[]>;
  /** By id or ARN, with security groups and failure; null when gone. */
  findVpcAssociation(account: LatticeAccount, id: string, options?: LatticeCallOptions): Promise<LatticeVpcAssociationDetail | null>;
  /** Without tags (`tags` empty): see `listTags`. */
  listTargetGroups(account: LatticeAccount, options?: LatticeCallOptions): Promise<readonly LatticeTargetGroup[]>;
  /** By id or ARN, without tags; null when gone. */
  findTargetGroup(account: LatticeAccount, id: string, options?: LatticeCallOptions): Promise<LatticeTargetGroup | null>;
  /** `NOT_FOUND` `lattice.missing` when the group is gone. */
  listTargets(account: LatticeAccount, targetGroupId: string, options?: LatticeCallOptions): Promise<readonly LatticeTarget[]>;
  /** Listeners of a service with every rule (one call per listener and per rule). Empty when the service is gone. */
  listListeners(account: LatticeAccount, serviceId: string, options?: LatticeCallOptions): Promise<readonly LatticeListener[]>;
  /** Null when the resource has none. */
  findAuthPolicy(account: LatticeAccount, resourceId: string, options?: LatticeCallOptions): Promise<LatticeAuthPolicy | null>;
  listAccessLogs(account: LatticeAccount, resourceId: string, options?: LatticeCallOptions): Promise<readonly LatticeAccessLog[]>;
  /** ARN → tags, through the Resource Groups Tagging API; `tags` narrows to resources that carry all of them. */
  listTags(
    account: LatticeAccount,
    query: { readonly type: "service" | "target-group"; readonly tags?: Readonly<Record<string, string>> },
    options?: LatticeCallOptions,
  ): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
  /** The pace at this moment, for the page and for metrics. */
  pace(account: LatticeAccount): { readonly callsPerSecond: number; readonly throttledUntil: Date | null };
  /** This process may use so much of the account's budget (above 0, at most 1) until it is told another part. */
  share(account: LatticeAccount, part: number): void;
  close(): void;
}
