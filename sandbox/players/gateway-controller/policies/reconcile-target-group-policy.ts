import type { ControllerWorld } from "../controller-world.ts";
import { TargetGroupPolicy } from "../network-objects.ts";
import { verdictOf, writeVerdict } from "./policy-condition.ts";

/** Only says whether the target exists; the export's or the route's own look reads the policy. */
export async function reconcileTargetGroupPolicy(world: ControllerWorld, ref: { namespace: string; name: string }): Promise<void> {
  const found = world.cache.targetGroupPolicy.find(ref);
  if (!found || found.metadata.deletionTimestamp !== undefined) return;
  const policy = TargetGroupPolicy.parse(found);
  const verdict = verdictOf(world, "targetGroupPolicy", policy, ["service", "serviceExport"]);
  await writeVerdict(world, "targetGroupPolicy", policy, verdict);
}
