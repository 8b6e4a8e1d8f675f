import type { ObservedObject } from "../../domain/clusters/observed-cluster.ts";
import { readObject, type Seen } from "../clusters/read-object.ts";
import { textsAt, valueAt } from "../safe-read.ts";
import { type PolicyTarget, readPolicyTarget } from "./read-policy-target.ts";

export type ObservedVpcAssociationPolicy = ObservedObject & {
  readonly target: PolicyTarget | null;
  readonly securityGroupIds: readonly string[];
  readonly associates: boolean;
};

/** VpcAssociationPolicy (application-networking.k8s.aws/v1alpha1): associates only the VPC of its own cluster's controller (lattice.md §1.10). */
export function readVpcAssociationPolicy(seen: Seen): ObservedVpcAssociationPolicy {
  return {
    ...readObject(seen),
    target: readPolicyTarget(seen.object, seen.object.metadata.namespace ?? ""),
    securityGroupIds: textsAt(seen.object, "spec", "securityGroupIds").slice(0, 16),
    associates: valueAt(seen.object, "spec", "associateWithVpc") !== false,
  };
}
