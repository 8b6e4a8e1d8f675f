import type { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { KubeObject, type ObjectRef } from "../../domain/requests/plan.ts";
import { isTree, mergePatched, readAt } from "./fake-fields.ts";
import { applyFields, updateOwners } from "./fake-ownership.ts";
import { FakeStore, type Stored } from "./fake-store.ts";
import { createFakeWatchCache, type FakeWatchCache } from "./fake-watch-cache.ts";
import type { CallOptions, ManagementClusterPort, WatchedKind } from "./port.ts";
import { refOf } from "./ref-of.ts";

export type FakeVerb = "clusterUid" | "find" | "list" | "apply" | "dryRun" | "mergePatch" | "delete" | "canI" | "tenantEndpoint";
export type FakeCall = { readonly verb: FakeVerb; readonly kind: string; readonly namespace: string; readonly name: string };
export type FakeCallMatch = Partial<FakeCall>;
type Access = Parameters<ManagementClusterPort["canI"]>[0];

/** What tests do to the fake from outside: another writer, an outage, a refusal. */
export type FakeControls = {
  /** Every call so far, in order; refused ones too. */
  readonly calls: readonly FakeCall[];
  /** The next call that matches throws this instead (`times` of them). */
  refuseNext(match: FakeCallMatch, error: PortalError, times?: number): void;
  /** Runs before every call; may wait, may throw. Replaces the former one. */
  before(hook: (call: FakeCall) => void | Promise<void>): void;
  /** Admission: sees every object about to be written (dry run or not) and returns it, changed or not, or throws. */
  onAdmission(hook: (object: KubeObject) => KubeObject): void;
  /** The API server stops answering and watches lose their connection, until `up`. */
  down(): void;
  up(): void;
  /** Only the watches lose their connection; what happens meanwhile is seen after `restoreWatches`. */
  dropWatches(): void;
  restoreWatches(): void;
  /** Another field manager applies, by force. Also the way to seed objects, status included. */
  applyAs(manager: string, object: KubeObject): KubeObject;
  /** A merge patch by another manager, e.g. `{ status: {…} }` or `{ metadata: { finalizers: [] } }`. */
  patchAs(manager: string, ref: ObjectRef, patch: JsonObject): KubeObject;
  /** Gone at once, whatever its finalizers say. */
  removeNow(ref: ObjectRef): void;
  deny(access: Partial<Access>): void;
  setTenantEndpoint(
    cluster: { readonly namespace: string; readonly name: string },
    endpoint: { readonly server: string; readonly caData: string },
  ): void;
};
export type FakeManagementCluster = ManagementClusterPort & FakeControls;

export function createFakeManagementCluster(options: {
  readonly id: string;
  readonly fieldManager: string;
  readonly now: () => Date;
  readonly outage: () => PortalError;
}): FakeManagementCluster {
  const { id, fieldManager, now, outage } = options;
  const store = new FakeStore(id, now);
  const watches = new Map<WatchedKind, FakeWatchCache>();
  const calls: FakeCall[] = [];
  const refusals: { match: FakeCallMatch; error: PortalError; left: number }[] = [];
  const denied: Partial<Access>[] = [];
  const endpoints = new Map<string, { readonly server: string; readonly caData: string }>();
  let isDown = false;
  let hook: ((call: FakeCall) => void | Promise<void>) | null = null;
  let admit: (object: KubeObject) => KubeObject = (object) => object;

  async function enter(
    verb: FakeVerb,
    target: { readonly kind?: string; readonly namespace?: string; readonly name?: string },
    call?: CallOptions,
  ): Promise<void> {
    const entry = { verb, kind: target.kind ?? "", namespace: target.namespace ?? "", name: target.name ?? "" };
    calls.push(entry);
    await Promise.resolve();
    await hook?.(entry);
    if (call?.signal?.aborted) throw new PortalError("UNAVAILABLE", "kubernetes.aborted", { cluster: id });
    if (isDown) throw outage();
    const refusal = refusals.find(
      (one) =>
        one.left > 0 &&
        Object.entries(one.match).every(([name, value]) => Object.entries(entry).some(([n, v]) => n === name && v === value)),
    );
    if (!refusal) return;
    refusal.left -= 1;
    throw refusal.error;
  }

  function applyBy(manager: string, intent: KubeObject, how: { readonly force: boolean; readonly dryRun: boolean }): Stored {
    const current = store.find(refOf(intent));
    checkVersion(id, intent, current);
    const { uid: _uid, resourceVersion: _resourceVersion, managedFields: _managedFields, ...metadata } = intent.metadata;
    const wanted = { ...intent, metadata };
    const result = applyFields({
      current: current?.object ?? { ...wanted, metadata: { ...metadata } },
      owners: current?.owners ?? new Map(),
      intent: wanted,
      manager,
      force: how.force,
    });
    const first = result.conflicts[0];
    if (first) throw conflict(id, intent, result.conflicts);
    const admitted = admit(KubeObject.parse(result.object));
    return how.dryRun ? store.prepare(current, admitted, result.owners) : store.save(current, admitted, result.owners);
  }

  function patchBy(manager: string, ref: ObjectRef, patch: JsonObject): Stored {
    const current = store.find(ref);
    if (!current) throw new PortalError("NOT_FOUND", "kubernetes.objectMissing", namesOf(id, ref));
    const merged = KubeObject.parse(mergePatched(structuredClone(current.object), patch));
    checkVersion(
      id,
      KubeObject.parse({ ...ref, metadata: { name: ref.name, ...(isTree(patch.metadata) ? pickVersion(patch.metadata) : {}) } }),
      current,
    );
    const admitted = admit(merged);
    return store.save(current, admitted, updateOwners({ before: current.object, after: admitted, owners: current.owners, manager }));
  }

  return {
    id,
    calls,
    async clusterUid(call) {
      await enter("clusterUid", {}, call);
      return String(store.find({ apiVersion: "v1", kind: "Namespace", name: "kube-system" })?.object.metadata.uid);
    },
    async find(ref, call) {
      await enter("find", ref, call);
      return clone(store.find(ref)?.object ?? null);
    },
    async list(kind, call) {
      await enter("list", kind, call);
      const matches = (object: KubeObject) =>
        object.kind === kind.kind &&
        object.apiVersion.split("/")[0] === kind.apiVersion.split("/")[0] &&
        (kind.namespace === undefined || object.metadata.namespace === kind.namespace);
      const labelled = (object: KubeObject) =>
        Object.entries(kind.labels ?? {}).every(([name, value]) => readAt(object, ["metadata", "labels", name]) === value) &&
        Object.entries(kind.fields ?? {}).every(([path, value]) => readAt(object, path.split(".")) === value);
      return store
        .all()
        .map((stored) => stored.object)
        .filter((object) => matches(object) && labelled(object))
        .map(clone);
    },
    async apply(object, call) {
      await enter(call?.dryRun ? "dryRun" : "apply", refOf(object), call);
      return {
        object: clone(applyBy(fieldManager, structuredClone(object), { force: false, dryRun: call?.dryRun ?? false }).object),
        warnings: [],
      };
    },
    async mergePatch(ref, patch, call) {
      await enter("mergePatch", ref, call);
      return clone(patchBy(fieldManager, ref, patch).object);
    },
    async delete(ref, preconditions, call) {
      await enter("delete", ref, call);
      const current = store.find(ref);
      if (!current) return;
      const { uid, resourceVersion } = current.object.metadata;
      if (uid !== preconditions.uid || resourceVersion !== preconditions.resourceVersion)
        throw new PortalError("CONFLICT", "kubernetes.stale", namesOf(id, ref));
      store.delete(current);
    },
    async canI(access, call) {
      await enter("canI", { kind: access.resource, ...(access.namespace === undefined ? {} : { namespace: access.namespace }) }, call);
      return !denied.some((rule) =>
        Object.entries(rule).every(([name, value]) => Object.entries(access).some(([n, v]) => n === name && v === value)),
      );
    },
    async tenantEndpoint(cluster, call) {
      await enter("tenantEndpoint", { kind: "Cluster", ...cluster }, call);
      const endpoint = endpoints.get(`${cluster.namespace}/${cluster.name}`);
      if (!endpoint) throw new PortalError("NOT_FOUND", "kubernetes.kubeconfigMissing", { cluster: id, ...cluster });
      return endpoint;
    },
    watch(kind) {
      const cache = watches.get(kind) ?? createFakeWatchCache(store, kind, now);
      if (!watches.has(kind) && isDown) cache.drop();
      watches.set(kind, cache);
      return cache;
    },
    refuseNext: (match, error, times = 1) => void refusals.push({ match, error, left: times }),
    before: (next) => {
      hook = next;
    },
    onAdmission: (next) => {
      admit = next;
    },
    down() {
      isDown = true;
      for (const cache of watches.values()) cache.drop();
    },
    up() {
      isDown = false;
      for (const cache of watches.values()) cache.restore();
    },
    dropWatches() {
      for (const cache of watches.values()) cache.drop();
    },
    restoreWatches() {
      for (const cache of watches.values()) cache.restore();
    },
    applyAs: (manager, object) => clone(applyBy(manager, structuredClone(object), { force: true, dryRun: false }).object),
    patchAs: (manager, ref, patch) => clone(patchBy(manager, ref, patch).object),
    removeNow(ref) {
      const current = store.find(ref);
      if (current) store.expunge(current);
    },
    deny: (access) => void denied.push(access),
    setTenantEndpoint: (cluster, endpoint) => void endpoints.set(`${cluster.namespace}/${cluster.name}`, endpoint),
  };
}

function checkVersion(cluster: string, sent: KubeObject, current: Stored | null): void {
  const { uid, resourceVersion } = sent.metadata;
  const moved =
    (uid !== undefined && uid !== current?.object.metadata.uid) ||
    (resourceVersion !== undefined && resourceVersion !== current?.object.metadata.resourceVersion);
  if (moved) throw new PortalError("CONFLICT", "kubernetes.stale", namesOf(cluster, refOf(sent)));
}

function pickVersion(metadata: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => name === "uid" || name === "resourceVersion"));
}

function conflict(
  cluster: string,
  object: KubeObject,
  conflicts: readonly { readonly manager: string; readonly field: string }[],
): PortalError {
  const [first] = conflicts;
  const fields = conflicts.map(({ manager, field }) => ({ path: field, key: "kubernetes.field.ownedBy", values: { manager } }));
  return new PortalError(
    "CONFLICT",
    "kubernetes.conflict",
    { ...namesOf(cluster, refOf(object)), manager: first?.manager ?? "", field: first?.field ?? "", count: conflicts.length },
    { fields },
  );
}

function namesOf(
  cluster: string,
  ref: ObjectRef,
): { readonly cluster: string; readonly kind: string; readonly name: string; readonly namespace: string } {
  return { cluster, kind: ref.kind, name: ref.name, namespace: ref.namespace ?? "" };
}

function clone<T>(value: T): T {
  return structuredClone(value);
}
