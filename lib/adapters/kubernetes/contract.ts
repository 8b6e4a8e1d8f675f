import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPortalError, type PortalError } from "../../domain/portal-error.ts";
import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import type { ClusterPort, KubernetesPort, ManagementClusterPort, WatchCache, WatchEvent } from "./port.ts";

/** One cluster to try the port on. `namespace` exists and is empty. */
export type ContractWorld<Port extends ClusterPort = ManagementClusterPort> = {
  readonly cluster: Port;
  readonly namespace: string;
  /** Another field manager applies an object that does not conflict. */
  applyAs(manager: string, object: KubeObject): Promise<unknown>;
  close(): Promise<void>;
};

const SECONDS_30 = 30_000;

/** What every cluster answers, management or tenant: the fake's truth is proven by real API servers passing the same suite. */
export function describeClusterContract(name: string, createWorld: () => Promise<ContractWorld<ClusterPort>>): void {
  describe(`cluster port: ${name}`, { timeout: SECONDS_30 }, () => {
    let world: ContractWorld<ClusterPort>;
    let serial = 0;

    beforeAll(async () => {
      world = await createWorld();
    }, SECONDS_30);
    afterAll(() => world.close());

    const fresh = (): ObjectRef => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      namespace: world.namespace,
      name: `note-${++serial}`,
    });

    it("finds null where nothing is", async () => {
      expect(await world.cluster.find(fresh())).toBeNull();
    });

    it("tells the identity of the cluster", async () => {
      const uid = await world.cluster.clusterUid();
      expect(uid).toMatch(/^[0-9a-f-]{36}$/);
      expect(await world.cluster.clusterUid()).toBe(uid);
    });

    it("creates by apply, and a second apply of the same changes nothing", async () => {
      const ref = fresh();
      const first = await world.cluster.apply(note(ref, { pods: "1" }));
      const second = await world.cluster.apply(note(ref, { pods: "1" }));
      expect(first.object.metadata.uid).toBeTypeOf("string");
      expect(second.object.metadata.resourceVersion).toBe(first.object.metadata.resourceVersion);
      expect(await world.cluster.find(ref)).toMatchObject({ data: { pods: "1" }, metadata: { uid: first.object.metadata.uid } });
    });

    it("takes away a field that a later apply no longer sends", async () => {
      const ref = fresh();
      await world.cluster.apply(note(ref, { pods: "1", services: "2" }));
      const { object } = await world.cluster.apply(note(ref, { pods: "1" }));
      expect(object.data).toEqual({ pods: "1" });
    });

    it("stores nothing in a dry run, and shows what it would be", async () => {
      const ref = fresh();
      const { object } = await world.cluster.apply(note(ref, { pods: "3" }), { dryRun: true });
      expect(object).toMatchObject({ data: { pods: "3" } });
      expect(await world.cluster.find(ref)).toBeNull();
    });

    it("names the manager and the field of a conflict, and leaves the object alone", async () => {
      const ref = fresh();
      await world.applyAs("capa", note(ref, { pods: "1" }));
      const error = await refusal(world.cluster.apply(note(ref, { pods: "2" })));
      expect(error).toMatchObject({
        code: "CONFLICT",
        key: "kubernetes.conflict",
        values: { manager: "capa", field: "data.pods", count: 1 },
      });
      expect(error.fields).toMatchObject([{ path: "data.pods", key: "kubernetes.field.ownedBy", values: { manager: "capa" } }]);
      expect(await world.cluster.find(ref)).toMatchObject({ data: { pods: "1" } });
    });

    it("shares a field that two managers want the same", async () => {
      const ref = fresh();
      await world.applyAs("capa", note(ref, { pods: "1" }));
      await world.cluster.apply(note(ref, { pods: "1" }));
      await world.cluster.apply(note(ref, {}));
      expect(await world.cluster.find(ref)).toMatchObject({ data: { pods: "1" } });
    });

    it("refuses an apply that was prepared for another version or another object", async () => {
      const ref = fresh();
      const { object: before } = await world.cluster.apply(note(ref, { pods: "1" }));
      await world.applyAs("capa", note(ref, { services: "9" }));
      const stale = await refusal(
        world.cluster.apply(note(ref, { pods: "2" }, { uid: before.metadata.uid, resourceVersion: before.metadata.resourceVersion })),
      );
      expect(stale).toMatchObject({ code: "CONFLICT", key: "kubernetes.stale" });
      const foreign = await refusal(world.cluster.apply(note(ref, { pods: "2" }, { uid: "11111111-1111-4111-8111-111111111111" })));
      expect(foreign).toMatchObject({ code: "CONFLICT", key: "kubernetes.stale" });
      const gone = await refusal(
        world.cluster.apply(note(fresh(), { pods: "2" }, { uid: before.metadata.uid, resourceVersion: before.metadata.resourceVersion })),
      );
      expect(gone).toMatchObject({ code: "CONFLICT", key: "kubernetes.stale" });
    });

    it("refuses an object in a namespace that is not there", async () => {
      const error = await refusal(world.cluster.apply(note({ ...fresh(), namespace: "trellis-contract-nowhere" }, { pods: "1" })));
      expect(error).toMatchObject({ code: "PRECONDITION", key: "kubernetes.namespaceMissing" });
    });

    it("patches one field and keeps the others", async () => {
      const ref = fresh();
      await world.cluster.apply(note(ref, { pods: "1" }));
      const patched = await world.cluster.mergePatch(ref, { metadata: { annotations: { "trellis.internal/delete-request": "r1" } } });
      expect(patched).toMatchObject({
        metadata: { annotations: { "trellis.internal/delete-request": "r1" } },
        data: { pods: "1" },
      });
      const { object } = await world.cluster.apply(note(ref, { pods: "1" }));
      expect(object.metadata.annotations).toEqual({ "trellis.internal/delete-request": "r1" });
    });

    it("refuses a patch of a stale version and of what is gone", async () => {
      const ref = fresh();
      const { object } = await world.cluster.apply(note(ref, { pods: "1" }));
      await world.applyAs("capa", note(ref, { services: "9" }));
      const resourceVersion = String(object.metadata.resourceVersion);
      expect(await refusal(world.cluster.mergePatch(ref, { metadata: { resourceVersion, labels: { a: "b" } } }))).toMatchObject({
        code: "CONFLICT",
        key: "kubernetes.stale",
      });
      expect(await refusal(world.cluster.mergePatch(fresh(), { metadata: { labels: { a: "b" } } }))).toMatchObject({
        code: "NOT_FOUND",
        key: "kubernetes.objectMissing",
      });
    });

    it("deletes only the object it was shown, and what is gone already is fine", async () => {
      const ref = fresh();
      const { object } = await world.cluster.apply(note(ref, { pods: "1" }));
      const shown = { uid: String(object.metadata.uid), resourceVersion: String(object.metadata.resourceVersion) };
      await world.applyAs("capa", note(ref, { services: "9" }));
      expect(await refusal(world.cluster.delete(ref, shown))).toMatchObject({ code: "CONFLICT", key: "kubernetes.stale" });
      const now = await world.cluster.find(ref);
      await world.cluster.delete(ref, { uid: shown.uid, resourceVersion: String(now?.metadata.resourceVersion) });
      expect(await world.cluster.find(ref)).toBeNull();
      await world.cluster.delete(ref, shown);
    });

    it("keeps a deleted object until its finalizers are gone", async () => {
      const ref = fresh();
      const { object } = await world.cluster.apply(note(ref, { pods: "1" }, { finalizers: ["trellis.internal/contract"] }));
      await world.cluster.delete(ref, { uid: String(object.metadata.uid), resourceVersion: String(object.metadata.resourceVersion) });
      expect((await world.cluster.find(ref))?.metadata.deletionTimestamp).toBeTypeOf("string");
      await world.cluster.mergePatch(ref, { metadata: { finalizers: [] } });
      expect(await world.cluster.find(ref)).toBeNull();
    });

    it("lists by all labels, in one namespace", async () => {
      const labels = { "trellis.internal/contract": `list-${Date.now()}`, tier: "a" };
      const [one, two, three] = [fresh(), fresh(), fresh()];
      await world.cluster.apply(note(one, { pods: "1" }, { labels }));
      await world.cluster.apply(note(two, { pods: "1" }, { labels: { ...labels, tier: "b" } }));
      await world.cluster.apply(note(three, { pods: "1" }));
      const found = await world.cluster.list({ apiVersion: "v1", kind: "ConfigMap", namespace: world.namespace, labels });
      expect(found.map((object) => [object.apiVersion, object.kind, object.metadata.name])).toEqual([["v1", "ConfigMap", one.name]]);
    });

    it("gives up when the caller does", async () => {
      const error = await refusal(world.cluster.find(fresh(), { signal: AbortSignal.abort() }));
      expect(error).toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.aborted" });
    });

    it("lists by a field that the API server selects by", async () => {
      const [one, two] = [fresh(), fresh()];
      await world.cluster.apply(note(one, { pods: "1" }));
      await world.cluster.apply(note(two, { pods: "1" }));
      const found = await world.cluster.list({
        apiVersion: "v1",
        kind: "ConfigMap",
        namespace: world.namespace,
        fields: { "metadata.name": two.name },
      });
      expect(found.map(({ metadata }) => metadata.name)).toEqual([two.name]);
    });
  });
}

/** What only a management cluster does, and all of `describeClusterContract`. */
export function describeKubernetesContract(name: string, createWorld: () => Promise<ContractWorld>): void {
  describeClusterContract(name, createWorld);

  describe(`management cluster port: ${name}`, { timeout: SECONDS_30 }, () => {
    let world: ContractWorld;
    let serial = 0;

    beforeAll(async () => {
      world = await createWorld();
    }, SECONDS_30);
    afterAll(() => world.close());

    const fresh = (): ObjectRef => ({
      apiVersion: "v1",
      kind: "ResourceQuota",
      namespace: world.namespace,
      name: `watched-${++serial}`,
    });

    it("answers what the portal may do", async () => {
      expect(await world.cluster.canI({ verb: "patch", group: "", resource: "resourcequotas", namespace: world.namespace })).toBe(true);
    });

    it("says that a tenant cluster has no kubeconfig yet", async () => {
      const error = await refusal(world.cluster.tenantEndpoint({ namespace: world.namespace, name: "nobody" }));
      expect(["NOT_FOUND", "PRECONDITION"]).toContain(error.code);
    });

    it("watches what is added, changed and removed, in order", async () => {
      const cache = world.cluster.watch("ResourceQuota");
      await cache.synced(AbortSignal.timeout(SECONDS_30));
      expect(world.cluster.watch("ResourceQuota")).toBe(cache);
      const ref = fresh();
      const key = `${ref.namespace}/${ref.name}`;
      const seen: string[] = [];
      const stop = cache.subscribe((event) => {
        const said = describeEvent(event);
        // Whoever counts quotas writes their status in between.
        if (event.key === key && seen.at(-1) !== said) seen.push(said);
      });
      const stopThrowing = cache.subscribe(() => {
        throw new Error("a listener that fails");
      });
      await world.cluster.apply(quota(ref, { pods: "1" }));
      await until(() => cache.get(key) !== undefined);
      await world.cluster.apply(quota(ref, { pods: "2" }));
      await until(() => seen.length === 2);
      expect(cache.get(key)?.object).toMatchObject({ apiVersion: "v1", kind: "ResourceQuota", spec: { hard: { pods: "2" } } });
      expect(cache.get(key)?.object.metadata).not.toHaveProperty("managedFields");
      expect(cache.get(key)?.specWrittenAt).toBeInstanceOf(Date);
      await removeObject(world.cluster, ref);
      await until(() => cache.get(key) === undefined);
      expect(seen).toEqual(["upsert 1", "upsert 2", "remove 2"]);
      stop();
      stopThrowing();
      await world.cluster.apply(quota(ref, { pods: "3" }));
      await until(() => cache.get(key) !== undefined);
      expect(seen).toHaveLength(3);
    });

    it("proves how fresh its evidence is", async () => {
      const cache: WatchCache = world.cluster.watch("Namespace");
      await cache.synced(AbortSignal.timeout(SECONDS_30));
      await until(() => cache.health().connected);
      const health = cache.health();
      expect(health).toMatchObject({ synced: true, connected: true, relists: 0, lastError: null });
      expect(Date.now() - Number(health.freshAt)).toBeLessThan(60_000);
      expect(cache.get(world.namespace)?.object.kind).toBe("Namespace");
      expect(health.objects).toBe([...cache.values()].length);
    });
  });
}

/** A tenant cluster behind the whole port. `away` makes it unreachable until `back`; `stranger` is a destination without Secret. */
export type TenantContractWorld = ContractWorld<ClusterPort> & {
  readonly kube: KubernetesPort;
  readonly stranger: string;
  away(): Promise<void>;
  back(): Promise<void>;
};

/** What a tenant cluster does besides `describeClusterContract`. */
export function describeTenantContract(name: string, createWorld: () => Promise<TenantContractWorld>): void {
  describeClusterContract(name, createWorld);

  describe(`tenant cluster port: ${name}`, { timeout: SECONDS_30 }, () => {
    let world: TenantContractWorld;
    const ref: ObjectRef = { apiVersion: "v1", kind: "Namespace", name: "kube-system" };

    beforeAll(async () => {
      world = await createWorld();
    }, SECONDS_30);
    afterAll(() => world.close());

    it("has an identity of its own", async () => {
      const [managementCluster = ""] = world.cluster.id.split("/");
      expect(await world.cluster.clusterUid()).not.toBe(await world.kube.cluster(managementCluster).clusterUid());
    });

    it("is an outage with a reason while there is no way to it", async () => {
      const error = await refusal(world.kube.cluster(world.stranger).find(ref));
      expect(error).toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.tenantUnreachable", values: { cluster: world.stranger } });
      expect(["absent", "kubeconfig"]).toContain(error.values.reason);
    });

    it("knows only management clusters of this installation", () => {
      expect(() => world.kube.cluster("trellis-nowhere/team-a/x")).toThrow(
        expect.objectContaining({ key: "kubernetes.unknownManagementCluster" }),
      );
    });

    it("says that it is unreachable, and is back when it is back", async () => {
      await world.away();
      expect(await refusal(world.cluster.find(ref))).toMatchObject({
        code: "UNAVAILABLE",
        key: "kubernetes.tenantUnreachable",
        values: { cluster: world.cluster.id },
      });
      await world.back();
      await expect.poll(() => world.cluster.find(ref).catch(() => null), { timeout: 25_000, interval: 100 }).not.toBeNull();
    });
  });
}

/** Of a kind that no controller writes to behind the test's back. */
function note(ref: ObjectRef, data: Readonly<Record<string, string>>, metadata: Readonly<Record<string, unknown>> = {}): KubeObject {
  const { spec: _spec, ...object } = quota(ref, {}, metadata);
  return { ...object, data };
}

function quota(ref: ObjectRef, hard: Readonly<Record<string, string>>, metadata: Readonly<Record<string, unknown>> = {}): KubeObject {
  return {
    apiVersion: ref.apiVersion,
    kind: ref.kind,
    metadata: { name: ref.name, ...(ref.namespace === undefined ? {} : { namespace: ref.namespace }), ...metadata },
    spec: { hard },
  };
}

function describeEvent(event: WatchEvent): string {
  const { spec } = event.watched.object;
  const pods = typeof spec === "object" && spec !== null && "hard" in spec ? JSON.stringify(spec.hard) : "";
  return `${event.type} ${pods.replace(/\D/g, "")}`;
}

async function removeObject(cluster: ClusterPort, ref: ObjectRef): Promise<void> {
  const live = await cluster.find(ref);
  await cluster.delete(ref, { uid: String(live?.metadata.uid), resourceVersion: String(live?.metadata.resourceVersion) });
}

async function refusal(work: Promise<unknown>): Promise<PortalError> {
  const outcome = await work.then(
    () => "it succeeded",
    (error: unknown) => error,
  );
  if (isPortalError(outcome)) return outcome;
  throw new Error(`expected a PortalError, got ${String(outcome)}`);
}

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 10 }).toBe(true);
}
