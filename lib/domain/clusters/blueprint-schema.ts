import { z } from "zod";
import { JsonObject } from "../json.ts";
import type { BlueprintData } from "./blueprint.ts";
import { CreateClusterInput, PoolInput } from "./create-cluster-input.ts";

/** The JSON Schema (draft 2020-12) of `cluster.create` under one blueprint: its choices and bounds narrow the general schema. */
export function blueprintSchema({ id, data }: { readonly id: string; readonly data: BlueprintData }): JsonObject {
  const { fields, network } = data;
  const pool = PoolInput.extend({
    instanceType: z.enum(fields.instanceType.choices),
    capacityType: z.enum(fields.capacityType.choices),
    min: z.int().min(fields.nodesPerPool.min).max(fields.nodesPerPool.max),
    max: z.int().min(fields.nodesPerPool.min).max(fields.nodesPerPool.max),
    diskSizeGiB: z.int().min(fields.diskSizeGiB.min).max(fields.diskSizeGiB.max),
  });
  const narrowed = CreateClusterInput.extend({
    blueprint: z.literal(id),
    kubernetesVersion: z.enum(fields.kubernetesVersion.choices),
    endpointAccess: z.enum(fields.endpointAccess.choices),
    visibility: z.enum(fields.visibility.choices),
    pools: z.array(pool).min(fields.poolCount.min).max(fields.poolCount.max),
    network: CreateClusterInput.shape.network.options[network.mode === "managed" ? 0 : 1],
  });
  return JsonObject.parse(z.toJSONSchema(narrowed, { target: "draft-2020-12", io: "input" }));
}
