import type { DatabasePort, Repositories } from "../adapters/database/port.ts";
import type { KubernetesPort } from "../adapters/kubernetes/port.ts";
import type { LatticePort } from "../adapters/lattice/port.ts";
import type { LogPort, MetricsPort } from "../adapters/telemetry/port.ts";
import type { Actor } from "../domain/tenancy/actor.ts";
import type { ClusterIndex } from "../read-models/clusters/cluster-index.ts";
import type { FactStore } from "../read-models/routes/fact-store.ts";
import type { RouteIndex } from "../read-models/routes/route-index.ts";
import type { TopologyIndex } from "../read-models/topology/topology-index.ts";
import type { ImpactOf } from "./requests/impact-of.ts";
import type { RequestKinds } from "./requests/request-kind.ts";

/** The only clock below the doors. */
export type Clock = { now(): Date };

/** Settings that use cases need, parsed once by lib/config/env.ts. */
export type Settings = {
  readonly installationId: string;
  readonly baseUrl: string;
  readonly requestTtlDays: number;
  readonly deliveryLeaseMs: number;
  /** The user name under which management clusters know the portal: the subject of its RoleBindings. */
  readonly kubernetesUser: string;
};

/** The explicit world of a use case, built once in lib/server/composition.ts; `actor` and `signal` change per call. */
export type Context = {
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly db: DatabasePort;
  readonly kube: KubernetesPort;
  readonly lattice: LatticePort;
  readonly clusters: ClusterIndex;
  readonly routes: RouteIndex;
  readonly facts: FactStore;
  readonly topology: TopologyIndex;
  readonly kinds: RequestKinds;
  /** Who would feel a deletion: given by the highest feature, called by the requests engine. */
  readonly impactOf: ImpactOf;
  readonly settings: Settings;
  readonly log: LogPort;
  readonly metrics: MetricsPort;
  /** Wakes the delivery worker of this process; losing it costs a poll interval. */
  readonly wakeDelivery: () => void;
  /** Base64url text of cryptographically random bytes. */
  readonly randomId: () => string;
};

/** What `run` of a command gets: no ports, only the transaction. */
export type TransactionContext = Pick<Context, "actor" | "clock" | "settings" | "kinds" | "randomId"> & { readonly tx: Repositories };
