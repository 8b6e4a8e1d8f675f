import type { FieldProblem } from "../portal-error.ts";
import { type BlueprintCheck, notOffered, problem } from "./blueprint-check.ts";
import type { PoolInput } from "./create-cluster-input.ts";
import { poolObjectName } from "./eks-name.ts";

const MAX_NODE_GROUP_NAME = 63;

/** Node pools: nobody else checks duplicate names, half or crossed scaling bounds, or an instance type that does not exist (cluster-api.md §11.3). */
export function checkPools({ input, blueprint }: BlueprintCheck): FieldProblem[] {
  const { poolCount } = blueprint.fields;
  const count = input.pools.length;
  const counted =
    count < poolCount.min || count > poolCount.max ? [problem("pools", "poolCount", { min: poolCount.min, max: poolCount.max })] : [];
  const names = input.pools.map(({ name }) => name);
  return [
    ...counted,
    ...input.pools.flatMap((pool, index) => [
      ...(names.indexOf(pool.name) < index ? [problem(`pools.${index}.name`, "duplicate", { value: pool.name })] : []),
      ...checkPool({ path: `pools.${index}`, pool, cluster: input.name }, blueprint.fields),
    ]),
  ];
}

type Fields = BlueprintCheck["blueprint"]["fields"];

function checkPool(
  { path, pool, cluster }: { readonly path: string; readonly pool: PoolInput; readonly cluster: string },
  fields: Fields,
): FieldProblem[] {
  const nodeGroup = poolObjectName(cluster, pool.name);
  const tooLong =
    nodeGroup.length > MAX_NODE_GROUP_NAME
      ? [problem(`${path}.name`, "nodeGroupName", { name: nodeGroup, maximum: MAX_NODE_GROUP_NAME })]
      : [];
  return [
    ...tooLong,
    ...notOffered(`${path}.instanceType`, pool.instanceType, fields.instanceType.choices),
    ...notOffered(`${path}.capacityType`, pool.capacityType, fields.capacityType.choices),
    ...within(`${path}.diskSizeGiB`, pool.diskSizeGiB, fields.diskSizeGiB),
    ...checkScaling(path, pool, fields),
  ];
}

function checkScaling(path: string, { min, max, desired }: PoolInput, { nodesPerPool }: Fields): FieldProblem[] {
  const bounds = [...within(`${path}.min`, min, nodesPerPool), ...within(`${path}.max`, max, nodesPerPool)];
  if (bounds.length > 0) return bounds;
  if (max < min) return [problem(`${path}.max`, "scalingCrossed", { min, max })];
  return desired < min || desired > max ? [problem(`${path}.desired`, "desiredOutside", { desired, min, max })] : [];
}

function within(path: string, value: number, { min, max }: { readonly min: number; readonly max: number }): FieldProblem[] {
  return value < min || value > max ? [problem(path, "outside", { value, min, max })] : [];
}
