import type { ObservedCondition, ObservedObject } from "../clusters/observed-cluster.ts";
import type {
  LatticeAccessLog,
  LatticeAuthPolicy,
  LatticeHealth,
  LatticeListener,
  LatticeService,
  LatticeServiceAssociation,
  LatticeServiceDetail,
  LatticeTarget,
  LatticeTargetGroup,
  Seen,
} from "./lattice-facts.ts";
import type { ObservedServiceNetwork } from "./observed-network.ts";
import type { RouteMatch } from "./route-input.ts";

/** The kinds of route object of Gateway API that the gateway controller takes. */
export const ROUTE_KINDS = ["HTTPRoute", "GRPCRoute", "TLSRoute"] as const;
export type RouteKind = (typeof ROUTE_KINDS)[number];

/** One backend of a rule as the route object names it. */
export type RouteObjectBackend = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly weight: number;
};

/** `unsupported` names the fields that the controller refuses or ignores in silence (lattice.md §1.4): "filters", "matches[1]", "queryParams". */
export type RouteObjectRule = {
  readonly match: RouteMatch;
  readonly backends: readonly RouteObjectBackend[];
  readonly unsupported: readonly string[];
};

export type RouteParent = {
  readonly gateway: { readonly namespace: string; readonly name: string };
  readonly sectionName: string | null;
  /** Null before the controller said anything. Times in it are the controller's: they move on every reconcile (§10.1.3). */
  readonly conditions: readonly ObservedCondition[] | null;
  readonly observedGeneration: number | null;
};

/** A ServiceImport and what it is pinned to. */
export type ObservedImport = ObservedObject & {
  readonly namespace: string;
  readonly name: string;
  readonly exportName: string | null;
  readonly clusterName: string | null;
  readonly vpcId: string | null;
};

export type ObservedAuthPolicy = ObservedObject & {
  readonly policy: string;
  /** From the annotation the controller writes when Lattice took it (§1.11). */
  readonly resourceId: string | null;
};

export type ObservedAccessLogPolicy = ObservedObject & { readonly destinationArn: string; readonly subscriptionArn: string | null };

export type ObservedListener = {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly hostname: string | null;
  readonly attachedRoutes: number | null;
  readonly conditions: readonly ObservedCondition[];
};

export type ObservedGateway = ObservedObject & {
  readonly namespace: string;
  readonly name: string;
  readonly className: string;
  /** From the message of `Programmed` (§1.3). */
  readonly networkArn: string | null;
  readonly listeners: readonly ObservedListener[];
};

/** A controller's Event, kept after Kubernetes forgot it. `combined` when the client folded similar ones (§10.1.1). */
export type RouteEvent = {
  readonly cluster: string;
  readonly object: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly combined: boolean;
  readonly firstAt: Date;
  readonly lastAt: Date;
};

/** A kubeService's export in its provider cluster, as that cluster said it at `observedAt`. */
export type ObservedExport = {
  /** Destination id `managementCluster/namespace/name`. */
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number | null;
  readonly routeType: string | null;
  readonly uid: string;
  readonly federated: boolean;
  readonly deletingSince: Date | null;
  readonly hasFinalizers: boolean;
  readonly request: string | null;
  readonly kubeService: { readonly ports: readonly number[]; readonly ipFamilies: readonly string[]; readonly readyPods: number } | null;
  /** Addresses of ready pods, to compare with Lattice's targets (stale addresses). */
  readonly podAddresses: readonly string[];
  /** Since when they are these, as far as this process saw; absent: since `observedAt`. */
  readonly addressesSince?: Date;
  readonly healthCheck: { readonly enabled: boolean; readonly path: string | null } | null;
  readonly protocol: string | null;
  readonly observedAt: Date;
};

/** A tenant cluster as a provider: reachable or not, and since when we know. */
export type ObservedProvider = {
  readonly cluster: string;
  readonly exports: readonly ObservedExport[];
  readonly freshAt: Date | null;
  /** A message key when the newest look failed. */
  readonly error: string | null;
};

/** The part of one account's Lattice that one route is about. A fact that was never read is null; nothing is ever guessed. */
export type ObservedLattice = {
  readonly account: string;
  readonly health: LatticeHealth;
  /** When the list of services was last whole: absence is only known from then. */
  readonly servicesAt: Date | null;
  readonly service: Seen<LatticeService> | null;
  readonly detail: Seen<LatticeServiceDetail> | null;
  readonly tags: Seen<Readonly<Record<string, string>>> | null;
  readonly associations: Seen<readonly LatticeServiceAssociation[]> | null;
  readonly listeners: Seen<readonly LatticeListener[]> | null;
  readonly policy: Seen<LatticeAuthPolicy | null> | null;
  readonly accessLogs: Seen<readonly LatticeAccessLog[]> | null;
  /** The networks it is associated with and the one it should be in, with who may enter there and under which policy. */
  readonly networks: readonly ObservedServiceNetwork[];
  /** Every group that this route's imports pin (by tags) or that a rule of the service names. */
  readonly groups: readonly {
    readonly group: Seen<LatticeTargetGroup>;
    readonly targets: Seen<readonly LatticeTarget[]> | null;
    /** The import it answers, null when only a rule names it. */
    readonly importName: string | null;
  }[];
};

/** One route as its object, its surroundings and Lattice say it. Built by lib/read-models/routes; never holds a secret. */
export type ObservedRoute = ObservedObject & {
  readonly managementCluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: RouteKind;
  readonly team: string | null;
  readonly managed: boolean;
  readonly visibility: "team" | "organisation";
  readonly description: string | null;
  readonly request: string | null;
  readonly generation: number;
  /** When we first saw this generation: deadlines run from here, because the controller's own times lie (§10.1.2–3). */
  readonly generationSeenAt: Date;
  readonly network: string | null;
  readonly listener: string | null;
  readonly hostnames: readonly string[];
  /** `service-name-override`, else the derived name (§1.4). */
  readonly serviceName: string;
  readonly rules: readonly RouteObjectRule[];
  readonly parents: readonly RouteParent[];
  readonly annotatedDomain: string | null;
  readonly annotatedArn: string | null;
  readonly gateway: ObservedGateway | null;
  readonly imports: readonly ObservedImport[];
  /** Namespaces of imports for which a ReferenceGrant lets this team in. */
  readonly grantedNamespaces: readonly string[];
  readonly policy: ObservedAuthPolicy | null;
  readonly accessLog: ObservedAccessLogPolicy | null;
  readonly providers: readonly ObservedProvider[];
  readonly lattice: ObservedLattice | null;
  readonly events: readonly RouteEvent[];
  /** VPCs that should be able to call: from the caller list and the network's configuration. */
  readonly consumers: readonly ObservedConsumer[];
  /** When the watches of the management cluster last proved to be complete. */
  readonly freshAt: Date | null;
};

/** Somebody who may call: a caller of the access annotation, with the VPC it calls from when that is known. */
export type ObservedConsumer = {
  readonly team: string | null;
  readonly name: string;
  readonly cluster: string | null;
  readonly vpcId: string | null;
  readonly roleArn: string | null;
  readonly methods: readonly string[];
  readonly paths: readonly string[];
};
