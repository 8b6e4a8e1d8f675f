import type { AuditEntry, AuditRow, SignedHead } from "../../domain/audit/audit-row.ts";
import type { ChainVerdict } from "../../domain/audit/verify-chain.ts";
import type { RequestId, SessionId, TeamId, UserId, WallLinkId } from "../../domain/ids.ts";
import type { JsonObject, JsonValue } from "../../domain/json.ts";
import type { Admitted } from "../../domain/requests/plan.ts";
import type { Decision, RequestState, Slot, Target } from "../../domain/requests/request.ts";
import type { GlobalRole, TeamRole, TokenScope } from "../../domain/tenancy/actor.ts";

/**
 * The portal's own store. `read` runs outside a transaction; `transaction` is short (10 s), READ COMMITTED, and never spans a call to another system.
 * Unique violations surface as `CONFLICT` `database.taken` with `values.constraint`; trigger refusals as `FORBIDDEN` with the key the trigger names; a lost connection as `UNAVAILABLE` `database.unavailable`.
 */
export interface DatabasePort {
  /** `pglite` runs one process only and is labelled "single node". */
  readonly engine: "pglite" | "postgresql";
  readonly read: Repositories;
  transaction<T>(run: (tx: Repositories) => Promise<T>): Promise<T>;
  /** True inside `transaction` of this async context; adapters of other systems refuse to be called then. */
  inTransaction(): boolean;
  /** Wakes after commits that wrote audit rows (LISTEN/NOTIFY and a 1 s poll behind it), in every replica. Returns the unsubscribe function. */
  onAudit(listener: (rows: readonly AuditRow[]) => void): () => void;
  /** Resolves when migrations are applied; throws when they cannot be. */
  ready(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface Repositories {
  readonly people: PeopleRepository;
  readonly tenancy: TenancyRepository;
  readonly requests: RequestRepository;
  readonly steps: StepRepository;
  readonly audit: AuditRepository;
  readonly transitions: TransitionRepository;
  readonly observations: ObservationRepository;
  readonly wall: WallRepository;
}

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

// ---- people: identities, sessions, tokens -------------------------------------------------------------------------

export type UserRecord = {
  readonly id: UserId;
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
};
export type SessionRecord = {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly startedAt: Date;
  readonly endsAt: Date;
  readonly revokedAt: Date | null;
};
export type TokenRecord = {
  readonly id: string;
  readonly userId: UserId;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};
export type RightsRecord = {
  readonly user: UserRecord;
  readonly globalRoles: readonly GlobalRole[];
  readonly memberships: readonly { readonly teamId: TeamId; readonly role: TeamRole; readonly source: "idp" | "manual" }[];
};

export interface PeopleRepository {
  /** Inserts or renames the person (issuer, subject). */
  upsertUser(user: {
    readonly issuer: string;
    readonly subject: string;
    readonly name: string;
    readonly email: string | null;
  }): Promise<UserRecord>;
  findUser(id: UserId): Promise<UserRecord | null>;
  /** One indexed read: the person and the rights she has now. */
  findRights(id: UserId): Promise<RightsRecord | null>;
  /** Replaces her `idp` rows by these; returns true when something changed. `manual` rows stay. */
  replaceIdpRights(
    id: UserId,
    rights: {
      readonly globalRoles: readonly GlobalRole[];
      readonly memberships: readonly { readonly teamId: TeamId; readonly role: TeamRole }[];
    },
  ): Promise<boolean>;
  startSession(session: {
    readonly id: SessionId;
    readonly userId: UserId;
    readonly startedAt: Date;
    readonly endsAt: Date;
  }): Promise<void>;
  findSession(id: SessionId): Promise<SessionRecord | null>;
  revokeSession(id: SessionId, at: Date): Promise<void>;
  /** Sessions that ended or were revoked before then: nobody can use them any more. */
  countEndedSessions(before: Date): Promise<number>;
  /** Removes at most so many of them and says how many. */
  removeEndedSessions(before: Date, atMost: number): Promise<number>;
  /** By SHA-256 hex of the token. */
  findToken(hash: string): Promise<TokenRecord | null>;
  touchToken(id: string, at: Date): Promise<void>;
  listTokens(userId: UserId | null): Promise<readonly TokenRecord[]>;
  revokeToken(id: string, at: Date): Promise<void>;
}

// ---- tenancy: teams, accounts, quotas, blueprints, policies --------------------------------------------------------

export type TeamRecord = {
  readonly id: TeamId;
  readonly description: string;
  readonly clusterQuota: number;
  readonly quotaChangedAt: Date;
  readonly memberCount: number;
};
export type MemberRecord = {
  readonly user: UserRecord;
  readonly teamId: TeamId;
  readonly role: TeamRole;
  readonly source: "idp" | "manual";
};
export type AccountRecord = {
  readonly id: string;
  readonly awsAccountId: string;
  readonly region: string;
  readonly roleArn: string;
  readonly externalId: string | null;
  readonly teams: readonly TeamId[];
  readonly data: JsonObject;
};
export type BlueprintRecord = {
  readonly id: string;
  readonly version: number;
  readonly data: JsonObject;
  readonly policyName: string;
  readonly author: { readonly issuer: string; readonly subject: string } | null;
  readonly withdrawnAt: Date | null;
  readonly createdAt: Date;
};
export type PolicyRecord = {
  readonly name: string;
  readonly version: number;
  readonly slots: readonly JsonObject[];
  readonly author: { readonly issuer: string; readonly subject: string } | null;
  readonly createdAt: Date;
};
/** A person to whom rights are mapped before she ever signed in, or a group of the identity provider. */
export type RightsMapping =
  | { readonly type: "group"; readonly group: string; readonly grant: RightsGrant }
  | { readonly type: "subject"; readonly issuer: string; readonly subject: string; readonly name?: string; readonly grant: RightsGrant };
export type RightsGrant = { readonly globalRole: GlobalRole } | { readonly teamId: TeamId; readonly role: TeamRole };

export interface TenancyRepository {
  listTeams(): Promise<readonly TeamRecord[]>;
  findTeam(id: TeamId): Promise<TeamRecord | null>;
  /** Locks the team row until the transaction ends (quota). */
  lockTeam(id: TeamId): Promise<TeamRecord | null>;
  listMembers(teamId: TeamId): Promise<readonly MemberRecord[]>;
  /** Notes that a person changed this team's quota or members. */
  recordTenancyEdit(teamId: TeamId, userId: UserId, at: Date): Promise<void>;
  /** People who changed this team's quota or membership since then: they fill no slot (product.md §5). */
  listTenancyEditors(teamId: TeamId, since: Date): Promise<readonly UserId[]>;
  listAccounts(): Promise<readonly AccountRecord[]>;
  /** Newest version of each blueprint, withdrawn ones included. */
  listBlueprints(): Promise<readonly BlueprintRecord[]>;
  /** Newest version when `version` is absent. */
  findBlueprint(id: string, version?: number): Promise<BlueprintRecord | null>;
  findPolicy(name: string): Promise<PolicyRecord | null>;
  listPolicies(): Promise<readonly PolicyRecord[]>;
  listMappings(): Promise<readonly RightsMapping[]>;
  prices(): Promise<JsonObject>;
  /** The bootstrap file's `networking` section (domain/tenancy/networking.ts); empty lists before there is one. */
  networking(): Promise<JsonObject>;
  kindPolicies(): Promise<Readonly<Record<string, string>>>;
  /**
   * Applies the parsed bootstrap file idempotently: only differences are written. Mappings, manual rights, grants and bootstrap's tokens become exactly the file's;
   * teams, accounts, policies and blueprints that the file leaves out stay. `PRECONDITION` `database.blueprintChanged` when a published version has other content.
   */
  applyBootstrap(file: BootstrapRows): Promise<BootstrapOutcome>;
}

/** One line of canonical words for each change, empty when nothing changed; and the people whose rights or tokens it touched. */
export type BootstrapOutcome = { readonly changes: readonly string[]; readonly affectedUsers: readonly UserId[] };

export type BootstrapRows = {
  readonly teams: readonly { readonly id: TeamId; readonly description: string; readonly clusterQuota: number }[];
  readonly mappings: readonly RightsMapping[];
  readonly accounts: readonly {
    readonly id: string;
    readonly awsAccountId: string;
    readonly region: string;
    readonly roleArn: string;
    readonly externalId: string | null;
    readonly teams: readonly TeamId[];
    readonly data: JsonObject;
  }[];
  readonly policies: readonly { readonly name: string; readonly slots: readonly JsonObject[] }[];
  readonly blueprints: readonly {
    readonly id: string;
    readonly version: number;
    readonly data: JsonObject;
    readonly policyName: string;
    readonly withdrawn: boolean;
  }[];
  readonly prices: JsonObject;
  readonly networking: JsonObject;
  /** Policy name by request kind, for kinds without a blueprint. */
  readonly kindPolicies: Readonly<Record<string, string>>;
  readonly tokens: readonly {
    readonly id: string;
    readonly owner: { readonly issuer: string; readonly subject: string; readonly name: string };
    readonly name: string;
    readonly hash: string;
    readonly scopes: readonly TokenScope[];
    readonly expiresAt: Date;
  }[];
};

// ---- requests ------------------------------------------------------------------------------------------------------

/** What the engine stores of one request. `planBytes` are the approved bytes; `reserved*` and `activeTargetKey` are unique while set. */
export type RequestRecord = {
  readonly id: RequestId;
  readonly kind: string;
  readonly teamId: TeamId | null;
  readonly state: RequestState;
  readonly revision: number;
  readonly purpose: string;
  readonly input: JsonValue;
  readonly target: Target;
  readonly contentHash: string;
  readonly planBytes: string;
  readonly admitted: readonly Admitted[];
  /** Outside the hash: cost, quota, advice, impact as they were at submit. */
  readonly notes: JsonObject;
  readonly policyName: string;
  readonly slots: readonly Slot[];
  readonly blueprintVersion: string | null;
  readonly requesterId: UserId | null;
  readonly visibility: "team" | "organisation";
  readonly submittedAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | null;
  readonly endedAt: Date | null;
  /** The failure that stopped the delivery: code, message key, values, the outside system's own words. */
  readonly failure: JsonObject | null;
  readonly reservedName: string | null;
  readonly reservedAwsName: string | null;
  readonly reservedClusters: number;
  readonly activeTargetKey: string | null;
  /** Names held in the reservation table while the request or its object lives (`Reservation` of type `key`). */
  readonly reservedKeys: readonly string[];
  /** The team that asked, when it is not the owner `teamId`: its members see their input, the state and the slots, never the plan. */
  readonly askingTeamId: TeamId | null;
};
export type NewRequest = Omit<
  RequestRecord,
  "id" | "updatedAt" | "decidedAt" | "endedAt" | "failure" | "activeTargetKey" | "reservedClusters"
>;
export type RequestPatch = Partial<Omit<RequestRecord, "id" | "kind" | "teamId" | "requesterId" | "target" | "updatedAt">>;
export type RequestFilter = {
  readonly states?: readonly RequestState[];
  readonly teamIds?: readonly TeamId[];
  readonly kinds?: readonly string[];
  readonly target?: Target;
  readonly orVisibleToOrganisation?: boolean;
};

export type ApprovalRecord = {
  readonly revision: number;
  readonly slotId: string | null;
  readonly approver: UserRecord;
  readonly decision: Decision;
  readonly contentHash: string;
  readonly comment: string | null;
  readonly at: Date;
};
export type CommentRecord = { readonly id: string; readonly author: UserRecord; readonly text: string; readonly at: Date };
export type RevisionRecord = {
  readonly revision: number;
  readonly contentHash: string;
  readonly planBytes: string;
  readonly input: JsonValue;
  readonly submittedBy: UserRecord | null;
  readonly at: Date;
};
export type ContributorReason = "submitted" | "blueprint-author" | "policy-author" | "tenancy-editor";

export interface RequestRepository {
  /** Draws the next `R-` number. `CONFLICT` `database.taken` when a reserved name is held (values.constraint names the column; for `reservedKey` values.key and values.holder too). */
  insert(request: NewRequest): Promise<RequestRecord>;
  find(id: RequestId): Promise<RequestRecord | null>;
  /** Locks the row until the transaction ends. */
  lock(id: RequestId): Promise<RequestRecord | null>;
  /** Writes the patch and `updatedAt`. Call only on a locked row. */
  update(id: RequestId, patch: RequestPatch, at: Date): Promise<RequestRecord>;
  /** Newest first. */
  list(filter: RequestFilter, page: { readonly cursor: string | null; readonly limit: number }): Promise<Page<RequestRecord>>;
  /** When a request of one of these kinds was last delivered to each target that ever had one. */
  lastDelivered(kinds: readonly string[]): Promise<readonly { readonly target: Target; readonly at: Date }[]>;
  /** Which request holds this reserved name, AWS name or key. */
  findReservation(key: { readonly name: string } | { readonly awsName: string } | { readonly key: string }): Promise<RequestRecord | null>;
  /** Sum of `reservedClusters` of a team, and the target keys behind it. */
  reservedClusters(teamId: TeamId): Promise<{ readonly sum: number; readonly targetKeys: readonly string[] }>;
  /** Requests whose reservations outlive them: delivered, with a reserved name or key still set. */
  listHolding(): Promise<readonly RequestRecord[]>;
  listExpirable(now: Date, limit: number): Promise<readonly RequestId[]>;
  addRevision(
    id: RequestId,
    revision: {
      readonly revision: number;
      readonly contentHash: string;
      readonly planBytes: string;
      readonly input: JsonValue;
      readonly submittedBy: UserId | null;
      readonly at: Date;
    },
  ): Promise<void>;
  listRevisions(id: RequestId): Promise<readonly RevisionRecord[]>;
  addContributor(id: RequestId, userId: UserId, reason: ContributorReason): Promise<void>;
  listContributors(id: RequestId): Promise<readonly { readonly userId: UserId; readonly reason: ContributorReason }[]>;
  /**
   * Call before the state moves on. The database refuses a contributor (`FORBIDDEN` `requests.fourEyes`), a request that is not waiting (`CONFLICT` `database.notWaiting`),
   * another revision or hash (`CONFLICT` `database.staleContent`), a second vote of the same person on a revision and a filled slot (`CONFLICT` `database.taken`, constraint `vote` or `slot`).
   * An approval names its slot; a request becomes approved only when each slot has one (`FORBIDDEN` `database.slotsOpen`).
   */
  addApproval(
    id: RequestId,
    approval: {
      readonly revision: number;
      readonly slotId: string | null;
      readonly approverId: UserId;
      readonly decision: Decision;
      readonly contentHash: string;
      readonly comment: string | null;
      readonly at: Date;
    },
  ): Promise<void>;
  listApprovals(id: RequestId): Promise<readonly ApprovalRecord[]>;
  addComment(id: RequestId, comment: { readonly authorId: UserId; readonly text: string; readonly at: Date }): Promise<void>;
  listComments(id: RequestId): Promise<readonly CommentRecord[]>;
  /** Remembers `Idempotency-Key` per person. Returns the earlier request when the key was used with the same body hash; `CONFLICT` `requests.idempotencyKeyReused` with another. */
  rememberKey(key: {
    readonly userId: UserId;
    readonly key: string;
    readonly bodyHash: string;
    readonly requestId: RequestId | null;
  }): Promise<RequestId | null>;
  /** Keys that were remembered before then. */
  countKeys(before: Date): Promise<number>;
  /** Forgets at most so many of them and says how many: a repeated key then makes a new request. */
  removeKeys(before: Date, atMost: number): Promise<number>;
}

// ---- delivery steps ------------------------------------------------------------------------------------------------

export type StepState = "pending" | "running" | "waiting" | "done" | "failed";
export type StepRecord = {
  readonly requestId: RequestId;
  readonly n: number;
  readonly op: "apply" | "delete" | "await";
  readonly destination: string;
  readonly label: JsonObject;
  readonly state: StepState;
  readonly attempts: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly nextTryAt: Date | null;
  readonly message: JsonObject | null;
  readonly result: JsonObject | null;
};
/** A claimed step. `fence` grows with every claim: a writer with an old fence changes nothing. */
export type StepClaim = { readonly requestId: RequestId; readonly n: number; readonly fence: number; readonly attempts: number };

export interface StepRepository {
  insertAll(
    requestId: RequestId,
    steps: readonly { readonly n: number; readonly op: StepRecord["op"]; readonly destination: string; readonly label: JsonObject }[],
  ): Promise<void>;
  list(requestId: RequestId): Promise<readonly StepRecord[]>;
  /** Claims the first unfinished step of one request in `approved` or `delivering` whose lease is free and whose next try is due (`FOR UPDATE SKIP LOCKED`); never a step before an unfinished one. */
  claim(worker: { readonly owner: string; readonly leaseMs: number; readonly now: Date }): Promise<StepClaim | null>;
  /** False when the fence is old: somebody else owns the step now. */
  renew(claim: StepClaim, until: Date): Promise<boolean>;
  /** Writes the outcome and frees the lease; false when the fence is old. */
  settle(
    claim: StepClaim,
    outcome: {
      readonly state: Exclude<StepState, "running">;
      readonly at: Date;
      readonly nextTryAt: Date | null;
      readonly message: JsonObject | null;
      readonly result: JsonObject | null;
    },
  ): Promise<boolean>;
  /** Puts a failed step back to pending (retry). */
  reopen(requestId: RequestId, at: Date): Promise<void>;
  /** Earliest time any step becomes due, for the worker's timer. */
  nextDue(): Promise<Date | null>;
}

// ---- audit, status history -----------------------------------------------------------------------------------------

export interface AuditRepository {
  /** Must be the last write of a transaction: locks the head row, so that `seq` is commit order without gaps. */
  append(entry: AuditEntry): Promise<AuditRow>;
  list(
    filter: {
      readonly teamIds?: readonly TeamId[];
      readonly target?: string;
      readonly action?: string;
      readonly actor?: string;
      readonly outcome?: "ok" | "refused";
    },
    page: { readonly cursor: string | null; readonly limit: number },
  ): Promise<Page<AuditRow>>;
  /** Rows in `seq` order after one, for tailing and verifying. */
  after(seq: number, limit: number): Promise<readonly AuditRow[]>;
  head(): Promise<{ readonly seq: number; readonly mac: string; readonly keyId: string } | null>;
  /** Walks the whole chain with the keys this database was opened with; `signedHeads` are earlier heads that must still be there. */
  verify(signedHeads: readonly SignedHead[]): Promise<ChainVerdict>;
  /** The head as it is now, signed with the current key; null while there are no rows. */
  signHead(at: Date): Promise<SignedHead | null>;
  /** The newest signed head that was logged, for the 15-minute line. */
  rememberSignedHead(head: SignedHead): Promise<void>;
  latestSignedHead(): Promise<SignedHead | null>;
}

export type TransitionRecord = {
  readonly objectKind: string;
  readonly objectKey: string;
  readonly objectUid: string;
  readonly from: string | null;
  readonly to: string;
  readonly at: Date;
  readonly sentence: JsonObject;
};

export interface TransitionRepository {
  /** Written once also by two replicas: the pair (object uid, previous state's row) is unique; false when somebody was first. */
  record(transition: TransitionRecord): Promise<boolean>;
  latest(objectKind: string): Promise<readonly TransitionRecord[]>;
  list(objectKind: string, objectKey: string, limit: number): Promise<readonly TransitionRecord[]>;
}

// ---- observations of other systems, shared between replicas -----------------------------------------------------------

/** One fact of one source (`lattice/<account>`, `provider/<destination>`, `events/<destination>`). `data` null: it is gone. `seq` grows with every write. */
export type ObservationRecord = {
  readonly seq: bigint;
  readonly source: string;
  readonly key: string;
  readonly data: JsonObject | null;
  readonly at: Date;
};

export interface ObservationRepository {
  /** Takes or renews the lease `name`; false while another owner holds it. One replica polls, all read. */
  claimLease(lease: { readonly name: string; readonly owner: string; readonly leaseMs: number; readonly now: Date }): Promise<boolean>;
  /** How many leases whose name begins so are held now. */
  countLeases(prefix: string, now: Date): Promise<number>;
  /** Writes facts of one source; the last writer wins. */
  save(source: string, rows: readonly { readonly key: string; readonly data: JsonObject | null; readonly at: Date }[]): Promise<void>;
  /** Facts written after `seq`, oldest first: what another replica has not seen yet. */
  since(seq: bigint, limit: number): Promise<readonly ObservationRecord[]>;
  /** Removes facts that are gone (`data` null) and older, Events last seen before, and leases that ended before. Returns how many facts. */
  forget(before: Date): Promise<number>;
}

// ---- wall links: the map on a screen ------------------------------------------------------------------------------------

/** A link without its secrets: neither the token's hash nor the cookie's leaves the adapter. */
export type WallLinkRecord = {
  readonly id: WallLinkId;
  readonly name: string;
  readonly filter: JsonObject;
  readonly createdById: UserId;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Since when a screen holds its cookie; null while the token waits to be exchanged. */
  readonly exchangedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokeReason: string | null;
};

/** Hashes are SHA-256 hex. */
export interface WallRepository {
  insert(link: {
    readonly name: string;
    readonly filter: JsonObject;
    readonly tokenHash: string;
    readonly createdById: UserId;
    readonly createdAt: Date;
    readonly expiresAt: Date;
  }): Promise<WallLinkId>;
  find(id: WallLinkId): Promise<WallLinkRecord | null>;
  findByToken(hash: string): Promise<WallLinkRecord | null>;
  findByCookie(hash: string): Promise<WallLinkRecord | null>;
  /** Newest first, ended ones too. */
  list(limit: number): Promise<readonly WallLinkRecord[]>;
  /** Spends the token; of two at the same time one gets true. False when it was spent, replaced, revoked or is over. */
  exchange(id: WallLinkId, secret: { readonly tokenHash: string; readonly cookieHash: string; readonly at: Date }): Promise<boolean>;
  /** A new token; the cookie of the old one is nobody's from now on. False when the link is revoked or over. */
  renew(id: WallLinkId, token: { readonly tokenHash: string; readonly at: Date }): Promise<boolean>;
  /** False when it was revoked before. */
  revoke(id: WallLinkId, end: { readonly at: Date; readonly by: UserId; readonly reason: string }): Promise<boolean>;
  touch(id: WallLinkId, at: Date): Promise<void>;
  /** Counts one try under this key and answers how many there were since the window began; a window begins with the first try after the last one ended. */
  countAttempt(attempt: { readonly key: string; readonly windowMs: number; readonly now: Date }): Promise<number>;
  forgetAttempts(before: Date): Promise<number>;
}
