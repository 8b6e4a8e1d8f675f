import { PortalError } from "../../domain/portal-error.ts";
import { createFakeManagementCluster, type FakeManagementCluster } from "./fake-cluster.ts";
import type { KubernetesPort } from "./port.ts";

/** Calls and controls act on the first management cluster; `on(id)` reaches the others. */
export type FakeKubernetes = KubernetesPort & FakeManagementCluster & { on(id: string): FakeManagementCluster };

/** An in-memory KubernetesPort for use-case tests, held to the same contract as the real one (contract.ts). */
export function createFakeKubernetes(
  options: { readonly ids?: readonly [string, ...string[]]; readonly fieldManager?: string; readonly clock?: { now(): Date } } = {},
): FakeKubernetes {
  const ids = options.ids ?? ["mgmt-local"];
  const clock = options.clock ?? { now: () => new Date() };
  const create = (id: string) =>
    createFakeManagementCluster({ id, fieldManager: options.fieldManager ?? "trellis", now: () => clock.now() });
  const first = create(ids[0]);
  const clusters = new Map<string, FakeManagementCluster>([[first.id, first], ...ids.slice(1).map((id) => [id, create(id)] as const)]);

  function on(id: string): FakeManagementCluster {
    const found = clusters.get(id);
    if (!found) throw new PortalError("NOT_FOUND", "kubernetes.unknownManagementCluster", { cluster: id });
    return found;
  }

  return { ...first, ids: () => ids, managementCluster: on, on, close: async () => undefined };
}
