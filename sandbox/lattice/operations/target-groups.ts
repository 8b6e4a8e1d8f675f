import type {
  CreateTargetGroupResponse,
  DeleteTargetGroupResponse,
  GetTargetGroupResponse,
  ListTargetGroupsResponse,
  TargetGroupConfig,
  TargetGroupSummary,
  UpdateTargetGroupResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { latticeArn, newId } from "../identifiers.ts";
import { conflict, invalid } from "../lattice-error.ts";
import { targetGroupStatus } from "../states/resource-statuses.ts";
import type { TargetGroupRecord } from "../store/records.ts";
import { type Call, checkQuota, delayOf, newEntity, newLifecycle } from "./call.ts";
import { clientToken, healthCheck, identifier, paging, port, resourceName, tags, vpcId } from "./fields.ts";
import { fullHealthCheck } from "./health-check.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { getTargetGroup } from "./target-group-use.ts";
import { dropDrained } from "./targets.ts";

const type = z.enum(["IP", "INSTANCE", "ALB", "LAMBDA"]);
const one = z.object({ targetGroupIdentifier: identifier });
const config = z.object({
  port: port.optional(),
  protocol: z.enum(["HTTP", "HTTPS", "TCP"]).optional(),
  protocolVersion: z.enum(["HTTP1", "HTTP2", "GRPC"]).optional(),
  ipAddressType: z.enum(["IPV4", "IPV6"]).optional(),
  vpcIdentifier: vpcId.optional(),
  healthCheck: healthCheck.optional(),
  lambdaEventStructureVersion: z.enum(["V1", "V2"]).optional(),
});
const create = z.object({ name: resourceName(3, 128, "tg-"), type, config: config.default({}), clientToken, tags: tags.default({}) });

export const targetGroupOperations = [
  operation({
    name: "CreateTargetGroup",
    route: "POST /targetgroups",
    access: "write",
    status: 201,
    input: create,
    run: (call, input) => idempotent(call, { kind: "TARGET_GROUP", token: input.clientToken, input }, () => createTargetGroup(call, input)),
  }),
  operation({
    name: "ListTargetGroups",
    route: "GET /targetgroups",
    access: "read",
    input: z.object({ ...paging, vpcIdentifier: vpcId.optional(), targetGroupType: type.optional() }),
    run: (call, input): ListTargetGroupsResponse => {
      const fits = (group: TargetGroupRecord) =>
        (input.vpcIdentifier === undefined || group.vpcId === input.vpcIdentifier) &&
        (input.targetGroupType === undefined || group.type === input.targetGroupType);
      const items = [...call.store.targetGroups.all()].filter(fits);
      return page(call, "target groups", { items, paging: input, view: (group) => summary(call, group) });
    },
  }),
  operation({
    name: "GetTargetGroup",
    route: "GET /targetgroups/{targetGroupIdentifier}",
    access: "read",
    input: one,
    run: (call, input): GetTargetGroupResponse => {
      const group = getTargetGroup(call, input.targetGroupIdentifier);
      const { createdAt, lastUpdatedAt, serviceArns } = summary(call, group);
      const { failureCode, failureMessage } = targetGroupStatus(call, group);
      return { ...identity(call, group), config: configOf(group), createdAt, lastUpdatedAt, serviceArns, failureCode, failureMessage };
    },
  }),
  operation({
    name: "UpdateTargetGroup",
    route: "PATCH /targetgroups/{targetGroupIdentifier}",
    access: "write",
    input: one.extend({ healthCheck }),
    run: (call, input): UpdateTargetGroupResponse => {
      const group = getTargetGroup(call, input.targetGroupIdentifier);
      if (group.type === "LAMBDA" || group.type === "ALB") throw invalid(`A target group of type ${group.type} has no health check`);
      group.healthCheck = fullHealthCheck(group, input.healthCheck);
      group.updatedAt = call.now;
      return { ...identity(call, group), config: configOf(group) };
    },
  }),
  operation({
    name: "DeleteTargetGroup",
    route: "DELETE /targetgroups/{targetGroupIdentifier}",
    access: "write",
    input: one,
    run: (call, input) => deleteTargetGroup(call, getTargetGroup(call, input.targetGroupIdentifier)),
  }),
];

function createTargetGroup(call: Call, input: z.output<typeof create>): CreateTargetGroupResponse {
  const { targetGroups } = call.store;
  const { config } = input;
  if (input.type !== "LAMBDA" && (config.port === undefined || config.protocol === undefined || config.vpcIdentifier === undefined))
    throw invalid(`A target group of type ${input.type} needs config.port, config.protocol and config.vpcIdentifier`);
  if (targetGroups.by("name", input.name).size > 0) throw conflict(`Target group with name ${input.name} already exists`, "TARGET_GROUP");
  checkQuota(call, "targetGroupsPerRegion", targetGroups.size, {
    message: "The number of target groups exceeds the limit",
    code: "L-GROUPS",
    kind: "TARGET_GROUP",
  });
  const id = newId("tg");
  const { vpcIdentifier, healthCheck: wanted, ...kept } = config;
  const version =
    config.protocol === "TCP" || input.type === "LAMBDA" ? {} : { protocolVersion: config.protocolVersion ?? ("HTTP1" as const) };
  const group: TargetGroupRecord = {
    id,
    arn: latticeArn(call.store, `targetgroup/${id}`),
    ...newEntity(call),
    ...newLifecycle(call, "targetGroupCreate"),
    name: input.name,
    type: input.type,
    ...kept,
    ...version,
    ...(input.type === "IP" ? { ipAddressType: config.ipAddressType ?? "IPV4" } : {}),
    ...(vpcIdentifier === undefined ? {} : { vpcId: vpcIdentifier }),
    usedBy: null,
    targets: new Map(),
  };
  if (input.type === "IP" || input.type === "INSTANCE") group.healthCheck = fullHealthCheck(group, wanted);
  targetGroups.add(group);
  call.store.tags.create(group.arn, group.seq, input.tags);
  return { ...identity(call, group), config: configOf(group) };
}

function deleteTargetGroup(call: Call, group: TargetGroupRecord): DeleteTargetGroupResponse {
  dropDrained(call, group);
  if (group.usedBy) throw conflict(`TargetGroup ${group.id} is in use by service ${group.usedBy.serviceId}`, "TARGET_GROUP", group.id);
  const targets = [...group.targets.values()];
  if (targets.some((target) => target.goneAt === null))
    throw conflict(`TargetGroup ${group.id} has registered targets`, "TARGET_GROUP", group.id);
  if (targets.length > 0) throw conflict(`TargetGroup ${group.id} has draining targets`, "TARGET_GROUP", group.id);
  group.goneAt ??= call.now + delayOf(call, "targetGroupDelete");
  call.store.leaving.add(group);
  return { id: group.id, arn: group.arn, status: targetGroupStatus(call, group).status };
}

function identity(call: Call, group: TargetGroupRecord) {
  return {
    id: group.id,
    arn: group.arn,
    name: group.name,
    type: group.type,
    status: targetGroupStatus(call, group).status,
  } satisfies GetTargetGroupResponse;
}

function configOf(group: TargetGroupRecord): TargetGroupConfig {
  return {
    port: group.port,
    protocol: group.protocol,
    protocolVersion: group.protocolVersion,
    ipAddressType: group.ipAddressType,
    vpcIdentifier: group.vpcId,
    lambdaEventStructureVersion: group.lambdaEventStructureVersion,
    healthCheck: group.healthCheck,
  };
}

function summary(call: Call, group: TargetGroupRecord): TargetGroupSummary {
  const service = group.usedBy ? call.store.services.find(group.usedBy.serviceId) : null;
  return {
    ...identity(call, group),
    createdAt: new Date(group.createdAt),
    lastUpdatedAt: new Date(group.updatedAt),
    port: group.port,
    protocol: group.protocol,
    ipAddressType: group.ipAddressType,
    vpcIdentifier: group.vpcId,
    lambdaEventStructureVersion: group.lambdaEventStructureVersion,
    serviceArns: service ? [service.arn] : [],
  };
}
