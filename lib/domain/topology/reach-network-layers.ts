import { accountOf } from "../routes/account-of.ts";
import { letsThrough, oldestOf, type WayIn } from "../routes/find-way-in.ts";
import { LATTICE_OLD_MS, NETWORK_OLD_MS } from "../routes/route-limits.ts";
import type { ReachFacts, ReachFrom } from "./reach-facts.ts";
import { type Age, notChecked, staleness, toLayer } from "./reach-layer.ts";
import type { ReachLayer } from "./reach-view.ts";

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
  const names = service.networks.join(", ") || "–";
  const at = oldestOf([lattice?.associations?.at ?? null, ...networks.map(({ vpcs }) => vpcs?.at ?? null)]);
  const old = staleness(at, LATTICE_OLD_MS, age);
  // A service that is in no network is out of everybody's reach.
  const isNowhere = old === null && lattice?.associations?.value.length === 0;
  if (view.vpcId === null)
    return isNowhere
      ? toLayer("vpc", { state: "failed", key: "noNetwork", at, actor: "owner" })
      : toLayer("vpc", { state: "unknown", key: "noVpcKnown", actor: "caller" });
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
  // Wherever the calls come from, they end at a service whose best association is not active.
  const isOut = vpc.state === "unknown" && way.service !== null && way.service.status !== "ACTIVE";
  if (way.service === null || (way.vpc === null && !isOut))
    return toLayer("association", {
      state: vpc.state === "failed" ? "failed" : "unknown",
      key: vpc.state === "failed" ? "none" : "open",
      actor: vpc.actor,
    });
  const at = oldestOf([lattice?.associations?.at ?? null, way.network?.vpcs?.at ?? null]);
  const old = staleness(at, LATTICE_OLD_MS, age);
  if (old !== null) return notChecked("association", old);
  const detail = way.vpc === null ? undefined : way.network?.vpcDetails.get(way.vpc.id)?.value;
  const why = [way.service.failureMessage ?? way.service.failureCode, detail?.failureMessage ?? detail?.failureCode].filter(
    (one) => one != null,
  );
  const evidence = [...[way.vpc ?? [], way.service].flat().map(({ id, status }) => `${id} ${status}`), ...why].join("; ");
  const bad =
    way.vpc !== null && !letsThrough(way.vpc)
      ? ({ of: "vpc", status: way.vpc.status } as const)
      : way.service.status === "ACTIVE"
        ? null
        : ({ of: "service", status: way.service.status } as const);
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
  const isSeen = (!isServiceShared || service?.status === "ACTIVE") && (!isNetworkShared || (vpc !== null && letsThrough(vpc)));
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
