import { z } from "zod";

// What the store keeps. Instants are milliseconds; statuses are never kept, they follow from the instants and the clock.

const instant = z.number();
const entity = { id: z.string(), arn: z.string(), seq: z.int(), createdAt: instant, updatedAt: instant };
/** `readyAt`: when the running creation or update is through. `goneAt`: when the running deletion is through. */
const lifecycle = { readyAt: instant, updating: z.boolean(), goneAt: z.nullable(instant) };
const authType = z.enum(["AWS_IAM", "NONE"]);
const tagMap = z.record(z.string(), z.string());

export const RuleAction = z.union([
  z.strictObject({
    forward: z.strictObject({
      targetGroups: z.array(z.strictObject({ targetGroupIdentifier: z.string(), weight: z.int() })),
    }),
  }),
  z.strictObject({ fixedResponse: z.strictObject({ statusCode: z.int() }) }),
]);
export type RuleAction = z.infer<typeof RuleAction>;

const pathMatchType = z.union([z.strictObject({ exact: z.string() }), z.strictObject({ prefix: z.string() })]);
const headerMatchType = z.union([
  z.strictObject({ exact: z.string() }),
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ contains: z.string() }),
]);
export const RuleMatch = z.strictObject({
  httpMatch: z.strictObject({
    method: z.string().optional(),
    pathMatch: z.strictObject({ match: pathMatchType, caseSensitive: z.boolean() }).optional(),
    headerMatches: z.array(z.strictObject({ name: z.string(), match: headerMatchType, caseSensitive: z.boolean() })).optional(),
  }),
});
export type RuleMatch = z.infer<typeof RuleMatch>;

const HealthCheck = z.strictObject({
  enabled: z.boolean(),
  protocol: z.enum(["HTTP", "HTTPS", "TCP"]).optional(),
  protocolVersion: z.enum(["HTTP1", "HTTP2"]).optional(),
  port: z.int().optional(),
  path: z.string().optional(),
  healthCheckIntervalSeconds: z.int().optional(),
  healthCheckTimeoutSeconds: z.int().optional(),
  healthyThresholdCount: z.int().optional(),
  unhealthyThresholdCount: z.int().optional(),
  matcher: z.strictObject({ httpCode: z.string() }).optional(),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

export const RuleRecord = z.strictObject({
  ...entity,
  name: z.string(),
  isDefault: z.boolean(),
  priority: z.nullable(z.int()),
  match: z.nullable(RuleMatch),
  action: RuleAction,
});
export type RuleRecord = z.infer<typeof RuleRecord>;

/** The action of the default rule is the listener's default action. */
export const ListenerRecord = z.strictObject({
  ...entity,
  name: z.string(),
  port: z.int(),
  protocol: z.enum(["HTTP", "HTTPS", "TLS_PASSTHROUGH"]),
  rules: z.array(RuleRecord),
});
export type ListenerRecord = z.infer<typeof ListenerRecord>;

export const AuthPolicyRecord = z.strictObject({ policy: z.string(), createdAt: instant, updatedAt: instant });
export type AuthPolicyRecord = z.infer<typeof AuthPolicyRecord>;

export const ServiceRecord = z.strictObject({
  ...entity,
  ...lifecycle,
  name: z.string(),
  authType,
  customDomainName: z.string().optional(),
  certificateArn: z.string().optional(),
  idleTimeoutSeconds: z.int(),
  domainName: z.string(),
  authPolicy: z.nullable(AuthPolicyRecord),
  listeners: z.array(ListenerRecord),
});
export type ServiceRecord = z.infer<typeof ServiceRecord>;

export const ServiceNetworkRecord = z.strictObject({
  ...entity,
  name: z.string(),
  authType,
  sharingEnabled: z.boolean(),
  authPolicy: z.nullable(AuthPolicyRecord),
});
export type ServiceNetworkRecord = z.infer<typeof ServiceNetworkRecord>;

export const ServiceAssociationRecord = z.strictObject({ ...entity, ...lifecycle, serviceId: z.string(), networkId: z.string() });
export type ServiceAssociationRecord = z.infer<typeof ServiceAssociationRecord>;

export const DnsOptions = z.strictObject({
  privateDnsPreference: z
    .enum(["VERIFIED_DOMAINS_ONLY", "ALL_DOMAINS", "VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS", "SPECIFIED_DOMAINS_ONLY"])
    .optional(),
  privateDnsSpecifiedDomains: z.array(z.string()).optional(),
});

export const VpcAssociationRecord = z.strictObject({
  ...entity,
  ...lifecycle,
  vpcId: z.string(),
  networkId: z.string(),
  securityGroupIds: z.array(z.string()),
  privateDnsEnabled: z.boolean(),
  dnsOptions: DnsOptions.optional(),
});
export type VpcAssociationRecord = z.infer<typeof VpcAssociationRecord>;

export const TargetRecord = z.strictObject({
  id: z.string(),
  /** A Lambda function has none. */
  port: z.nullable(z.int()),
  seq: z.int(),
  registeredAt: instant,
  /** When draining is over, once deregistered. */
  goneAt: z.nullable(instant),
});
export type TargetRecord = z.infer<typeof TargetRecord>;

export const TargetGroupRecord = z.strictObject({
  ...entity,
  ...lifecycle,
  name: z.string(),
  type: z.enum(["IP", "INSTANCE", "ALB", "LAMBDA"]),
  port: z.int().optional(),
  protocol: z.enum(["HTTP", "HTTPS", "TCP"]).optional(),
  protocolVersion: z.enum(["HTTP1", "HTTP2", "GRPC"]).optional(),
  ipAddressType: z.enum(["IPV4", "IPV6"]).optional(),
  vpcId: z.string().optional(),
  lambdaEventStructureVersion: z.enum(["V1", "V2"]).optional(),
  healthCheck: HealthCheck.optional(),
  /** The one service whose rules name this group, and since when. */
  usedBy: z.nullable(z.strictObject({ serviceId: z.string(), since: instant })),
  targets: z.map(z.string(), TargetRecord),
});
export type TargetGroupRecord = z.infer<typeof TargetGroupRecord>;

export const AccessLogRecord = z.strictObject({
  ...entity,
  resourceId: z.string(),
  resourceArn: z.string(),
  destinationArn: z.string(),
  serviceNetworkLogType: z.enum(["SERVICE", "RESOURCE"]),
});
export type AccessLogRecord = z.infer<typeof AccessLogRecord>;

export const CertificateRecord = z.strictObject({
  arn: z.string(),
  domainName: z.string(),
  alternativeNames: z.array(z.string()),
  status: z.string(),
});
export type CertificateRecord = z.infer<typeof CertificateRecord>;

/** A create call that was answered: the same token and request get the same answer again. */
export const TicketRecord = z.strictObject({
  token: z.string(),
  request: z.string(),
  response: z.record(z.string(), z.unknown()),
  until: instant,
});
export type TicketRecord = z.infer<typeof TicketRecord>;

/** One account in one Region, as the file keeps it. */
export const RegionFile = z.strictObject({
  account: z.string(),
  region: z.string(),
  networks: z.array(ServiceNetworkRecord),
  services: z.array(ServiceRecord),
  targetGroups: z.array(TargetGroupRecord.extend({ targets: z.array(TargetRecord) })),
  serviceAssociations: z.array(ServiceAssociationRecord),
  vpcAssociations: z.array(VpcAssociationRecord),
  accessLogs: z.array(AccessLogRecord),
  tags: z.array(z.strictObject({ arn: z.string(), seq: z.int(), tags: tagMap })),
  certificates: z.array(CertificateRecord),
  tickets: z.array(TicketRecord),
});
export type RegionFile = z.infer<typeof RegionFile>;
