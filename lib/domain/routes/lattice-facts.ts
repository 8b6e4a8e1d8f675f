import { z } from "zod";

/**
 * What the Lattice API says, as far as the portal uses it (lattice.md §3.3). Enums are open sets: an unknown word is shown raw and counts
 * as unknown. Stored as JSON between replicas, so instants are ISO texts.
 */
const instant = z.iso.datetime();
const failure = { failureCode: z.nullable(z.string()), failureMessage: z.nullable(z.string()) };

export const LatticeService = z.strictObject({
  id: z.string(),
  arn: z.string(),
  name: z.string(),
  status: z.string(),
  domainName: z.nullable(z.string()),
  customDomainName: z.nullable(z.string()),
  createdAt: z.nullable(instant),
  lastUpdatedAt: z.nullable(instant),
});
export type LatticeService = z.infer<typeof LatticeService>;

/** What only GetService tells. */
export const LatticeServiceDetail = z.strictObject({
  ...LatticeService.shape,
  authType: z.string(),
  certificateArn: z.nullable(z.string()),
  ...failure,
});
export type LatticeServiceDetail = z.infer<typeof LatticeServiceDetail>;

export const LatticeNetwork = z.strictObject({ id: z.string(), arn: z.string(), name: z.string(), services: z.int(), vpcs: z.int() });
export type LatticeNetwork = z.infer<typeof LatticeNetwork>;

/** What only GetServiceNetwork tells. */
export const LatticeNetworkDetail = z.strictObject({
  id: z.string(),
  arn: z.string(),
  name: z.string(),
  authType: z.string(),
  /** May it be shared by RAM? Null: Lattice did not say. */
  sharing: z.nullable(z.boolean()),
});
export type LatticeNetworkDetail = z.infer<typeof LatticeNetworkDetail>;

export const LatticeServiceAssociation = z.strictObject({
  id: z.string(),
  arn: z.string(),
  status: z.string(),
  serviceId: z.string(),
  serviceArn: z.string(),
  networkId: z.string(),
  networkName: z.string(),
  /** The only names of a service that another account owns and has not shared: its association is all that is seen. */
  serviceName: z.exactOptional(z.string()),
  domainName: z.exactOptional(z.string()),
  ...failure,
});
export type LatticeServiceAssociation = z.infer<typeof LatticeServiceAssociation>;

export const LatticeVpcAssociation = z.strictObject({
  id: z.string(),
  arn: z.string(),
  status: z.string(),
  vpcId: z.string(),
  networkId: z.string(),
  networkName: z.string(),
});
export type LatticeVpcAssociation = z.infer<typeof LatticeVpcAssociation>;

/** What only GetServiceNetworkVpcAssociation tells. Without security groups the whole VPC may enter (lattice.md §2.5). */
export const LatticeVpcAssociationDetail = z.strictObject({
  ...LatticeVpcAssociation.shape,
  securityGroupIds: z.array(z.string()),
  ...failure,
});
export type LatticeVpcAssociationDetail = z.infer<typeof LatticeVpcAssociationDetail>;

/** `tags` come from the tagging API: they are the join key between clusters (lattice.md §1.7). */
export const LatticeTargetGroup = z.strictObject({
  id: z.string(),
  arn: z.string(),
  name: z.string(),
  type: z.string(),
  status: z.string(),
  port: z.nullable(z.int()),
  protocol: z.nullable(z.string()),
  vpcId: z.nullable(z.string()),
  serviceArns: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
});
export type LatticeTargetGroup = z.infer<typeof LatticeTargetGroup>;

export const LatticeTarget = z.strictObject({
  id: z.string(),
  port: z.nullable(z.int()),
  status: z.string(),
  reasonCode: z.nullable(z.string()),
});
export type LatticeTarget = z.infer<typeof LatticeTarget>;

export const LatticeAction = z.strictObject({
  forward: z.array(z.strictObject({ targetGroupId: z.string(), weight: z.int() })),
  fixedStatus: z.nullable(z.int()),
});
export type LatticeAction = z.infer<typeof LatticeAction>;

export const LatticeRule = z.strictObject({
  id: z.string(),
  priority: z.nullable(z.int()),
  isDefault: z.boolean(),
  method: z.nullable(z.string()),
  /** Compared with case, unless `anyCase`. */
  path: z.nullable(z.strictObject({ type: z.enum(["exact", "prefix"]), value: z.string(), anyCase: z.exactOptional(z.literal(true)) })),
  /** Compared without case, unless `exactCase`. */
  headers: z.array(z.strictObject({ name: z.string(), type: z.string(), value: z.string(), exactCase: z.exactOptional(z.literal(true)) })),
  action: LatticeAction,
});
export type LatticeRule = z.infer<typeof LatticeRule>;

/** A listener with its rules in the order in which Lattice tries them; the default rule is last. */
export const LatticeListener = z.strictObject({
  id: z.string(),
  port: z.nullable(z.int()),
  protocol: z.string(),
  rules: z.array(LatticeRule),
});
export type LatticeListener = z.infer<typeof LatticeListener>;

export const LatticeAuthPolicy = z.strictObject({ policy: z.string(), state: z.string() });
export type LatticeAuthPolicy = z.infer<typeof LatticeAuthPolicy>;

export const LatticeAccessLog = z.strictObject({ arn: z.string(), destinationArn: z.string() });
export type LatticeAccessLog = z.infer<typeof LatticeAccessLog>;

/** A fact with the time at which Lattice said it. `error` is set when the newest attempt failed: the value is then from before. */
export type Seen<Value> = { readonly value: Value; readonly at: Date };

/** How reading one account and Region goes: what makes evidence old. `error` is a message key. */
export const LatticeHealth = z.strictObject({
  callsPerSecond: z.number(),
  throttledUntil: z.nullable(instant),
  lastPassAt: z.nullable(instant),
  error: z.nullable(z.string()),
});
export type LatticeHealth = z.infer<typeof LatticeHealth>;

/** Tag keys that the gateway controller writes (lattice.md §1.7). */
const PREFIX = "application-networking.k8s.aws/";
export const LATTICE_TAGS = {
  managedBy: `${PREFIX}ManagedBy`,
  clusterName: `${PREFIX}ClusterName`,
  serviceName: `${PREFIX}ServiceName`,
  serviceNamespace: `${PREFIX}ServiceNamespace`,
  sourceType: `${PREFIX}SourceTypeKey`,
  protocolVersion: `${PREFIX}ProtocolVersion`,
  routeName: `${PREFIX}RouteName`,
  routeNamespace: `${PREFIX}RouteNamespace`,
  routeType: `${PREFIX}RouteType`,
} as const;
