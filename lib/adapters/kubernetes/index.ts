import { PortalError } from "../../domain/portal-error.ts";
import type { LogPort, MetricsPort } from "../telemetry/port.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import { createCredentialSource } from "./credentials.ts";
import { parseDestination } from "./destination.ts";
import { createManagementCluster } from "./management-cluster.ts";
import type { KubernetesPort, ManagementClusterPort, WatchedKind } from "./port.ts";
import { createTenantClusters } from "./tenant-clusters.ts";
import { createTransport } from "./transport.ts";
import { createWatchCache, type RunningWatchCache } from "./watch-cache.ts";

export type KubernetesOptions = {
  readonly clusters: readonly ClusterAccess[];
  /** Addresses that tenant control planes may have although they are loopback or link-local. */
  readonly tenantEndpointCidrs: readonly string[];
  readonly fieldManager: string;
  readonly log: LogPort;
  readonly metrics: MetricsPort;
  readonly clock: { now(): Date };
};

/** Connects lazily: nothing is read or sent before the first call or watch. */
export function createKubernetes(options: KubernetesOptions): KubernetesPort {
  const { log, metrics, clock } = options;
  const clusters = new Map<string, { readonly port: ManagementClusterPort; close(): Promise<void> }>();

  for (const access of options.clusters) {
    const transport = createTransport({ clusterId: access.id, credentials: createCredentialSource(access), metrics });
    const caches = new Map<WatchedKind, RunningWatchCache>();
    let closed = false;
    const watch = (kind: WatchedKind) => {
      const cache = caches.get(kind) ?? createWatchCache({ transport, kind, log, metrics, now: () => clock.now() });
      caches.set(kind, cache);
      if (closed) cache.stop();
      return cache;
    };
    const port = createManagementCluster({
      transport,
      fieldManager: options.fieldManager,
      tenantEndpointCidrs: options.tenantEndpointCidrs,
      watch,
    });
    const close = async () => {
      closed = true;
      for (const cache of caches.values()) cache.stop();
      await transport.close();
    };
    clusters.set(access.id, { port, close });
  }

  const tenants = createTenantClusters({ fieldManager: options.fieldManager, metrics, now: () => clock.now() });

  function managementCluster(id: string): ManagementClusterPort {
    const found = clusters.get(id);
    if (!found) throw new PortalError("NOT_FOUND", "kubernetes.unknownManagementCluster", { cluster: id });
    return found.port;
  }

  return {
    ids: () => [...clusters.keys()],
    managementCluster,
    cluster(destination) {
      const tenant = parseDestination(destination);
      if (tenant === null) return managementCluster(destination);
      const owner = managementCluster(tenant.managementCluster);
      return tenants.port(tenant, {
        find: (ref, given) => owner.find(ref, given),
        managementCluster: owner.id,
        tenantEndpointCidrs: options.tenantEndpointCidrs,
      });
    },
    async close() {
      await tenants.close();
      await Promise.all([...clusters.values()].map((cluster) => cluster.close()));
    },
  };
}
