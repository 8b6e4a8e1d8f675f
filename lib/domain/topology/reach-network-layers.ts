import type { LatticeServiceAssociation, LatticeVpcAssociation } from "../routes/lattice-facts.ts";
import type { ObservedServiceNetwork } from "../routes/observed-network.ts";
import { LATTICE_OLD_MS, NETWORK_OLD_MS } from "../routes/route-limits.ts";
import type { ReachFacts, ReachFrom } from "./reach-facts.ts";
import { type Age, notChecked, staleness, toLayer } from "./reach-layer.ts";
import type { ReachLayer } from "./reach-view.ts";

/** The way in: one network with the association of the VPC and that of the service, as far as they are there. */
export type WayIn = {
  readonly network: ObservedServiceNetwork | null;
  readonly vpc: LatticeVpcAssociation | null;
  readonly service: LatticeServiceAssociation | null;
};

/** A change of its security groups does not interrupt an association, also when it fails. */
const FLOWS: readonly string[] = ["ACTIVE", "UPDATE_IN_PROGRESS", "UPDATE_FAILED"];

/** The network through which the call goes: one that both are in, in working order before any other. A VPC has one association; endpoints cannot be read. */
export function findWayIn({ networks, lattice }: ReachFacts, vpcId: string | null): WayIn {
  const ways = networks.map(
    (network): WayIn => ({
      network,
      vpc: (vpcId === null ? undefined : network.vpcs?.value.find((one) => one.vpcId === vpcId)) ?? null,
      service: (lattice?.associations?.value ?? []).find(({ networkId }) => networkId === network.id) ?? null,
    }),
  );
  const rank = ({ vpc, service }: WayIn) =>
    (vpc === null ? 0 : FLOWS.includes(vpc.status) ? 4 : 3) + (service === null ? 0 : service.status === "ACTIVE" ? 2 : 1);
  return [...ways].sort((one, other) => rank(other) - rank(one))[0] ?? { network: null, vpc: null, service: null };
}

export function networkLayers(
  facts: ReachFacts,
  from: ReachFrom,
  { way, age }: { readonly way: WayIn; readonly age: Age },
): readonly ReachLayer[] {
  const vpc = vpcLayer(facts, from, { way, age });
  const association = associationLayer(facts, vpc, { way, age });
  return [vpc, association, shareLayer(facts, way), securityGroupsLayer(way, age), dnsLayer(facts, association, way)];
}

type Asked = { readonly way: WayIn; readonly age: Age };

function vpcLayer(facts: ReachFacts, { view }: ReachFrom, { way, age }: Asked): ReachLayer {
  const { lattice, networks, service } = facts;
  if (view.vpcId === null) return toLayer("vpc", { state: "unknown", key: "noVpcKnown", actor: "caller" });
  const names = service.networks.join(", ") || "–";
  const at = oldestOf([lattice?.associations?.at ?? null, ...networks.map(({ vpcs }) => vpcs?.at ?? null)]);
  const old = staleness(at, LATTICE_OLD_MS, age);
  if (old !== null) return notChecked("vpc", old);
  const seen = () =>
    networks.map(({ name, vpcs }) => `${name}: ${(vpcs?.value ?? []).map(({ vpcId }) => vpcId).join(", ") || "–"}`).join("; ");
  const values = { vpc: view.vpcId, network: way.network?.name ?? names, networks: names };
  if (way.vpc === null)
    return toLayer("vpc", {
      state: "failed",
      key: networks.length === 0 ? "noNetwork" : "notAssociated",
      values,
      evidence: seen() || null,
      at,
      actor: networks.length === 0 ? "owner" : "platform",
    });
  if (way.service === null)
    return toLayer("vpc", { state: "failed", key: "serviceElsewhere", values, evidence: seen(), at, actor: "owner" });
  return toLayer("vpc", {
    state: "passed",
    key: "passed",
    values,
    evidence: `${way.vpc.id} ${way.vpc.vpcId} → ${way.vpc.networkName} (${way.vpc.networkId})`,
    at,
  });
}

function associationLayer({ lattice }: ReachFacts, vpc: ReachLayer, { way, age }: Asked): ReachLayer {
  if (way.vpc === null || way.service === null)
    return toLayer("association", {
      state: vpc.state === "failed" ? "failed" : "unknown",
      key: vpc.state === "failed" ? "none" : "open",
      actor: vpc.actor,
    });
  const at = oldestOf([lattice?.associations?.at ?? null, way.network?.vpcs?.at ?? null]);
  const old = staleness(at, LATTICE_OLD_MS, age);
  if (old !== null) return notChecked("association", old);
  const detail = way.network?.vpcDetails.get(way.vpc.id)?.value;
  const why = [way.service.failureMessage ?? way.service.failureCode, detail?.failureMessage ?? detail?.failureCode].filter(
    (one) => one != null,
  );
  const evidence = [`${way.vpc.id} ${way.vpc.status}`, `${way.service.id} ${way.service.status}`, ...why].join("; ");
  const bad = FLOWS.includes(way.vpc.status)
    ? way.service.status === "ACTIVE"
      ? null
      : ({ of: "service", status: way.service.status } as const)
    : ({ of: "vpc", status: way.vpc.status } as const);
  const network = way.network?.name ?? "–";
  if (bad === null) return toLayer("association", { state: "passed", key: "passed", values: { network }, evidence, at });
  const isComing = bad.status === "CREATE_IN_PROGRESS";
  const actor = isComing ? "aws" : bad.of === "vpc" ? "platform" : "owner";
  return toLayer("association", {
    state: "failed",
    key: bad.of === "vpc" ? "vpcNotActive" : "serviceNotActive",
    values: { status: bad.status, network },
    evidence,
    at,
    actor,
  });
}

/** Whose a thing is: the account in its ARN. */
export function accountOf(arn: string | null | undefined): string | null {
  return /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn ?? "")?.[1] ?? null;
}

/** The share itself is not read; an association across accounts can only stand after it was accepted. */
function shareLayer({ arn }: ReachFacts, { network, vpc, service }: WayIn): ReachLayer {
  const [owner, networkOwner, vpcOwner] = [accountOf(arn), accountOf(network?.arn), accountOf(vpc?.arn)];
  const isServiceShared = owner !== null && networkOwner !== null && owner !== networkOwner;
  const isNetworkShared = networkOwner !== null && vpcOwner !== null && networkOwner !== vpcOwner;
  if (network === null || networkOwner === null) return toLayer("share", { state: "not-checkable", key: "ownerUnknown" });
  if (!isServiceShared && !isNetworkShared)
    return toLayer("share", { state: "not-needed", key: "sameAccount", values: { account: networkOwner } });
  const across = [...new Set([owner, networkOwner, vpcOwner].filter((one) => one !== null))];
  const evidence = across.join(" ↔ ");
  const isSeen = (!isServiceShared || service?.status === "ACTIVE") && (!isNetworkShared || (vpc !== null && FLOWS.includes(vpc.status)));
  if (isSeen)
    return toLayer("share", {
      state: "passed",
      key: "passed",
      values: { accounts: across.join(", ") },
      evidence,
      at: network.vpcs?.at ?? null,
    });
  return toLayer("share", { state: "not-checkable", key: "notRead", values: { accounts: across.join(", ") }, evidence, actor: "platform" });
}

function securityGroupsLayer({ network, vpc }: WayIn, age: Age): ReachLayer {
  const detail = vpc === null ? undefined : network?.vpcDetails.get(vpc.id);
  const at = detail?.at ?? null;
  if (detail === undefined || staleness(at, NETWORK_OLD_MS, age) !== null)
    return toLayer("security-groups", { state: "not-checkable", key: "unread", at, actor: "platform" });
  const { securityGroupIds } = detail.value;
  if (securityGroupIds.length === 0)
    return toLayer("security-groups", { state: "passed", key: "open", evidence: `${detail.value.id}: –`, at });
  const groups = securityGroupIds.join(", ");
  return toLayer("security-groups", {
    state: "not-checkable",
    key: "guarded",
    values: { count: securityGroupIds.length, groups },
    evidence: `${detail.value.id}: ${groups}`,
    at,
    actor: "platform",
  });
}

/** Lattice's own name resolves in every VPC with an active association, and nowhere else (lattice.md §2.5). */
function dnsLayer({ lattice, service }: ReachFacts, association: ReachLayer, { network }: WayIn): ReachLayer {
  const custom = lattice?.service?.value.customDomainName ?? null;
  const at = association.at === null ? null : new Date(association.at);
  if (custom !== null)
    return toLayer("dns", {
      state: "not-checkable",
      key: "custom",
      values: { domain: custom, network: network?.name ?? "–" },
      evidence: custom,
      actor: "owner",
    });
  const domain = service.domainName;
  if (domain === null) return toLayer("dns", { state: "unknown", key: "noName", actor: "owner" });
  if (association.state === "passed") return toLayer("dns", { state: "passed", key: "passed", values: { domain }, evidence: domain, at });
  if (association.state === "failed")
    return toLayer("dns", { state: "failed", key: "notThere", values: { domain }, evidence: domain, at, actor: association.actor });
  return toLayer("dns", { state: "unknown", key: "open", values: { domain }, evidence: domain });
}

/** Null while one is missing. */
export function oldestOf(times: readonly (Date | null)[]): Date | null {
  if (times.length === 0 || times.some((time) => time === null)) return null;
  return new Date(Math.min(...times.map(Number)));
}
