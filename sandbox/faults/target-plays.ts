import type { FaultHand, FaultPlay } from "./fault-hand.ts";
import { groupsOf } from "./fault-scene.ts";

type Health = { status: "UNHEALTHY" | "INITIAL" | "UNAVAILABLE"; reasonCode?: string };

/** Faults of targets: what the health checks see. */
export const targetPlays = {
  "targets-unhealthy": { hold: (hand) => ofEveryGroup(hand, { status: "UNHEALTHY", reasonCode: "HealthCheckFailed" }) },
  "targets-never-healthy": { hold: (hand) => ofEveryGroup(hand, { status: "INITIAL" }) },
  "health-checks-off": { hold: (hand) => ofEveryGroup(hand, { status: "UNAVAILABLE" }) },
  "one-target-unhealthy": {
    hold: async (hand) => {
      const [group] = await groupsOf(hand.scene, hand.target);
      // The same one as long as it lives, whatever the order of the list.
      const ip = group?.targets
        .map((target) => target.id ?? "")
        .sort()
        .at(0);
      if (group && ip) hand.setHealth({ targetGroup: group.id, ip, status: "UNHEALTHY", reasonCode: "HealthCheckFailed" });
    },
  },
} satisfies Record<string, FaultPlay>;

async function ofEveryGroup(hand: FaultHand, health: Health): Promise<void> {
  for (const group of await groupsOf(hand.scene, hand.target)) hand.setHealth({ targetGroup: group.id, ...health });
}
