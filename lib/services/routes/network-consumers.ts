import type { Glyph } from "../../domain/clusters/cluster-view.ts";
import type { LatticeVpcAssociation } from "../../domain/routes/lattice-facts.ts";
import { SECURITY_GROUP, type ServiceNetworkView } from "../../domain/routes/route-view.ts";
import { buildConsumerObjects } from "../../manifests/tenancy/build-consumer-objects.ts";
import { toYamlDocuments } from "../../manifests/to-yaml.ts";
import type { Context } from "../context.ts";
import type { NetworkInUse } from "./read-networking.ts";

type Rows = ServiceNetworkView["vpcAssociations"];
type Owned = { readonly vpcId: string | null; readonly cluster: string | null; readonly team: string | null };

/**
 * VPC associations that are there, and those that should be with what an admin applies for them: the portal does not, because an association opens the network to a whole
 * VPC. `seen` null: the list was never read, so nothing is called missing.
 */
export function networkConsumers(ctx: Context, inUse: NetworkInUse, seen: readonly LatticeVpcAssociation[] | null): Readonly<Rows> {
  const { network } = inUse;
  const clusters = clustersOf(ctx);
  const wanted: readonly Owned[] = network.consumers.map(({ vpcId, cluster, team }) => ({
    vpcId: vpcId ?? clusters.find((one) => one.cluster === cluster)?.vpcId ?? null,
    cluster: cluster ?? null,
    team: team ?? null,
  }));
  const there = (seen ?? []).map(({ vpcId, status }) => {
    const known = wanted.find((one) => one.vpcId === vpcId) ?? clusters.find((one) => one.vpcId === vpcId);
    return { vpcId, status, glyph: glyphOf(status), cluster: known?.cluster ?? null, team: known?.team ?? null, join: null };
  });
  const missing = wanted.flatMap(({ vpcId, cluster, team }): Rows => {
    if (vpcId === null || there.some((one) => one.vpcId === vpcId)) return [];
    if (seen === null) return [{ vpcId, status: "–", glyph: "unknown", cluster, team, join: null }];
    return [{ vpcId, status: "none", glyph: "failed", cluster, team, join: joinOf(ctx, inUse, vpcId) }];
  });
  return [...there, ...missing];
}

function clustersOf(ctx: Context): readonly Owned[] {
  return [...ctx.clusters.values()].flatMap(({ namespace, name, team, controlPlane }) =>
    controlPlane?.vpcId == null ? [] : [{ vpcId: controlPlane.vpcId, cluster: `${namespace}/${name}`, team }],
  );
}

function glyphOf(status: string): Glyph {
  if (status === "ACTIVE") return "ok";
  return /_FAILED$/.test(status) ? "failed" : "progressing";
}

/** A VPC is in one network at most (lattice.md §9.1): where it is in another of this account, that comes first. */
function joinOf(ctx: Context, { network, account }: NetworkInUse, vpcId: string): Rows[number]["join"] {
  const others = (ctx.facts.networks(account.id)?.value ?? []).filter(({ name }) => name !== network.name);
  const other = others.find(({ name }) => ctx.facts.vpcAssociations(account.id, name)?.value.some((one) => one.vpcId === vpcId));
  return { manifests: toYamlDocuments(buildConsumerObjects(network, [SECURITY_GROUP])), otherNetwork: other?.name ?? null };
}
