import { createDatabase } from "../adapters/database/index.ts";
import type { DatabasePort } from "../adapters/database/port.ts";
import { createKubernetes } from "../adapters/kubernetes/index.ts";
import type { KubernetesPort } from "../adapters/kubernetes/port.ts";
import { createLattice } from "../adapters/lattice/index.ts";
import { createTelemetry } from "../adapters/telemetry/index.ts";
import type { LogPort, MetricsPort } from "../adapters/telemetry/port.ts";
import { type Env, env } from "../config/env.ts";
import { readAuditKeys } from "../config/read-audit-keys.ts";
import { JOINING_SHARE } from "../domain/routes/budget-share.ts";
import type { Actor, SystemActor } from "../domain/tenancy/actor.ts";
import { NO_PLACES, type Places } from "../domain/topology/places.ts";
import { createClusterIndex } from "../read-models/clusters/create-cluster-index.ts";
import { createFactStore } from "../read-models/routes/create-fact-store.ts";
import { createRouteIndex } from "../read-models/routes/create-route-index.ts";
import { createTopologyIndex } from "../read-models/topology/create-topology-index.ts";
import type { Clock, Context, Settings } from "../services/context.ts";
import { impactOf } from "../services/topology/impact-of.ts";
import { createReadiness, type Readiness } from "./readiness.ts";
import { requestKinds } from "./request-kinds.ts";
import { createStreams, type Streams } from "./streams.ts";

/** The process's one set of everything; every door takes its world from here. */
export type Portal = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly db: DatabasePort;
  readonly kube: KubernetesPort;
  readonly log: LogPort;
  readonly metrics: MetricsPort;
  readonly readiness: Readiness;
  readonly streams: Streams;
  readonly randomId: () => string;
  contextFor(actor: Actor, signal: AbortSignal): Context;
  systemContext(name: SystemActor["name"], signal: AbortSignal): Context;
  /** Ends timers, watches and connections; nothing of this process works afterwards. */
  close(): Promise<void>;
  /** Called once the delivery worker runs; until then waking it does nothing. */
  onWakeDelivery(wake: () => void): void;
  /** Accounts and service networks as the database holds them; none before the first call. */
  usePlaces(places: Places): void;
};

const HOLDER = Symbol.for("trellis.portal");

/**
 * The portal of this process. Next bundles pages, route handlers, actions and instrumentation with module copies of their own,
 * so the one instance hangs on `globalThis` (architecture.md, "One process").
 */
export function portal(): Portal {
  const holder = globalHolder();
  return (holder[HOLDER] ??= compose(env()));
}

function compose(settings: Env): Portal {
  const clock: Clock = { now: () => new Date() };
  const { log, metrics } = createTelemetry({ level: settings.LOG_LEVEL });
  const db = createDatabase({
    ...(settings.DATABASE_URL === undefined ? { dataDir: settings.TRELLIS_DATA_DIR } : { databaseUrl: settings.DATABASE_URL }),
    auditKeys: readAuditKeys(settings.TRELLIS_AUDIT_KEYS),
    log,
    clock,
  });
  const kube = createKubernetes({
    clusters: settings.MANAGEMENT_CLUSTERS.map((cluster) =>
      "kubeconfig" in cluster ? { id: cluster.id, kubeconfigPath: cluster.kubeconfig } : cluster,
    ),
    tenantEndpointCidrs: settings.TENANT_ENDPOINT_CIDRS,
    fieldManager: "trellis",
    log,
    metrics,
    clock,
  });
  let wake: () => void = () => undefined;
  const lattice = createLattice({
    ...(settings.LATTICE_ENDPOINT === undefined ? {} : { endpoint: settings.LATTICE_ENDPOINT }),
    log,
    metrics,
    clock,
    // Other replicas may be at work already: they are counted first.
    ...(db.engine === "postgresql" ? { firstShare: JOINING_SHARE } : {}),
  });
  const clusters = createClusterIndex({ kube, clock, log });
  const facts = createFactStore({ clock, log, metrics });
  let places = NO_PLACES;
  const routes = createRouteIndex({ kube, facts, clusters, networking: () => places.networking, clock, log });
  const topology = createTopologyIndex({ kube, clusters, routes, facts, places: () => places, clock, log });
  const shared: Omit<Context, "actor" | "signal"> = {
    clock,
    db,
    kube,
    lattice,
    clusters,
    routes,
    facts,
    topology,
    kinds: requestKinds,
    impactOf,
    settings: toSettings(settings),
    log,
    metrics,
    wakeDelivery: () => wake(),
    randomId,
  };
  return {
    settings: shared.settings,
    clock,
    db,
    kube,
    log,
    metrics,
    randomId,
    readiness: createReadiness(),
    streams: createStreams((open) => metrics.gauge("trellis_streams", open)),
    contextFor: (actor, signal) => ({ ...shared, actor, signal }),
    systemContext: (name, signal) => ({ ...shared, actor: { type: "system", name }, signal }),
    close: async () => {
      topology.close();
      routes.close();
      clusters.close();
      lattice.close();
      await Promise.allSettled([kube.close(), db.close()]);
    },
    onWakeDelivery: (next) => {
      wake = next;
    },
    usePlaces: (next) => {
      // The same configuration must stay the same object: another one makes every route and the whole map new.
      if (JSON.stringify(next) === JSON.stringify(places)) return;
      const isSameNetworking = JSON.stringify(next.networking) === JSON.stringify(places.networking);
      places = isSameNetworking ? { ...next, networking: places.networking } : next;
    },
  };
}

function toSettings(settings: Env): Settings {
  return {
    installationId: settings.TRELLIS_INSTALLATION_ID,
    baseUrl: settings.AUTH_URL,
    requestTtlDays: settings.TRELLIS_REQUEST_TTL_DAYS,
    deliveryLeaseMs: settings.TRELLIS_DELIVERY_LEASE_MS,
    kubernetesUser: settings.TRELLIS_KUBERNETES_USER,
  };
}

function randomId(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
}

// Only this module writes the property, and only with a Portal.
function globalHolder(): { [HOLDER]: Portal | undefined } {
  return globalThis as unknown as { [HOLDER]: Portal | undefined };
}
