import { z } from "zod";
import { Message, message } from "../message.ts";
import type { Prices } from "../tenancy/bootstrap.ts";
import type { BlueprintData } from "./blueprint.ts";
import type { CreateClusterInput, PoolInput } from "./create-cluster-input.ts";

const HOURS_A_MONTH = 730;

/** The monthly estimate in US dollars. A line without a known price is null and said in the assumptions. */
export const ClusterCost = z.strictObject({
  currency: z.literal("USD"),
  monthly: z.number(),
  asOf: z.string(),
  lines: z.array(z.strictObject({ id: z.string(), label: Message, monthly: z.nullable(z.number()) })),
  assumptions: z.array(Message),
});
export type ClusterCost = z.infer<typeof ClusterCost>;

type Line = ClusterCost["lines"][number];

/** What a cluster costs a month, about: control plane, nodes at their desired number, volumes, NAT gateways. Pure over the stored prices. */
export function clusterCost({
  input,
  blueprint,
  prices,
}: {
  readonly input: CreateClusterInput;
  readonly blueprint: BlueprintData;
  readonly prices: Prices;
}): ClusterCost {
  const lines = [
    controlPlane(prices),
    ...input.pools.map((pool) => nodes(pool, prices)),
    volumes(input, prices),
    ...nat(blueprint, prices),
  ];
  const unpriced = input.pools.filter((pool) => prices.instances[pool.instanceType] === undefined).map(({ instanceType }) => instanceType);
  return {
    currency: "USD",
    monthly: dollars(lines.reduce((sum, { monthly }) => sum + (monthly ?? 0), 0)),
    asOf: prices.asOf,
    lines,
    assumptions: [
      message("clusters.cost.assume.desired"),
      ...(input.pools.some(({ capacityType }) => capacityType === "spot")
        ? [message("clusters.cost.assume.spot", { percent: Math.round(prices.spotFactor * 100) })]
        : []),
      message("clusters.cost.assume.without"),
      message("clusters.cost.assume.asOf", { date: prices.asOf }),
      ...[...new Set(unpriced)].map((type) => message("clusters.cost.assume.unpriced", { type })),
    ],
  };
}

function controlPlane(prices: Prices): Line {
  return { id: "control-plane", label: message("clusters.cost.controlPlane"), monthly: dollars(prices.controlPlaneHour * HOURS_A_MONTH) };
}

function nodes(pool: PoolInput, prices: Prices): Line {
  const price = prices.instances[pool.instanceType];
  const factor = pool.capacityType === "spot" ? prices.spotFactor : 1;
  return {
    id: `pool/${pool.name}`,
    label: message("clusters.cost.pool", { pool: pool.name, count: pool.desired, type: pool.instanceType }),
    monthly: price === undefined ? null : dollars(price.hour * factor * HOURS_A_MONTH * pool.desired),
  };
}

function volumes({ pools }: CreateClusterInput, prices: Prices): Line {
  const total = pools.reduce((sum, pool) => sum + pool.desired * pool.diskSizeGiB, 0);
  return { id: "volumes", label: message("clusters.cost.volumes", { size: total }), monthly: dollars(total * prices.gp3GiBMonth) };
}

function nat({ network }: BlueprintData, prices: Prices): Line[] {
  if (network.mode === "existing") return [];
  return [
    {
      id: "nat",
      label: message("clusters.cost.nat", { count: network.zones }),
      monthly: dollars(network.zones * prices.natGatewayHour * HOURS_A_MONTH),
    },
  ];
}

function dollars(amount: number): number {
  return Math.round(amount * 100) / 100;
}
