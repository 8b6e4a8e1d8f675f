import { randomInt } from "node:crypto";
import type { GetTargetGroupResponse } from "@aws-sdk/client-vpc-lattice";
import { isNotFoundAnswer } from "../aws-call-error.ts";
import { tagKeys } from "../controller-keys.ts";
import type { ControllerWorld } from "../controller-world.ts";
import { RequeueAfter, step } from "../reconcile-errors.ts";
import { healthCheckChange } from "./health-check.ts";
import { identifyingTags, type TargetGroupModel, targetGroupName } from "./target-group-model.ts";

const groupPort = 80;
const nameLetters = 10;

/** Finds the group by its tags or makes it; answers its id. A group still being made means "come back in ten seconds". */
export async function upsertTargetGroup(world: ControllerWorld, model: TargetGroupModel): Promise<string> {
  return step("error during target group synthesis, will retry:", async () => {
    const found = await findTargetGroup(world, model);
    return found ? updated(world, model, found) : created(world, model);
  });
}

/** The controller's own group for this model, whatever its state, or null. A group of another protocol or VPC is not the same one. */
export async function findTargetGroup(world: ControllerWorld, model: TargetGroupModel): Promise<GetTargetGroupResponse | null> {
  for (const arn of await world.tags.targetGroupsWith(identifyingTags(model, world.identity))) {
    const group = await world.aws
      .lattice("GetTargetGroup", (api, options) => api.getTargetGroup({ targetGroupIdentifier: arn }, options))
      .catch((error: unknown) => {
        if (isNotFoundAnswer(error)) return null;
        throw error;
      });
    if (!group || group.status === "CREATE_FAILED" || !isSameGroup(world, model, group)) continue;
    if (group.status === "CREATE_IN_PROGRESS" || group.status === "DELETE_IN_PROGRESS") throw new RequeueAfter();
    return group;
  }
  return null;
}

function isSameGroup(world: ControllerWorld, model: TargetGroupModel, group: GetTargetGroupResponse): boolean {
  const { config } = group;
  return (
    config?.protocol === model.protocol &&
    (config.protocolVersion ?? null) === model.protocolVersion &&
    config.ipAddressType === model.ipAddressType &&
    config.vpcIdentifier === world.identity.vpcId
  );
}

async function created(world: ControllerWorld, model: TargetGroupModel): Promise<string> {
  const name = `${targetGroupName(model.of)}-${randomLetters()}`;
  const answer = await step(`failed CreateTargetGroup ${name} due to`, () =>
    world.aws.lattice("CreateTargetGroup", (api, options) =>
      api.createTargetGroup(
        {
          clientToken: crypto.randomUUID(),
          name,
          type: "IP",
          config: {
            port: groupPort,
            protocol: model.protocol,
            ...(model.protocolVersion === null ? {} : { protocolVersion: model.protocolVersion }),
            ipAddressType: model.ipAddressType,
            vpcIdentifier: world.identity.vpcId,
            ...(model.healthCheck === null ? {} : { healthCheck: model.healthCheck }),
          },
          tags: { ...model.extraTags, ...identifyingTags(model, world.identity), [tagKeys.managedBy]: world.managedBy },
        },
        options,
      ),
    ),
  );
  return answer.id ?? "";
}

async function updated(world: ControllerWorld, model: TargetGroupModel, group: GetTargetGroupResponse): Promise<string> {
  const id = group.id ?? "";
  await world.tags.update(group.arn ?? "", model.extraTags);
  const change = healthCheckChange(model.healthCheck, model, group.config?.healthCheck);
  if (change)
    await step(`failed UpdateTargetGroup ${id} due to`, () =>
      world.aws.lattice("UpdateTargetGroup", (api, options) =>
        api.updateTargetGroup({ targetGroupIdentifier: id, healthCheck: change }, options),
      ),
    );
  return id;
}

function randomLetters(): string {
  return Array.from({ length: nameLetters }, () => String.fromCharCode(97 + randomInt(26))).join("");
}
