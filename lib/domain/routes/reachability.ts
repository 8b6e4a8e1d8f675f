import type { Glyph } from "../clusters/cluster-view.ts";
import { type Message, message } from "../message.ts";
import type { ObservedConsumer, ObservedRoute } from "./observed-route.ts";
import { policyNames } from "./policy-names.ts";
import { associationsOf } from "./route-facts.ts";

/** Can this consumer's calls arrive? Separate from health: what answers them is another question (lattice.md §3.9). */
export type Reachability = {
  readonly reachable: "yes" | "no" | "unknown";
  readonly glyph: Glyph;
  readonly sentence: Message;
  /** Which hop refuses, when one does. */
  readonly blockedBy: "association" | "vpc" | "policy" | null;
  readonly at: Date | null;
};

/**
 * ACTIVE association of the service with the network, ACTIVE association of the consumer's VPC with it, and an open service (`NONE`) or an active policy that
 * names the caller. Name resolution, security groups and signing cannot be read: they are said to be not checked.
 */
export function reachabilityOf(observed: Pick<ObservedRoute, "lattice" | "network">, consumer: ObservedConsumer): Reachability {
  const { lattice } = observed;
  const network = observed.network ?? "–";
  if (lattice === null || lattice.associations === null || lattice.vpcAssociations === null)
    return unknown("routeViews.reach.unread", network);
  const at = lattice.vpcAssociations.at < lattice.associations.at ? lattice.vpcAssociations.at : lattice.associations.at;
  const no = (key: string, blockedBy: Reachability["blockedBy"]): Reachability => ({
    reachable: "no",
    glyph: "failed",
    sentence: message(key, { network, vpc: consumer.vpcId ?? "–" }),
    blockedBy,
    at,
  });
  if (!associationsOf(observed).some(({ status }) => status === "ACTIVE")) return no("routeViews.reach.noAssociation", "association");
  if (consumer.vpcId === null) return { ...unknown("routeViews.reach.noVpcKnown", network), at };
  const association = lattice.vpcAssociations.value.find(({ vpcId }) => vpcId === consumer.vpcId);
  if (association?.status !== "ACTIVE")
    return no(association === undefined ? "routeViews.reach.noVpc" : "routeViews.reach.vpcNotActive", "vpc");
  const policy = policyNames(observed, consumer);
  if (policy === "unread") return { ...unknown("routeViews.reach.policyUnread", network), at };
  if (policy === "inactive") return no("routeViews.reach.policyInactive", "policy");
  if (policy === "not-named") return no("routeViews.reach.notNamed", "policy");
  const key = policy === "open" ? "routeViews.reach.open" : "routeViews.reach.named";
  return { reachable: "yes", glyph: "ok", sentence: message(key, { network, vpc: consumer.vpcId }), blockedBy: null, at };
}

function unknown(key: string, network: string): Reachability {
  return { reachable: "unknown", glyph: "unknown", sentence: message(key, { network }), blockedBy: null, at: null };
}
