import { z } from "zod";
import { KubeObject } from "../../kube/kube-object.ts";

const text = z.string();
export const Condition = z.looseObject({
  type: text,
  status: text,
  reason: text.optional(),
  message: text.optional(),
  lastTransitionTime: text.optional(),
  observedGeneration: z.number().optional(),
});
export type Condition = z.infer<typeof Condition>;
const Conditions = z.looseObject({ conditions: z.array(Condition).optional() }).optional();

export const LabelSelector = z.looseObject({
  matchLabels: z.record(text, text).optional(),
  matchExpressions: z.array(z.looseObject({ key: text, operator: text, values: z.array(text).optional() })).optional(),
});
export type LabelSelector = z.infer<typeof LabelSelector>;

export const GatewayListener = z.looseObject({
  name: text,
  port: z.number(),
  protocol: text,
  hostname: text.optional(),
  tls: z.looseObject({ mode: text.optional(), options: z.record(text, text).optional() }).optional(),
  allowedRoutes: z
    .looseObject({
      namespaces: z.looseObject({ from: text.optional(), selector: LabelSelector.optional() }).optional(),
      kinds: z.array(z.looseObject({ group: text.optional(), kind: text })).optional(),
    })
    .optional(),
});
export type GatewayListener = z.infer<typeof GatewayListener>;

export const GatewayClass = KubeObject.extend({ spec: z.looseObject({ controllerName: text }), status: Conditions });
export const Gateway = KubeObject.extend({
  spec: z.looseObject({ gatewayClassName: text, listeners: z.array(GatewayListener) }),
  status: z
    .looseObject({
      conditions: z.array(Condition).optional(),
      listeners: z.array(z.looseObject({ name: text, attachedRoutes: z.number().optional() })).optional(),
      addresses: z.array(z.looseObject({ type: text.optional(), value: text.optional() })).optional(),
    })
    .optional(),
});
export type Gateway = z.infer<typeof Gateway>;

export const ParentRef = z.looseObject({
  group: text.optional(),
  kind: text.optional(),
  name: text,
  namespace: text.optional(),
  sectionName: text.optional(),
  port: z.number().optional(),
});
export type ParentRef = z.infer<typeof ParentRef>;
export const BackendRef = z.looseObject({
  group: text.optional(),
  kind: text.optional(),
  name: text,
  namespace: text.optional(),
  port: z.number().optional(),
  weight: z.number().optional(),
});
export type BackendRef = z.infer<typeof BackendRef>;
const NamedMatch = z.looseObject({ type: text.optional(), name: text, value: text });
export const RouteMatch = z.looseObject({
  path: z.looseObject({ type: text.optional(), value: text.optional() }).optional(),
  headers: z.array(NamedMatch).optional(),
  queryParams: z.array(NamedMatch).optional(),
  /** A word on an HTTPRoute, service and method on a GRPCRoute. */
  method: z.union([text, z.looseObject({ type: text.optional(), service: text.optional(), method: text.optional() })]).optional(),
});
export type RouteMatch = z.infer<typeof RouteMatch>;
export const RouteRule = z.looseObject({ matches: z.array(RouteMatch).optional(), backendRefs: z.array(BackendRef).optional() });
export type RouteRule = z.infer<typeof RouteRule>;
export const ParentStatus = z.looseObject({ parentRef: ParentRef, controllerName: text, conditions: z.array(Condition).optional() });
export type ParentStatus = z.infer<typeof ParentStatus>;
export const Route = KubeObject.extend({
  spec: z.looseObject({
    parentRefs: z.array(ParentRef).optional(),
    hostnames: z.array(text).optional(),
    rules: z.array(RouteRule).optional(),
  }),
  status: z.looseObject({ parents: z.array(ParentStatus).optional() }).optional(),
});
export type Route = z.infer<typeof Route>;

export const ServiceExport = KubeObject.extend({
  spec: z.looseObject({ exportedPorts: z.array(z.looseObject({ port: z.number(), routeType: text })).optional() }).optional(),
});
export type ServiceExport = z.infer<typeof ServiceExport>;

export const TargetRef = z.looseObject({ group: text, kind: text, name: text, namespace: text.optional() });
export type TargetRef = z.infer<typeof TargetRef>;
export const TargetGroupPolicy = KubeObject.extend({
  spec: z.looseObject({
    targetRef: TargetRef,
    protocol: text.optional(),
    protocolVersion: text.optional(),
    healthCheck: z
      .looseObject({
        enabled: z.boolean().optional(),
        intervalSeconds: z.number().optional(),
        timeoutSeconds: z.number().optional(),
        healthyThresholdCount: z.number().optional(),
        unhealthyThresholdCount: z.number().optional(),
        path: text.optional(),
        port: z.number().optional(),
        protocol: text.optional(),
        protocolVersion: text.optional(),
        statusMatch: text.optional(),
      })
      .optional(),
  }),
  status: Conditions,
});
export type TargetGroupPolicy = z.infer<typeof TargetGroupPolicy>;
export const VpcAssociationPolicy = KubeObject.extend({
  spec: z.looseObject({
    targetRef: TargetRef,
    securityGroupIds: z.array(text).optional(),
    associateWithVpc: z.boolean().optional(),
  }),
  status: Conditions,
});
export type VpcAssociationPolicy = z.infer<typeof VpcAssociationPolicy>;
export const IamAuthPolicy = KubeObject.extend({ spec: z.looseObject({ targetRef: TargetRef, policy: text }), status: Conditions });
export type IamAuthPolicy = z.infer<typeof IamAuthPolicy>;
export const AccessLogPolicy = KubeObject.extend({
  spec: z.looseObject({ targetRef: TargetRef, destinationArn: text }),
  status: Conditions,
});
export type AccessLogPolicy = z.infer<typeof AccessLogPolicy>;
export const ServiceNetwork = KubeObject.extend({ status: Conditions });

export const Service = KubeObject.extend({
  spec: z.looseObject({
    type: text.optional(),
    clusterIP: text.optional(),
    ipFamilies: z.array(text).optional(),
    ports: z.array(z.looseObject({ name: text.optional(), port: z.number() })).optional(),
  }),
});
export type Service = z.infer<typeof Service>;
export const EndpointSlice = KubeObject.extend({
  ports: z.array(z.looseObject({ name: text.nullish(), port: z.number().nullish() })).nullish(),
  endpoints: z
    .array(z.looseObject({ addresses: z.array(text), conditions: z.looseObject({ ready: z.boolean().nullish() }).optional() }))
    .nullish(),
});
export type EndpointSlice = z.infer<typeof EndpointSlice>;
