import { z } from "zod";
import type { FleetPlan } from "./plan-fleet.ts";

const Template = z.looseObject({
  teams: z.array(z.looseObject({ id: z.string(), quota: z.looseObject({ clusters: z.int() }) })),
  accounts: z.array(z.looseObject({ id: z.string(), vpcs: z.array(z.unknown()) })),
  networking: z.looseObject({ serviceNetworks: z.array(z.looseObject({ name: z.string(), consumers: z.array(z.unknown()) })) }),
});

/** The bootstrap file's template with what the large fleet adds: VPCs, networks with their consumers, room in the teams' quotas. */
export function withFleet(template: unknown, { networks, vpcs, clusters }: FleetPlan): Record<string, unknown> {
  const { teams, accounts, networking, ...rest } = Template.parse(template);
  const [first] = networking.serviceNetworks;
  if (!first) throw new Error("the bootstrap file names no service network to take as a pattern");
  const consumersOf = (network: string) =>
    vpcs
      .filter((vpc) => vpc.network === network)
      .map((vpc) => {
        const cluster = clusters.find((one) => one.vpc === vpc);
        return cluster ? { vpcId: vpc.id, cluster: `team-${cluster.team}/${cluster.name}`, team: cluster.team } : { vpcId: vpc.id };
      });
  return {
    ...rest,
    teams: teams.map((team) => ({ ...team, quota: { ...team.quota, clusters: quotaWith(team, clusters) } })),
    accounts: accounts.map((account) => ({
      ...account,
      vpcs: [...account.vpcs, ...vpcs.filter((vpc) => vpc.account.id === account.id).map(bootstrapVpc)],
    })),
    networking: {
      ...networking,
      serviceNetworks: [
        ...networking.serviceNetworks.map((one) =>
          networks.includes(one.name) ? { ...one, consumers: [...one.consumers, ...consumersOf(one.name)] } : one,
        ),
        ...networks
          .filter((name) => !networking.serviceNetworks.some((one) => one.name === name))
          .map((name) => ({ ...first, name, description: `Of the large fleet: ${name}`, consumers: consumersOf(name) })),
      ],
    },
  };
}

function quotaWith(team: { id: string; quota: { clusters: number } }, clusters: FleetPlan["clusters"]): number {
  return team.quota.clusters + clusters.filter((one) => one.team === team.id).length;
}

function bootstrapVpc({ id, cidr }: FleetPlan["vpcs"][number]) {
  const [first, second] = cidr.split(".");
  const number = id.slice("vpc-0f1ee7".length);
  const subnet = (place: number, zone: string) => ({
    id: `subnet-0f1ee${place}${number}`,
    zone: `ap-northeast-1${zone}`,
    cidr: `${first ?? ""}.${second ?? ""}.${place * 16}.0/20`,
  });
  return { id, cidr, subnets: [subnet(0, "a"), subnet(1, "c")] };
}
