import type { ObservedAccessLogPolicy } from "../../domain/routes/observed-route.ts";
import { readObject, type Seen } from "../clusters/read-object.ts";
import { textAt } from "../safe-read.ts";
import { type PolicyTarget, readPolicyTarget } from "./read-policy-target.ts";
import { ACCESS_LOG_SUBSCRIPTION } from "./route-keys.ts";

/** AccessLogPolicy (application-networking.k8s.aws/v1alpha1): without a target namespace it means the namespace `default` (lattice.md §1.11). */
export function readAccessLogPolicy(seen: Seen): ObservedAccessLogPolicy & { readonly target: PolicyTarget | null } {
  const own = readObject(seen);
  return {
    ...own,
    destinationArn: textAt(seen.object, "spec", "destinationArn") ?? "",
    subscriptionArn: own.annotations[ACCESS_LOG_SUBSCRIPTION] ?? null,
    target: readPolicyTarget(seen.object, "default"),
  };
}
