import { z } from "zod";
import type {
  LatticeAccessLog,
  LatticeAction,
  LatticeAuthPolicy,
  LatticeNetwork,
  LatticeNetworkDetail,
  LatticeRule,
  LatticeService,
  LatticeServiceAssociation,
  LatticeServiceDetail,
  LatticeTarget,
  LatticeTargetGroup,
  LatticeVpcAssociation,
  LatticeVpcAssociationDetail,
} from "../../domain/routes/lattice-facts.ts";

/**
 * Answers of the SDK, read field by field (lattice.md §3.3). What identifies a thing must be there; the rest may be missing. Words of enums
 * stay text, because AWS adds some.
 */
const text = z.string().min(1);
const maybe = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const word = z
  .string()
  .nullish()
  .transform((value) => value ?? "UNKNOWN");
const count = z
  .int()
  .nullish()
  .transform((value) => value ?? 0);
const port = z
  .int()
  .nullish()
  .transform((value) => value ?? null);
const instant = z
  .date()
  .nullish()
  .transform((value) => value?.toISOString() ?? null);

const named = { id: text, arn: text, name: text };
const service = {
  ...named,
  status: word,
  dnsEntry: z.object({ domainName: maybe }).nullish(),
  customDomainName: maybe,
  createdAt: instant,
  lastUpdatedAt: instant,
};

export const ServiceItem = z
  .object(service)
  .transform(({ dnsEntry, ...rest }): LatticeService => ({ ...rest, domainName: dnsEntry?.domainName ?? null }));

export const ServiceDetail = z
  .object({ ...service, authType: z.string().nullish(), certificateArn: maybe, failureCode: maybe, failureMessage: maybe })
  // Lattice leaves the default out.
  .transform(
    ({ dnsEntry, authType, ...rest }): LatticeServiceDetail => ({
      ...rest,
      domainName: dnsEntry?.domainName ?? null,
      authType: authType ?? "NONE",
    }),
  );

export const NetworkItem = z.object({ ...named, numberOfAssociatedServices: count, numberOfAssociatedVPCs: count }).transform(
  ({ id, arn, name, numberOfAssociatedServices, numberOfAssociatedVPCs }): LatticeNetwork => ({
    id,
    arn,
    name,
    services: numberOfAssociatedServices,
    vpcs: numberOfAssociatedVPCs,
  }),
);

export const NetworkDetail = z
  .object({ ...named, authType: z.string().nullish(), sharingConfig: z.object({ enabled: z.boolean().nullish() }).nullish() })
  // Lattice leaves the default out.
  .transform(
    ({ id, arn, name, authType, sharingConfig }): LatticeNetworkDetail => ({
      id,
      arn,
      name,
      authType: authType ?? "NONE",
      sharing: sharingConfig?.enabled ?? null,
    }),
  );

export const ServiceAssociation = z
  .object({
    id: text,
    arn: text,
    status: word,
    serviceId: text,
    serviceArn: maybe,
    serviceNetworkId: text,
    serviceNetworkName: maybe,
    serviceName: maybe,
    dnsEntry: z.object({ domainName: maybe }).nullish(),
    failureCode: maybe,
    failureMessage: maybe,
  })
  .transform(
    ({ serviceNetworkId, serviceNetworkName, serviceArn, serviceName, dnsEntry, ...rest }): LatticeServiceAssociation => ({
      ...rest,
      ...(serviceName === null ? {} : { serviceName }),
      ...(dnsEntry?.domainName == null ? {} : { domainName: dnsEntry.domainName }),
      serviceArn: serviceArn ?? "",
      networkId: serviceNetworkId,
      networkName: serviceNetworkName ?? "",
    }),
  );

export const VpcAssociation = z
  .object({ id: text, arn: text, status: word, vpcId: text, serviceNetworkId: text, serviceNetworkName: maybe })
  .transform(
    ({ serviceNetworkId, serviceNetworkName, ...rest }): LatticeVpcAssociation => ({
      ...rest,
      networkId: serviceNetworkId,
      networkName: serviceNetworkName ?? "",
    }),
  );

export const VpcAssociationDetail = z
  .object({
    id: text,
    arn: text,
    status: word,
    vpcId: text,
    serviceNetworkId: text,
    serviceNetworkName: maybe,
    securityGroupIds: z.array(text).nullish(),
    failureCode: maybe,
    failureMessage: maybe,
  })
  .transform(
    ({ serviceNetworkId, serviceNetworkName, securityGroupIds, ...rest }): LatticeVpcAssociationDetail => ({
      ...rest,
      networkId: serviceNetworkId,
      networkName: serviceNetworkName ?? "",
      securityGroupIds: securityGroupIds ?? [],
    }),
  );

const group = { ...named, type: word, status: word, serviceArns: z.array(text).nullish() };

export const TargetGroupItem = z.object({ ...group, port, protocol: maybe, vpcIdentifier: maybe }).transform(
  ({ vpcIdentifier, serviceArns, ...rest }): LatticeTargetGroup => ({
    ...rest,
    vpcId: vpcIdentifier,
    serviceArns: serviceArns ?? [],
    tags: {},
  }),
);

/** The same facts stand in `config` here. */
export const TargetGroupDetail = z
  .object({ ...group, config: z.object({ port, protocol: maybe, vpcIdentifier: maybe }).nullish() })
  .transform(
    ({ config, serviceArns, ...rest }): LatticeTargetGroup => ({
      ...rest,
      port: config?.port ?? null,
      protocol: config?.protocol ?? null,
      vpcId: config?.vpcIdentifier ?? null,
      serviceArns: serviceArns ?? [],
      tags: {},
    }),
  );

export const Target = z.object({ id: text, port, status: word, reasonCode: maybe }).transform((value): LatticeTarget => value);

export const ListenerItem = z.object({ id: text, port, protocol: word });
export const RuleItem = z.object({ id: text, isDefault: z.boolean().nullish() });

const Action = z
  .object({
    forward: z.object({ targetGroups: z.array(z.object({ targetGroupIdentifier: text, weight: z.int().nullish() })) }).nullish(),
    fixedResponse: z.object({ statusCode: z.int().nullish() }).nullish(),
  })
  .nullish()
  .transform(
    (action): LatticeAction => ({
      forward: (action?.forward?.targetGroups ?? []).map(({ targetGroupIdentifier, weight }) => ({
        targetGroupId: idOf(targetGroupIdentifier),
        weight: weight ?? 1,
      })),
      fixedStatus: action?.fixedResponse?.statusCode ?? null,
    }),
  );

export const ListenerDetail = z.object({ defaultAction: Action });

/** Unions of the SDK: one member is there, or `$unknown` when AWS added one. */
const HeaderMatch = z
  .object({
    name: text,
    match: z.object({ exact: z.string().nullish(), prefix: z.string().nullish(), contains: z.string().nullish() }),
    caseSensitive: z.boolean().nullish(),
  })
  .transform(({ name, match, caseSensitive }): LatticeRule["headers"][number] => {
    const [type, value] = Object.entries(match).find(([, found]) => typeof found === "string") ?? ["unknown", ""];
    return { name, type, value: value ?? "", ...(caseSensitive === true ? { exactCase: true } : {}) };
  });

const PathMatch = z
  .object({ match: z.object({ exact: z.string().nullish(), prefix: z.string().nullish() }), caseSensitive: z.boolean().nullish() })
  .transform(({ match: { exact, prefix }, caseSensitive }): LatticeRule["path"] => {
    const how = caseSensitive === false ? ({ anyCase: true } as const) : {};
    if (typeof exact === "string") return { type: "exact", value: exact, ...how };
    if (typeof prefix === "string") return { type: "prefix", value: prefix, ...how };
    return null;
  });

export const RuleDetail = z
  .object({
    id: text,
    priority: z.int().nullish(),
    isDefault: z.boolean().nullish(),
    match: z
      .object({
        httpMatch: z.object({ method: maybe, pathMatch: PathMatch.nullish(), headerMatches: z.array(HeaderMatch).nullish() }).nullish(),
      })
      .nullish(),
    action: Action,
  })
  .transform(({ id, priority, isDefault, match, action }): LatticeRule => {
    const http = match?.httpMatch;
    return {
      id,
      priority: priority ?? null,
      isDefault: isDefault === true,
      method: http?.method ?? null,
      path: http?.pathMatch ?? null,
      headers: http?.headerMatches ?? [],
      action,
    };
  });

export const AuthPolicy = z
  .object({ policy: z.string().nullish(), state: word })
  .transform(({ policy, state }): LatticeAuthPolicy | null =>
    policy === null || policy === undefined || policy === "" ? null : { policy, state },
  );

export const AccessLog = z.object({ arn: text, destinationArn: text }).transform((value): LatticeAccessLog => value);

export const TaggedResource = z
  .object({ ResourceARN: text, Tags: z.array(z.object({ Key: z.string(), Value: z.string().nullish() })).nullish() })
  .transform(({ ResourceARN, Tags }) => ({
    arn: ResourceARN,
    tags: Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value ?? ""])),
  }));

/** Identifiers come as id or as ARN; facts hold ids. */
function idOf(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf("/") + 1);
}
