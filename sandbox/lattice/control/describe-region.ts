import type { EmulatorWorld } from "../emulator-world.ts";
import { newCall } from "../new-call.ts";
import { serviceAssociationStatus, serviceStatus, targetGroupStatus, vpcAssociationStatus } from "../states/resource-statuses.ts";
import { targetSummary } from "../states/target-summary.ts";
import type { RegionStore } from "../store/region-store.ts";

/** What an account has in a Region as its console would show it at this moment, tags beside everything. */
export function describeRegion(world: EmulatorWorld, store: RegionStore) {
  const now = world.clock.now();
  const caller = { name: "console", account: store.account, arn: "", access: "read" } as const;
  const call = newCall(world, { store, caller, now });
  const tagsOf = (arn: string) => ({ ...store.tags.find(arn)?.tags });
  return {
    networks: [...store.networks.all()].map((one) => ({ ...one, tags: tagsOf(one.arn) })),
    services: [...store.services.all()].map((one) => ({ ...one, ...serviceStatus(call, one), tags: tagsOf(one.arn) })),
    serviceAssociations: [...store.serviceAssociations.all()].map((one) => ({
      ...one,
      ...serviceAssociationStatus(call, one),
      tags: tagsOf(one.arn),
    })),
    vpcAssociations: [...store.vpcAssociations.all()].map((one) => ({ ...one, ...vpcAssociationStatus(call, one), tags: tagsOf(one.arn) })),
    targetGroups: [...store.targetGroups.all()].map((one) => ({
      ...one,
      ...targetGroupStatus(call, one),
      targets: [...one.targets.values()]
        .filter((target) => target.goneAt === null || target.goneAt > now)
        .map((target) => targetSummary(call, one, target)),
      tags: tagsOf(one.arn),
    })),
    accessLogs: [...store.accessLogs.all()].map((one) => ({ ...one, tags: tagsOf(one.arn) })),
    certificates: store.certificates,
  };
}
