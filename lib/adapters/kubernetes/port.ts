import type { JsonObject } from "../../domain/json.ts";
import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";

/** Every call takes one; adapters add their own timeout (10 s for reads, 30 s for writes). Any call may throw `UNAVAILABLE`: `kubernetes.timeout`, `.aborted`, `.unreachable`, `.unavailable`, `.busy` (`values.seconds`). */
export type CallOptions = { readonly signal?: AbortSignal; readonly timeoutMs?: number };

/** All management clusters of this installation, by id from configuration. */
export interface KubernetesPort {
  /** Ids in configuration order; the first is where new objects go unless a blueprint says otherwise. */
  ids(): readonly string[];
  /** Throws `NOT_FOUND` `kubernetes.unknownManagementCluster`. */
  managementCluster(id: string): ManagementClusterPort;
  /**
   * Any destination by its id. A tenant cluster is reached through its `<name>-kubeconfig` Secret by the strict reader: the Secret is read
   * again for each use (at most a few seconds old), the credential never leaves the adapter, and connections are bounded. Its calls throw
   * `UNAVAILABLE` `kubernetes.tenantUnreachable` (dead, rotated, or not yet there; `values.reason`, see `TenantReason`) and `PRECONDITION`
   * `kubernetes.kubeconfigRefused`; after failures in a row for some seconds at once, without asking anybody. Time-outs are 5 s for a
   * find, 10 s for a list, 15 s for a write. Throws `NOT_FOUND` `kubernetes.unknownManagementCluster`, `INTERNAL` `kubernetes.badReference`.
   */
  cluster(destination: string): ClusterPort;
  /** Stops watches and closes connections. */
  close(): Promise<void>;
}

/**
 * Why a tenant cluster cannot be reached: no such Cluster, no endpoint or Secret yet, no answer in time, no connection, its certificate does not
 * fit, it refuses the credential (`credential`) or what the credential may do (`forbidden`), it points elsewhere.
 */
export type TenantReason = "absent" | "kubeconfig" | "timeout" | "network" | "tls" | "credential" | "forbidden" | "redirect";

/** The kinds the portal watches; each is listed and watched once per process and management cluster. */
export const WATCHED_KINDS = [
  "Cluster",
  "AWSManagedCluster",
  "AWSManagedControlPlane",
  "MachinePool",
  "AWSManagedMachinePool",
  "AWSClusterRoleIdentity",
  "AWSClusterControllerIdentity",
  "Namespace",
  "ResourceQuota",
  "GatewayClass",
  "Gateway",
  "HTTPRoute",
  "GRPCRoute",
  "TLSRoute",
  "ReferenceGrant",
  "ServiceImport",
  "IAMAuthPolicy",
  "AccessLogPolicy",
  "VpcAssociationPolicy",
  "Event",
] as const;
export type WatchedKind = (typeof WATCHED_KINDS)[number];

/** Kinds of Gateway API and of the gateway controller: a management cluster without them has no routes, and is ready all the same. */
export const OPTIONAL_KINDS: readonly WatchedKind[] = [
  "GatewayClass",
  "Gateway",
  "HTTPRoute",
  "GRPCRoute",
  "TLSRoute",
  "ReferenceGrant",
  "ServiceImport",
  "IAMAuthPolicy",
  "AccessLogPolicy",
  "VpcAssociationPolicy",
  "Event",
];

/** `WatchHealth.lastError` while the server does not serve the kind: never listed, no objects, `freshAt` is when it last said so. It is asked again now and then. */
export const KIND_MISSING = "kubernetes.kindMissing";

/** What a delivery needs of any cluster, management or tenant. */
export interface ClusterPort {
  /** The destination id: a management cluster's id, or `managementCluster/namespace/name` of a tenant cluster. */
  readonly id: string;
  /** uid of the namespace `kube-system`: the identity of the cluster behind the address. `UNAVAILABLE` when it does not answer. */
  clusterUid(options?: CallOptions): Promise<string>;
  /** The live object with managedFields, or null. `PRECONDITION` `kubernetes.kindMissing` when the server does not serve the kind: not the same as absent. */
  find(ref: ObjectRef, options?: CallOptions): Promise<KubeObject | null>;
  /** Objects of one kind in one namespace (all of them without `namespace`) that carry all labels and all `fields` the API server can select by; not from the cache. */
  list(
    kind: {
      readonly apiVersion: string;
      readonly kind: string;
      readonly namespace?: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly fields?: Readonly<Record<string, string>>;
    },
    options?: CallOptions,
  ): Promise<readonly KubeObject[]>;
  /**
   * Server-side apply as field manager `trellis`, `force` false. To guard against a moved object send `metadata.uid` and `metadata.resourceVersion` in it.
   * `PRECONDITION` admission refused (fields and the webhook's own words in `raw`) · `CONFLICT` another field manager (`values.manager`, `values.field`) or a stale resourceVersion (`key` `kubernetes.stale`) · `UNAVAILABLE` no answer, 429, webhook down · `INTERNAL` our RBAC is wrong.
   */
  apply(
    object: KubeObject,
    options?: CallOptions & { readonly dryRun?: boolean },
  ): Promise<{ readonly object: KubeObject; readonly warnings: readonly string[] }>;
  /** JSON merge patch; `resourceVersion` in the patch's metadata is honoured. Errors as `apply`; `NOT_FOUND` when gone. */
  mergePatch(ref: ObjectRef, patch: JsonObject, options?: CallOptions): Promise<KubeObject>;
  /** Deletes with both preconditions. Already gone is success. `CONFLICT` `kubernetes.stale` when the object moved. `propagation` is Background. */
  delete(ref: ObjectRef, preconditions: { readonly uid: string; readonly resourceVersion: string }, options?: CallOptions): Promise<void>;
}

export interface ManagementClusterPort extends ClusterPort {
  /** May the portal do this? (SelfSubjectAccessReview) */
  canI(
    access: {
      readonly verb: string;
      readonly group: string;
      readonly resource: string;
      readonly namespace?: string;
      readonly name?: string;
    },
    options?: CallOptions,
  ): Promise<boolean>;
  /** Endpoint and CA of a tenant cluster from the Secret `<name>-kubeconfig`, read by the strict reader; the credential stays inside. `NOT_FOUND` before the Secret exists, `PRECONDITION` `kubernetes.kubeconfigRefused` when the reader refuses it. */
  tenantEndpoint(
    cluster: { readonly namespace: string; readonly name: string },
    options?: CallOptions,
  ): Promise<{ readonly server: string; readonly caData: string }>;
  /** The shared watch cache of one kind. Starts the watch on first use; never throws. */
  watch(kind: WatchedKind): WatchCache;
}

/** A watched object: managedFields and the last-applied annotation are stripped at ingest; of Events only those about a route's objects are kept. `observedAt` is when this process saw this version; `specWrittenAt` when anybody last wrote its spec, as the API server noted it in managedFields, absent when it did not. */
export type Watched = { readonly object: KubeObject; readonly observedAt: Date; readonly specWrittenAt?: Date };

export type WatchEvent = {
  readonly type: "upsert" | "remove";
  readonly kind: WatchedKind;
  readonly key: string;
  readonly watched: Watched;
};

/** `fresh` evidence: the last time the API server proved that the cache is complete (list, event, bookmark, or a watch that ended at the promised time); at most about 30 s old while connected. `lastError` is a message key. */
export type WatchHealth = {
  readonly synced: boolean;
  readonly connected: boolean;
  readonly freshAt: Date | null;
  readonly relists: number;
  readonly objects: number;
  readonly lastError: string | null;
};

export interface WatchCache {
  readonly kind: WatchedKind;
  /** Key is `namespace/name`, or `name` for cluster-scoped kinds. */
  get(key: string): Watched | undefined;
  values(): IterableIterator<Watched>;
  health(): WatchHealth;
  /** Resolves at the first complete list, or when the server says that it does not serve the kind (`KIND_MISSING`, `synced` stays false); rejects with `UNAVAILABLE` when the signal fires first. */
  synced(signal: AbortSignal): Promise<void>;
  /** A listener that throws is isolated and counted. Returns the unsubscribe function. */
  subscribe(listener: (event: WatchEvent) => void): () => void;
  /** Called when `health()` changes between connected and not. */
  subscribeHealth(listener: (health: WatchHealth) => void): () => void;
}
