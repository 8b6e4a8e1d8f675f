import { createHash } from "node:crypto";
import { PortalError } from "../../domain/portal-error.ts";
import { KubeObject, type ObjectRef } from "../../domain/requests/plan.ts";
import { isTree, leavesOf, readAt, sameValue } from "./fake-fields.ts";
import { type Owners, toManagedFields, type WriteTimes, writeTimes } from "./fake-ownership.ts";
import { refOf } from "./ref-of.ts";
import { knownResource } from "./resource-paths.ts";

type Tree = Record<string, unknown>;
export type Stored = { readonly object: KubeObject; readonly owners: Owners; readonly times: WriteTimes };
export type StoreEvent = { readonly type: "upsert" | "remove"; readonly object: KubeObject };

/** The objects of one fake API server: uids, resource versions, finalizers, namespaces, and an event for every change. */
export class FakeStore {
  readonly #objects = new Map<string, Stored>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  readonly #cluster: string;
  readonly #now: () => Date;
  #version = 100;
  #uids = 0;

  constructor(cluster: string, now: () => Date) {
    this.#cluster = cluster;
    this.#now = now;
    for (const name of ["default", "kube-system", "kube-public"])
      this.save(null, { apiVersion: "v1", kind: "Namespace", metadata: { name } }, new Map());
  }

  find(ref: ObjectRef): Stored | null {
    this.#checkScope(ref);
    return this.#objects.get(idOf(ref)) ?? null;
  }

  all(): readonly Stored[] {
    return [...this.#objects.values()];
  }

  onEvent(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the object would be once stored; the same object, untouched, when nothing changed. */
  prepare(current: Stored | null, wanted: Tree, owners: Owners): Stored {
    const parsed = KubeObject.parse(wanted);
    if (!current) this.#checkNamespace(parsed);
    if (current && sameContent(current, parsed, owners)) return current;
    const system = current ? keptSystemFields(current.object, parsed) : this.#newSystemFields(parsed);
    const completed = KubeObject.parse({
      ...withNamespaceDefaults(parsed),
      metadata: { ...withNamespaceDefaults(parsed).metadata, ...system },
    });
    const times = writeTimes(current, { object: completed, owners }, `${this.#now().toISOString().slice(0, 19)}Z`);
    return { object: withVersion(completed, String(this.#version + 1), { owners, times }), owners, times };
  }

  save(current: Stored | null, wanted: Tree, owners: Owners): Stored {
    const next = this.prepare(current, wanted, owners);
    if (next === current) return next;
    this.#version += 1;
    if (!current) this.#uids += 1;
    const { deletionTimestamp } = next.object.metadata;
    if (deletionTimestamp !== undefined && finalizersOf(next.object).length === 0) return this.#remove(next);
    this.#objects.set(idOf(refOf(next.object)), next);
    this.#emit({ type: "upsert", object: next.object });
    return next;
  }

  delete(stored: Stored): void {
    if (stored.object.metadata.deletionTimestamp !== undefined) return;
    if (finalizersOf(stored.object).length === 0) {
      this.expunge(stored);
      return;
    }
    const status = stored.object.kind === "Namespace" ? { status: { phase: "Terminating" } } : {};
    const metadata = { ...stored.object.metadata, deletionTimestamp: this.#now().toISOString(), deletionGracePeriodSeconds: 0 };
    this.save(stored, { ...stored.object, ...status, metadata }, stored.owners);
  }

  /** Gone at once, finalizers or not. */
  expunge(stored: Stored): void {
    this.#version += 1;
    this.#remove({ ...stored, object: withVersion(stored.object, String(this.#version), stored) });
  }

  #remove(stored: Stored): Stored {
    this.#objects.delete(idOf(refOf(stored.object)));
    this.#emit({ type: "remove", object: stored.object });
    return stored;
  }

  #emit(event: StoreEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #newSystemFields(object: KubeObject): Tree {
    const serial = String(this.#uids + 1).padStart(12, "0");
    return {
      uid: `${identityOf(this.#cluster)}-0000-4000-8000-${serial}`,
      creationTimestamp: this.#now().toISOString(),
      ...(object.spec === undefined ? {} : { generation: 1 }),
    };
  }

  #checkNamespace(object: KubeObject): void {
    this.#checkScope(refOf(object));
    const { namespace } = object.metadata;
    if (namespace === undefined) return;
    const values = { cluster: this.#cluster, kind: object.kind, name: object.metadata.name, namespace };
    const found = this.#objects.get(idOf({ apiVersion: "v1", kind: "Namespace", name: namespace }));
    if (!found) throw new PortalError("PRECONDITION", "kubernetes.namespaceMissing", values);
    if (found.object.metadata.deletionTimestamp !== undefined)
      throw new PortalError("PRECONDITION", "kubernetes.namespaceTerminating", values);
  }

  #checkScope(ref: ObjectRef): void {
    const namespaced = knownResource(ref.apiVersion, ref.kind)?.namespaced;
    if (namespaced === true && ref.namespace === undefined)
      throw new PortalError("INTERNAL", "kubernetes.badReference", { name: ref.name });
  }
}

/** Eight hexadecimal digits that tell the clusters of one fake apart. */
function identityOf(cluster: string): string {
  return createHash("sha256").update(cluster).digest("hex").slice(0, 8);
}

/** Versions of one group share their objects. */
function idOf(ref: ObjectRef): string {
  const group = ref.apiVersion.includes("/") ? ref.apiVersion.split("/")[0] : "";
  const namespaced = knownResource(ref.apiVersion, ref.kind)?.namespaced ?? true;
  return JSON.stringify([group, ref.kind, namespaced ? (ref.namespace ?? "") : "", ref.name]);
}

function sameContent(current: Stored, wanted: KubeObject, owners: Owners): boolean {
  const before = leavesOf(current.object);
  const after = leavesOf(wanted);
  if (before.length !== after.length || !after.every((leaf) => sameValue(readAt(current.object, leaf.path), leaf.value))) return false;
  return sameValue(ownersAsTree(current.owners), ownersAsTree(owners));
}

function ownersAsTree(owners: Owners): Tree {
  return Object.fromEntries([...owners].map(([key, holders]) => [key, [...holders].sort()]));
}

function keptSystemFields(before: KubeObject, after: KubeObject): Tree {
  const { uid, creationTimestamp, generation } = before.metadata;
  const changed = !sameValue(before.spec, after.spec);
  return { uid, creationTimestamp, ...(typeof generation === "number" ? { generation: changed ? generation + 1 : generation } : {}) };
}

function withVersion(object: KubeObject, resourceVersion: string, { owners, times }: Pick<Stored, "owners" | "times">): KubeObject {
  return KubeObject.parse({
    ...object,
    metadata: { ...object.metadata, resourceVersion, managedFields: toManagedFields(owners, object.apiVersion, times) },
  });
}

function withNamespaceDefaults(object: KubeObject): KubeObject {
  if (object.kind !== "Namespace") return object;
  const labels = isTree(object.metadata.labels) ? object.metadata.labels : {};
  return {
    ...object,
    metadata: { ...object.metadata, labels: { ...labels, "kubernetes.io/metadata.name": object.metadata.name } },
    spec: object.spec ?? { finalizers: ["kubernetes"] },
    status: object.status ?? { phase: "Active" },
  };
}

function finalizersOf(object: KubeObject): readonly unknown[] {
  const ofNamespace = object.kind === "Namespace" && isTree(object.spec) ? object.spec.finalizers : undefined;
  return [...toList(object.metadata.finalizers), ...toList(ofNamespace)];
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
