import { z } from "zod";

const SHAPE = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** Longest name that still leaves room for every name derived from it: `<name>-<pool>` (63 in EKS) and the Secret `<name>-kubeconfig`. */
export const MAX_CLUSTER_NAME = 40;
export const MAX_POOL_NAME = 20;

/** A DNS label that is also a valid label value (cluster-api.md §2.1) and short enough for the names derived from it. */
export const ClusterName = z
  .string()
  .min(2)
  .max(MAX_CLUSTER_NAME)
  .refine((name) => SHAPE.test(name), { params: { key: "clusters.field.nameShape" } })
  .meta({ pattern: SHAPE.source });
export type ClusterName = z.infer<typeof ClusterName>;

/** The name of a node pool inside its cluster. */
export const PoolName = z
  .string()
  .min(1)
  .max(MAX_POOL_NAME)
  .refine((name) => SHAPE.test(name), { params: { key: "clusters.field.nameShape" } })
  .meta({ pattern: SHAPE.source });
