import type { TargetSummary } from "@aws-sdk/client-vpc-lattice";
import { allPages } from "../aws-calls.ts";
import type { ControllerWorld } from "../controller-world.ts";
import { step } from "../reconcile-errors.ts";
import type { TargetAddress } from "./target-group-model.ts";

const targetsPerCall = 100;
const keyOf = (one: { id?: string | undefined; port?: number | undefined }) => `${one.id ?? ""}:${one.port ?? 0}`;

export async function listTargets(world: ControllerWorld, groupId: string): Promise<TargetSummary[]> {
  return allPages(async (nextToken) => {
    const answer = await world.aws.lattice("ListTargets", (api, options) =>
      api.listTargets({ targetGroupIdentifier: groupId, ...(nextToken === undefined ? {} : { nextToken }) }, options),
    );
    return { items: answer.items, nextToken: answer.nextToken };
  });
}

/** Takes out what should not be in the group and registers everything that should, whether it is there already or not. */
export async function registerTargets(world: ControllerWorld, groupId: string, wanted: readonly TargetAddress[]): Promise<void> {
  await step(`failed to synthesize targets ${groupId} due to`, async () => {
    const keys = new Set(wanted.map(keyOf));
    const stale = (await listTargets(world, groupId)).filter((one) => one.status !== "DRAINING" && !keys.has(keyOf(one)));
    await deregisterTargets(world, groupId, stale);
    for (const targets of chunks(wanted))
      await step(`failed to register targets from VPC Lattice Target Group ${groupId} due to`, () =>
        world.aws.lattice("RegisterTargets", (api, options) => api.registerTargets({ targetGroupIdentifier: groupId, targets }, options)),
      );
  });
}

export async function deregisterTargets(world: ControllerWorld, groupId: string, stale: readonly TargetSummary[]): Promise<void> {
  for (const part of chunks(stale)) {
    const targets = part.map((one) => ({ id: one.id ?? "", ...(one.port === undefined ? {} : { port: one.port }) }));
    await step(`failed to deregister targets from VPC Lattice Target Group ${groupId} due to`, () =>
      world.aws.lattice("DeregisterTargets", (api, options) => api.deregisterTargets({ targetGroupIdentifier: groupId, targets }, options)),
    );
  }
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / targetsPerCall) }, (_, at) =>
    all.slice(at * targetsPerCall, (at + 1) * targetsPerCall),
  );
}
