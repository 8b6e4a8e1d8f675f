import type { ObjectRef } from "../requests/plan.ts";

/** A condition as the object says it; v1beta1 and v1beta2 shapes share this reading (`severity` only in v1beta1). */
export type ObservedCondition = {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string | null;
  readonly message: string | null;
  readonly severity: "Error" | "Warning" | "Info" | null;
  readonly at: Date | null;
};

/** What every observed object shares. `observedAt` is when this process saw this version. */
export type ObservedObject = {
  readonly ref: ObjectRef;
  readonly uid: string;
  readonly createdAt: Date | null;
  readonly deletingSince: Date | null;
  readonly hasFinalizers: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly conditions: readonly ObservedCondition[];
  readonly observedAt: Date;
};

export type ObservedControlPlane = ObservedObject & {
  readonly ready: boolean;
  readonly initialized: boolean;
  readonly failureMessage: string | null;
  readonly version: string | null;
  readonly specVersion: string | null;
  readonly region: string | null;
  readonly eksName: string | null;
  readonly identity: { readonly kind: string; readonly name: string } | null;
  readonly endpoint: string | null;
  readonly vpcCidr: string | null;
  /** The VPC the cluster lives in: given, or written back by CAPA when it made one. */
  readonly vpcId: string | null;
  readonly addons: readonly {
    readonly name: string;
    readonly version: string;
    readonly status: string | null;
    readonly issues: readonly string[];
  }[];
  readonly accessEntries: readonly { readonly principal: string; readonly policies: readonly string[] }[];
};

export type ObservedPool = ObservedObject & {
  readonly desired: number;
  readonly readyReplicas: number;
  readonly phase: string | null;
  readonly nodeRefs: number;
  /** The AWSManagedMachinePool below, null when it is missing. */
  readonly managed:
    | (ObservedObject & {
        readonly ready: boolean;
        readonly failureMessage: string | null;
        readonly instanceType: string | null;
        readonly capacityType: string | null;
        readonly amiType: string | null;
        readonly zones: readonly string[];
        readonly min: number | null;
        readonly max: number | null;
      })
    | null;
};

/** One tenant cluster as its objects say it. Read by lib/manifests/clusters/read-cluster.ts; never holds a secret. */
export type ObservedCluster = ObservedObject & {
  readonly managementCluster: string;
  readonly namespace: string;
  readonly name: string;
  /** From the namespace `team-<team>`; null outside team namespaces ("not managed"). */
  readonly team: string | null;
  readonly managed: boolean;
  readonly visibility: "team" | "organisation";
  readonly description: string | null;
  readonly blueprint: string | null;
  readonly account: string | null;
  readonly request: string | null;
  readonly paused: boolean;
  readonly phase: string | null;
  readonly infrastructureProvisioned: boolean;
  readonly controlPlaneInitialized: boolean;
  readonly infrastructure: (ObservedObject & { readonly ready: boolean }) | null;
  readonly controlPlane: ObservedControlPlane | null;
  readonly pools: readonly ObservedPool[];
  /** When the watches last proved to be complete; the oldest over the kinds read. Null before the first list. */
  readonly freshAt: Date | null;
};
