import { z } from "zod";
import { KubeObject } from "../../kube/kube-object.ts";

/** A condition in Cluster API's v1beta1 shape, which CAPA 2.11 writes. */
export const Condition = z.looseObject({
  type: z.string(),
  status: z.string(),
  severity: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string(),
});
export type Condition = z.infer<typeof Condition>;

const IdentityRef = z.looseObject({ kind: z.string(), name: z.string() });
export type IdentityRef = z.infer<typeof IdentityRef>;
const Endpoint = z.looseObject({ host: z.string(), port: z.number() });
const Subnet = z.looseObject({ id: z.string(), availabilityZone: z.string().optional(), isPublic: z.boolean().optional() });
const Vpc = z.looseObject({
  id: z.string().optional(),
  cidrBlock: z.string().optional(),
  availabilityZoneUsageLimit: z.number().optional(),
  ipv6: z.looseObject({}).optional(),
  tags: z.record(z.string(), z.string()).optional(),
});

export const ControlPlane = KubeObject.extend({
  spec: z.looseObject({
    region: z.string().optional(),
    version: z.string().optional(),
    eksClusterName: z.string().optional(),
    identityRef: IdentityRef.optional(),
    network: z.looseObject({ vpc: Vpc.optional(), subnets: z.array(Subnet).optional() }).optional(),
    addons: z.array(z.looseObject({ name: z.string(), version: z.string(), serviceAccountRoleARN: z.string().optional() })).optional(),
    bastion: z.looseObject({ enabled: z.boolean().optional() }).optional(),
    tokenMethod: z.string().optional(),
    controlPlaneEndpoint: Endpoint.optional(),
  }),
  status: z
    .looseObject({
      ready: z.boolean().optional(),
      initialized: z.boolean().optional(),
      version: z.string().optional(),
      conditions: z.array(Condition).optional(),
      addons: z.array(z.looseObject({ name: z.string(), status: z.string().optional() })).optional(),
    })
    .optional(),
});
export type ControlPlane = z.infer<typeof ControlPlane>;

export const NodeGroup = KubeObject.extend({
  spec: z.looseObject({
    eksNodegroupName: z.string().optional(),
    instanceType: z.string().optional(),
    amiType: z.string().optional(),
    capacityType: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    taints: z.array(z.looseObject({ key: z.string(), value: z.string().optional(), effect: z.string() })).optional(),
    scaling: z.looseObject({ minSize: z.number().optional(), maxSize: z.number().optional() }).optional(),
    providerIDList: z.array(z.string()).optional(),
  }),
  status: z
    .looseObject({
      ready: z.boolean().optional(),
      replicas: z.number().optional(),
      failureMessage: z.string().optional(),
      conditions: z.array(Condition).optional(),
    })
    .optional(),
});
export type NodeGroup = z.infer<typeof NodeGroup>;

export const Cluster = KubeObject.extend({
  spec: z.looseObject({
    paused: z.boolean().optional(),
    infrastructureRef: z.looseObject({ kind: z.string(), name: z.string() }).optional(),
    controlPlaneRef: z.looseObject({ kind: z.string(), name: z.string() }).optional(),
  }),
  status: z.looseObject({ initialization: z.looseObject({ infrastructureProvisioned: z.boolean().optional() }).optional() }).optional(),
});
export type Cluster = z.infer<typeof Cluster>;

export const ManagedCluster = KubeObject.extend({
  spec: z.looseObject({ controlPlaneEndpoint: Endpoint.optional() }).optional(),
  status: z.looseObject({ ready: z.boolean().optional(), conditions: z.array(Condition).optional() }).optional(),
});
export type ManagedCluster = z.infer<typeof ManagedCluster>;

export const MachinePool = KubeObject.extend({
  spec: z.looseObject({
    clusterName: z.string(),
    replicas: z.number().optional(),
    template: z.looseObject({ spec: z.looseObject({ version: z.string().optional() }) }).optional(),
  }),
});
export type MachinePool = z.infer<typeof MachinePool>;

const Selector = z.looseObject({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z.array(z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() })).optional(),
});
export const Identity = KubeObject.extend({
  spec: z.looseObject({
    allowedNamespaces: z.looseObject({ list: z.array(z.string()).nullish(), selector: Selector.optional() }).nullish(),
    sourceIdentityRef: IdentityRef.optional(),
  }),
});
export type Identity = z.infer<typeof Identity>;
