import { expect, it } from "vitest";
import { createFakeKubernetes } from "../adapters/kubernetes/fake.ts";
import { KIND_MISSING, type KubernetesPort, type WatchCache, type WatchedKind } from "../adapters/kubernetes/port.ts";
import { PortalError } from "../domain/portal-error.ts";
import { untilWatched } from "./until-watched.ts";

/** A kind as a real watch says that it cannot be listed: for ever waiting, or told that nobody serves it. */
function troubled(cache: WatchCache, lastError: string | null): WatchCache {
  return {
    ...cache,
    health: () => ({ ...cache.health(), synced: false, connected: false, lastError }),
    synced: (signal) =>
      lastError === KIND_MISSING
        ? Promise.resolve()
        : new Promise((_resolve, reject) =>
            signal.addEventListener("abort", () => reject(new PortalError("UNAVAILABLE", "kubernetes.notSynced")), { once: true }),
          ),
  };
}

function watching(trouble: Partial<Record<WatchedKind, string | null>>): KubernetesPort {
  const fake = createFakeKubernetes();
  const cluster = fake.managementCluster("mgmt-local");
  const watch = (kind: WatchedKind) => {
    const lastError = trouble[kind];
    return lastError === undefined ? cluster.watch(kind) : troubled(cluster.watch(kind), lastError);
  };
  return { ...fake, managementCluster: () => ({ ...cluster, watch }) };
}

const wait = (kube: KubernetesPort) => untilWatched(kube, new AbortController().signal, 50);
const notSynced = { code: "UNAVAILABLE", key: "kubernetes.notSynced" };

it("is done when every kind is listed", async () => {
  await expect(wait(watching({}))).resolves.toBeUndefined();
});

it("does not wait for kinds of routes that nobody serves or that the portal may not watch", async () => {
  await expect(wait(watching({ HTTPRoute: KIND_MISSING, Gateway: KIND_MISSING, Event: KIND_MISSING }))).resolves.toBeUndefined();
  await expect(wait(watching({ ReferenceGrant: "kubernetes.forbidden" }))).resolves.toBeUndefined();
});

it("waits for kinds of routes that are on their way", async () => {
  await expect(wait(watching({ HTTPRoute: null }))).rejects.toMatchObject(notSynced);
});

it.each([KIND_MISSING, "kubernetes.forbidden", null])(
  "is never done without a kind that clusters are read from (%s)",
  async (lastError) => {
    await expect(wait(watching({ Cluster: lastError }))).rejects.toMatchObject(notSynced);
  },
);
