import type { EmulatorWorld } from "../emulator-world.ts";
import { newCall, sweepWorld } from "../new-call.ts";
import type { Call } from "../operations/call.ts";
import type { TargetGroupRecord, TargetRecord } from "../store/records.ts";
import type { RegionStore } from "../store/region-store.ts";
import type { CallToCarry, SecurityGroup, TargetBehaviour } from "./carry-input.ts";
import { type EchoServer, startEchoServer } from "./echo-server.ts";

/** What carries requests: the emulator's resources of this moment, what was told about clients and targets, the echo server behind them. */
export function createDataPlane(world: EmulatorWorld) {
  const groups = new Map<string, SecurityGroup>();
  const turns = new Map<string, number>();
  let behaviours: TargetBehaviour[] = [];
  let echo: Promise<EchoServer> | null = null;
  return {
    now: () => world.clock.now(),
    forced: world.store.forced,
    random: world.random,
    regions: (): Iterable<RegionStore> => world.store.regions(),
    /** Takes out what is gone by now, as an operation does before it looks. */
    sweep: () => sweepWorld(world),
    callIn: (store: RegionStore): Call =>
      newCall(world, { store, caller: { name: "data plane", account: store.account, arn: "", access: "read" } }),
    /** Counts the requests of a target group. */
    turn: (groupId: string): number => {
      const at = turns.get(groupId) ?? 0;
      turns.set(groupId, at + 1);
      return at;
    },
    putSecurityGroup: (group: SecurityGroup) => void groups.set(group.id, group),
    /** An association without groups lets in the whole VPC. */
    admits: (ids: readonly string[], call: CallToCarry): boolean =>
      ids.length === 0 ||
      ids.some((id) => {
        const known = groups.get(id);
        return !known || known.admits.some((rule) => admitsCall(rule, call));
      }),
    setBehaviour: (behaviour: TargetBehaviour) => {
      const same = (one: TargetBehaviour) => one.targetGroup === behaviour.targetGroup && one.ip === behaviour.ip;
      behaviours = [...behaviours.filter((one) => !same(one)), behaviour];
    },
    behaviourOf: ({ group, target }: { group: TargetGroupRecord; target: TargetRecord }): TargetBehaviour["answers"] =>
      behaviours.findLast(
        (one) =>
          (one.targetGroup === undefined || [group.id, group.name].includes(one.targetGroup)) &&
          (one.ip === undefined || one.ip === target.id),
      )?.answers ?? "echo",
    /** Started with the first request that needs it. */
    echo: (): Promise<EchoServer> => {
      echo ??= startEchoServer();
      return echo;
    },
    reset: () => {
      groups.clear();
      turns.clear();
      behaviours = [];
    },
    stop: async () => {
      const running = await echo;
      echo = null;
      await running?.stop();
    },
  };
}
export type DataPlane = ReturnType<typeof createDataPlane>;

function admitsCall(rule: SecurityGroup["admits"][number], call: CallToCarry): boolean {
  return (rule.port === null || rule.port === call.port) && (rule.from === null || call.clientSecurityGroupIds.includes(rule.from));
}
