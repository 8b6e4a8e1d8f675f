import type { MetricsPort } from "../telemetry/port.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createClusterPort } from "./cluster-port.ts";
import { createGuardedLookup } from "./guarded-lookup.ts";
import { createInFlightLimit } from "./in-flight-limit.ts";
import type { CallOptions, ClusterPort, TenantReason } from "./port.ts";
import { createTenantCalls, type TenantCalls } from "./tenant-calls.ts";
import { createTenantCredentials } from "./tenant-credentials.ts";
import type { TenantReader } from "./tenant-endpoint.ts";
import type { Tenant } from "./tenant-outage.ts";
import { createTransport } from "./transport.ts";

const CONNECT_TIMEOUT_MS = 3_000;
const FIND_TIMEOUT_MS = 5_000;
const LIST_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 15_000;
const IN_FLIGHT_PER_TENANT = 4;
const IN_FLIGHT = 32;
const KEPT_TENANTS = 64;

type Entry = { readonly destination: string; readonly port: ClusterPort; readonly calls: TenantCalls; close(): Promise<void> };

export type TenantClusters = { port(tenant: Tenant, reader: TenantReader): ClusterPort; close(): Promise<void> };

/**
 * Ports of tenant clusters over connections that are few: the least recently used are closed, calls wait for a place, and a cluster that
 * failed is left alone for some seconds, so that a dead one costs nobody time.
 */
export function createTenantClusters(options: {
  readonly fieldManager: string;
  readonly metrics: MetricsPort;
  readonly now: () => Date;
  /** For tests: smaller than in production. */
  readonly keptTenants?: number;
}): TenantClusters {
  const entries = new Map<string, Entry>();
  const everywhere = createInFlightLimit(IN_FLIGHT);
  const closed = new AbortController();

  function connect(tenant: Tenant, reader: TenantReader): Entry {
    const credentials = createTenantCredentials({ tenant, reader, now: options.now });
    const transport = createTransport({
      clusterId: tenant.destination,
      metricsId: `${tenant.managementCluster}/tenants`,
      credentials,
      metrics: options.metrics,
      connection: {
        timeoutMs: CONNECT_TIMEOUT_MS,
        connections: IN_FLIGHT_PER_TENANT,
        lookup: createGuardedLookup(reader.tenantEndpointCidrs),
      },
    });
    return {
      destination: tenant.destination,
      port: createClusterPort({ transport, fieldManager: options.fieldManager }),
      calls: createTenantCalls({
        tenant,
        credentials,
        breaker: createCircuitBreaker<TenantReason>(() => performance.now()),
        places: createInFlightLimit(IN_FLIGHT_PER_TENANT),
        everywhere,
        closed: closed.signal,
      }),
      close: () => transport.close(),
    };
  }

  function entryOf(tenant: Tenant, reader: TenantReader): Entry {
    const entry = entries.get(tenant.destination) ?? connect(tenant, reader);
    entries.delete(tenant.destination);
    entries.set(tenant.destination, entry);
    if (entries.size > (options.keptTenants ?? KEPT_TENANTS)) closeOldest(entry);
    return entry;
  }

  function closeOldest(except: Entry): void {
    const idle = [...entries.values()].find((entry) => entry !== except && entry.calls.inFlight() === 0);
    if (idle === undefined) return;
    entries.delete(idle.destination);
    void idle.close();
  }

  return {
    port(tenant, reader) {
      const on = <T>(limitMs: number, given: CallOptions | undefined, work: (port: ClusterPort, own: CallOptions) => Promise<T>) => {
        const { calls, port } = entryOf(tenant, reader);
        return calls.run({ ...given, limitMs }, (own) => work(port, own));
      };
      return {
        id: tenant.destination,
        clusterUid: (given) => on(FIND_TIMEOUT_MS, given, (port, own) => port.clusterUid(own)),
        find: (ref, given) => on(FIND_TIMEOUT_MS, given, (port, own) => port.find(ref, own)),
        list: (kind, given) => on(LIST_TIMEOUT_MS, given, (port, own) => port.list(kind, own)),
        apply: (object, given) =>
          on(WRITE_TIMEOUT_MS, given, (port, own) => port.apply(object, { ...own, dryRun: given?.dryRun ?? false })),
        mergePatch: (ref, patch, given) => on(WRITE_TIMEOUT_MS, given, (port, own) => port.mergePatch(ref, patch, own)),
        delete: (ref, preconditions, given) => on(WRITE_TIMEOUT_MS, given, (port, own) => port.delete(ref, preconditions, own)),
      };
    },
    async close() {
      closed.abort();
      const all = [...entries.values()];
      entries.clear();
      await Promise.all(all.map((entry) => entry.close()));
    },
  };
}
