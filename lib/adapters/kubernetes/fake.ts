import { PortalError } from "../../domain/portal-error.ts";
import { parseDestination } from "./destination.ts";
import { createFakeManagementCluster, type FakeControls, type FakeManagementCluster } from "./fake-cluster.ts";
import type { ClusterPort, KubernetesPort } from "./port.ts";
import { type Tenant, tenantUnreachable } from "./tenant-outage.ts";

/** A tenant cluster of the fake; `down` and `up` are its unreachable switch. */
export type FakeTenantCluster = ClusterPort & FakeControls;

/** Calls and controls act on the first management cluster; `on(id)` reaches the others, `tenant(destination)` those that were added. */
export type FakeKubernetes = KubernetesPort &
  FakeManagementCluster & {
    on(id: string): FakeManagementCluster;
    /** A tenant cluster (`managementCluster/namespace/name`) gets its Secret and answers from now on. */
    addTenant(destination: string): FakeTenantCluster;
    tenant(destination: string): FakeTenantCluster;
  };

/** An in-memory KubernetesPort for use-case tests, held to the same contract as the real one (contract.ts). */
export function createFakeKubernetes(
  options: { readonly ids?: readonly [string, ...string[]]; readonly fieldManager?: string; readonly clock?: { now(): Date } } = {},
): FakeKubernetes {
  const ids = options.ids ?? ["mgmt-local"];
  const clock = options.clock ?? { now: () => new Date() };
  const create = (id: string, outage: () => PortalError) =>
    createFakeManagementCluster({ id, fieldManager: options.fieldManager ?? "trellis", now: () => clock.now(), outage });
  const createManagement = (id: string) =>
    create(id, () => new PortalError("UNAVAILABLE", "kubernetes.unreachable", { cluster: id, code: "ECONNREFUSED" }));
  const first = createManagement(ids[0]);
  const clusters = new Map<string, FakeManagementCluster>([
    [first.id, first],
    ...ids.slice(1).map((id) => [id, createManagement(id)] as const),
  ]);
  const tenants = new Map<string, FakeTenantCluster>();

  function on(id: string): FakeManagementCluster {
    const found = clusters.get(id);
    if (!found) throw new PortalError("NOT_FOUND", "kubernetes.unknownManagementCluster", { cluster: id });
    return found;
  }

  function addTenant(destination: string): FakeTenantCluster {
    const named = parseDestination(destination);
    if (named === null) throw new Error(`${destination} names no tenant cluster`);
    on(named.managementCluster);
    const added = create(destination, () => tenantUnreachable(named, "network"));
    tenants.set(destination, added);
    return added;
  }

  function tenant(destination: string): FakeTenantCluster {
    const found = tenants.get(destination);
    if (!found) throw new Error(`${destination} was not added`);
    return found;
  }

  function cluster(destination: string): ClusterPort {
    const named = parseDestination(destination);
    if (named === null) return on(destination);
    on(named.managementCluster);
    return tenants.get(destination) ?? withoutSecret(named, () => tenants.get(destination));
  }

  return { ...first, ids: () => ids, managementCluster: on, cluster, on, addTenant, tenant, close: async () => undefined };
}

/** A tenant cluster that has no Secret yet: each call says so until it has one. */
function withoutSecret(tenant: Tenant, added: () => ClusterPort | undefined): ClusterPort {
  const port = async () => {
    const found = added();
    if (found === undefined) throw tenantUnreachable(tenant, "kubeconfig");
    return found;
  };
  return {
    id: tenant.destination,
    clusterUid: async (options) => (await port()).clusterUid(options),
    find: async (ref, options) => (await port()).find(ref, options),
    list: async (kind, options) => (await port()).list(kind, options),
    apply: async (object, options) => (await port()).apply(object, options),
    mergePatch: async (ref, patch, options) => (await port()).mergePatch(ref, patch, options),
    delete: async (ref, preconditions, options) => (await port()).delete(ref, preconditions, options),
  };
}
