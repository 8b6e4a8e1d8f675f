import type { DeregisterTargetsResponse, ListTargetsResponse, RegisterTargetsResponse, TargetFailure } from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { conflict, invalid } from "../lattice-error.ts";
import { targetGroupStatus } from "../states/resource-statuses.ts";
import { targetSummary } from "../states/target-summary.ts";
import type { TargetGroupRecord, TargetRecord } from "../store/records.ts";
import { type Call, checkQuota, delayOf } from "./call.ts";
import { identifier, paging, port, targets } from "./fields.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { getTargetGroup } from "./target-group-use.ts";

const one = z.object({ targetGroupIdentifier: identifier });
type GivenTarget = { readonly id: string; readonly port?: number | undefined };

export const targetOperations = [
  operation({
    name: "RegisterTargets",
    route: "POST /targetgroups/{targetGroupIdentifier}/registertargets",
    access: "write",
    input: one.extend({ targets }),
    run: (call, input) => registerTargets(call, getTargetGroup(call, input.targetGroupIdentifier), input.targets),
  }),
  operation({
    name: "DeregisterTargets",
    route: "POST /targetgroups/{targetGroupIdentifier}/deregistertargets",
    access: "write",
    input: one.extend({ targets }),
    run: (call, input) => deregisterTargets(call, getTargetGroup(call, input.targetGroupIdentifier), input.targets),
  }),
  operation({
    name: "ListTargets",
    route: "POST /targetgroups/{targetGroupIdentifier}/listtargets",
    access: "read",
    input: one.extend({
      ...paging,
      targets: z
        .array(z.object({ id: z.string().min(1).max(200), port: port.optional() }))
        .max(20)
        .optional(),
    }),
    run: (call, input): ListTargetsResponse => {
      const group = getTargetGroup(call, input.targetGroupIdentifier);
      dropDrained(call, group);
      const asked = input.targets ?? [];
      const items = [...group.targets.values()].filter(
        (target) => asked.length === 0 || asked.some(({ id, port }) => id === target.id && (port === undefined || port === target.port)),
      );
      return page(call, `targets ${group.id}`, { items, paging: input, view: (target) => targetSummary(call, group, target) });
    },
  }),
];

/** Takes out the targets whose draining is over. */
export function dropDrained(call: Call, group: TargetGroupRecord): void {
  for (const [key, target] of group.targets) if (target.goneAt !== null && target.goneAt <= call.now) group.targets.delete(key);
}

function registerTargets(call: Call, group: TargetGroupRecord, given: readonly GivenTarget[]): RegisterTargetsResponse {
  const { status } = targetGroupStatus(call, group);
  if (status !== "ACTIVE") throw conflict(`TargetGroup is in ${status} state`, "TARGET_GROUP", group.id);
  dropDrained(call, group);
  const wanted = given.map((target) => ({ id: target.id, port: portOf(group, target) }));
  const added = new Set(wanted.map(keyOf).filter((key) => !group.targets.has(key)));
  checkQuota(call, "targetsPerTargetGroup", group.targets.size + added.size - 1, {
    message: "The number of targets per target group exceeds the limit",
    code: "L-TARGETS",
    kind: "TARGET_GROUP",
  });
  for (const target of wanted) {
    const known = group.targets.get(keyOf(target));
    if (known && known.goneAt === null) continue;
    const record: TargetRecord = { ...target, seq: call.store.nextSeq++, registeredAt: call.now, goneAt: null };
    group.targets.set(keyOf(target), record);
  }
  return { successful: wanted.map(({ id, port }) => ({ id, port: port ?? undefined })), unsuccessful: [] };
}

/** Draining takes time only where calls may arrive: a group without a service lets its targets go at once. */
function deregisterTargets(call: Call, group: TargetGroupRecord, given: readonly GivenTarget[]): DeregisterTargetsResponse {
  dropDrained(call, group);
  const successful: { id: string; port: number | undefined }[] = [];
  const unsuccessful: TargetFailure[] = [];
  for (const one of given) {
    const target = { id: one.id, port: portOf(group, one) };
    const known = group.targets.get(keyOf(target));
    if (!known) {
      unsuccessful.push({
        id: one.id,
        port: target.port ?? undefined,
        failureCode: "TargetNotFound",
        failureMessage: `Target ${keyOf(target)} is not registered`,
      });
      continue;
    }
    if (group.usedBy) known.goneAt ??= call.now + delayOf(call, "targetDraining");
    else group.targets.delete(keyOf(target));
    successful.push({ id: one.id, port: target.port ?? undefined });
  }
  return { successful, unsuccessful };
}

function keyOf(target: { id: string; port: number | null }): string {
  return `${target.id}:${target.port ?? ""}`;
}

function portOf(group: TargetGroupRecord, target: GivenTarget): number | null {
  if (group.type === "LAMBDA") return null;
  const found = target.port ?? group.port;
  if (found === undefined) throw invalid(`Target ${target.id} needs a port`, [{ name: "targets", message: "port missing" }]);
  return found;
}
