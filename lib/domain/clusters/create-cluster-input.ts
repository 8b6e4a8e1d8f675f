import { z } from "zod";
import { ClusterName, PoolName } from "./cluster-name.ts";
import { Visibility } from "./cluster-view.ts";

/** The four questions of product.md §3. A "yes" is a reason for a cluster of one's own; the answers are kept with the request. */
export const ADVICE_QUESTIONS = ["ownNodeTypes", "ownUpgradeWindow", "isolationRule", "ownAccount"] as const;
export const AdviceAnswers = z.strictObject({
  ownNodeTypes: z.boolean(),
  ownUpgradeWindow: z.boolean(),
  isolationRule: z.boolean(),
  ownAccount: z.boolean(),
});
export type AdviceAnswers = z.infer<typeof AdviceAnswers>;

export const PoolInput = z.strictObject({
  name: PoolName,
  instanceType: z.string().min(1).max(40),
  capacityType: z.enum(["onDemand", "spot"]),
  min: z.int().min(0).max(1000),
  max: z.int().min(1).max(1000),
  desired: z.int().min(0).max(1000),
  diskSizeGiB: z.int().min(1).max(16_384),
});
export type PoolInput = z.infer<typeof PoolInput>;

export const NetworkInput = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("managed"), cidr: z.string().max(18) }),
  z.strictObject({ mode: z.literal("existing"), vpcId: z.string().max(40), subnetIds: z.array(z.string().max(40)).min(1).max(16) }),
]);
export type NetworkInput = z.infer<typeof NetworkInput>;

/**
 * What a person says when she asks for a cluster: one schema for the form, REST and tests. What a blueprint and an account allow of it
 * is `checkAgainstBlueprint`. The team is said by the request around it.
 */
export const CreateClusterInput = z.strictObject({
  blueprint: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  name: ClusterName,
  account: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  kubernetesVersion: z.string().regex(/^1\.[0-9]{2}$/),
  endpointAccess: z.enum(["public", "public-and-private", "private"]),
  publicCidrs: z.exactOptional(z.array(z.string().max(18)).min(1).max(40)),
  network: NetworkInput,
  pools: z.array(PoolInput).min(1).max(20),
  visibility: Visibility,
  description: z.exactOptional(z.string().trim().min(1).max(500)),
  advice: AdviceAnswers,
});
export type CreateClusterInput = z.infer<typeof CreateClusterInput>;
