import { z } from "zod";
import { ContentHash } from "../ids.ts";

export const REQUEST_STATES = [
  "waiting",
  "approved",
  "delivering",
  "delivered",
  "sent-back",
  "rejected",
  "withdrawn",
  "expired",
  "failed",
] as const;
export const RequestState = z.enum(REQUEST_STATES);
export type RequestState = z.infer<typeof RequestState>;

/** A request ends in one of these; `failed` may go back to `delivering` by retry and so is not an end. */
export const ENDED_STATES: readonly RequestState[] = ["delivered", "rejected", "withdrawn", "expired"];

/** What a request is about: an object of a management cluster. `(namespace, name)` is also the URL. */
export const Target = z.strictObject({ managementCluster: z.string(), namespace: z.string(), name: z.string() });
export type Target = z.infer<typeof Target>;

/** One approval that a policy demands. One person fills at most one slot of a revision. `after` names the slot that must be filled before this one. */
export const Slot = z.strictObject({
  id: z.string(),
  role: z.enum(["platform-admin", "team-lead"]),
  team: z.exactOptional(z.string()),
  after: z.exactOptional(z.string()),
});
export type Slot = z.infer<typeof Slot>;

export const Decision = z.enum(["approve", "send-back", "reject"]);
export type Decision = z.infer<typeof Decision>;

export const Purpose = z.string().trim().min(10).max(2000);

/** Names a target over all management clusters. */
export function targetKey(target: Target): string {
  return `${target.managementCluster}/${target.namespace}/${target.name}`;
}

/** The key under which at most one request may be approved or delivering: a cluster and a route of one name are two targets. */
export function activeTargetKey(kind: string, target: Target): string {
  return kind.startsWith("route.") ? `route:${targetKey(target)}` : targetKey(target);
}

export const ApproveInput = z.strictObject({
  id: z.string(),
  contentHash: ContentHash,
  comment: z.exactOptional(z.string().trim().max(2000)),
});
