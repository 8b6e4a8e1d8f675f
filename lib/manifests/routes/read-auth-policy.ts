import type { ObservedAuthPolicy } from "../../domain/routes/observed-route.ts";
import { readObject, type Seen } from "../clusters/read-object.ts";
import { valueAt } from "../safe-read.ts";
import { type PolicyTarget, readPolicyTarget } from "./read-policy-target.ts";
import { POLICY_RESOURCE_ID } from "./route-keys.ts";

const MAX_POLICY = 40_000;

/** IAMAuthPolicy (application-networking.k8s.aws/v1alpha1); `spec.policy` is a JSON string (lattice.md §1.11). */
export function readAuthPolicy(seen: Seen): ObservedAuthPolicy & { readonly target: PolicyTarget | null } {
  const own = readObject(seen);
  const policy = valueAt(seen.object, "spec", "policy");
  return {
    ...own,
    policy: typeof policy === "string" ? policy.slice(0, MAX_POLICY).toWellFormed() : "",
    resourceId: own.annotations[POLICY_RESOURCE_ID] ?? null,
    target: readPolicyTarget(seen.object, seen.object.metadata.namespace ?? ""),
  };
}
