import { message } from "../message.ts";
import { countTargets, groupGlyph, groupState, type ObservedGroup } from "../routes/group-state.ts";
import { LATTICE_TAGS, type LatticeTarget, type LatticeTargetGroup, type Seen } from "../routes/lattice-facts.ts";
import { isFailedStatus } from "../routes/route-facts.ts";
import { LATTICE_OLD_MS, TARGETS_OLD_MS } from "../routes/route-limits.ts";
import { bareEdge, bareNode, type GraphPart, RANK } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";
import { accountDraft, vpcDraft } from "./place-drafts.ts";
import { accountOfArn, type Places } from "./places.ts";
import type { TargetKind, TopologyNode } from "./topology-view.ts";

export type GroupFacts = {
  readonly account: string;
  readonly group: Seen<LatticeTargetGroup>;
  readonly targets: Seen<readonly LatticeTarget[]> | null;
};

const KINDS: Readonly<Record<string, TargetKind>> = { INSTANCE: "instance", IP: "ip", ALB: "alb", LAMBDA: "lambda" };

/** What stands behind a group: the gateway controller tags the groups it feeds (lattice.md §1.7). */
export function targetKindOf({ type, tags }: Pick<LatticeTargetGroup, "type" | "tags">): TargetKind {
  return tags[LATTICE_TAGS.sourceType] !== undefined ? "kubernetes" : (KINDS[type] ?? "ip");
}

/** A target group in its VPC, and the kubeService that feeds it. */
export function groupPart({ account, group, targets }: GroupFacts, places: Places, now: Date): GraphPart {
  const { value } = group;
  const owner = accountOfArn(places, value.arn) ?? account;
  const kind = targetKindOf(value);
  const observed: ObservedGroup = { group, targets, importName: null };
  const counts = countTargets(targets?.value ?? []);
  const { state, goodUntil } = stateOf(observed, now);
  const at = targets !== null && targets.at < group.at ? targets.at : group.at;
  const parent = value.vpcId !== null ? nodeId.vpc(value.vpcId) : nodeId.account(owner);
  const facts: TopologyNode["facts"] = [
    { key: "id", value: value.id },
    { key: "targetKind", value: kind },
    ...(value.port === null ? [] : [{ key: "port" as const, value: String(value.port) }]),
    ...(value.protocol === null ? [] : [{ key: "protocol" as const, value: value.protocol }]),
    ...(targets === null ? [] : [{ key: "targets" as const, value: `${counts.healthy}/${counts.total}` }]),
  ];
  const node = bareNode({
    id: nodeId.targetGroup(value.id),
    kind: "target-group",
    name: value.name,
    parent,
    account: owner,
    glyph: isFailedStatus(value.status) ? "failed" : groupGlyph(state),
    note: targets === null ? null : message("topology.note.targets", { healthy: counts.healthy, total: counts.total }),
    sentence: message("topology.targetGroup.sentence", {
      kind: message(`topology.targetKind.${kind}`),
      state: message(`routeStatus.group.${state}`),
    }),
    at: at.toISOString(),
    facts,
  });
  return {
    nodes: [
      { node, access: { type: "joined" }, rank: RANK.own },
      accountDraft(places, owner),
      ...(value.vpcId === null ? [] : [vpcDraft(value.vpcId, { account: owner, cidr: null, rank: RANK.mentioned })]),
    ],
    edges: exportsEdges(value, node, places),
    due: goodUntil,
  };
}

/** Old evidence says nothing (lattice.md §3.9). */
function stateOf(observed: ObservedGroup, now: Date): { readonly state: ReturnType<typeof groupState>; readonly goodUntil: Date | null } {
  const { group, targets } = observed;
  const until = Math.min(
    group.at.getTime() + LATTICE_OLD_MS,
    targets === null ? Number.POSITIVE_INFINITY : targets.at.getTime() + TARGETS_OLD_MS,
  );
  return now.getTime() < until ? { state: groupState(observed), goodUntil: new Date(until) } : { state: "unknown", goodUntil: null };
}

/** The tags name the export's cluster by its EKS name `team-<team>_<cluster>`; every management cluster whose routes live in the account may hold it. */
function exportsEdges({ tags }: LatticeTargetGroup, group: TopologyNode, { networking }: Places): GraphPart["edges"] {
  const eksName = tags[LATTICE_TAGS.clusterName];
  const namespace = tags[LATTICE_TAGS.serviceNamespace];
  const name = tags[LATTICE_TAGS.serviceName];
  const cut = eksName?.indexOf("_") ?? -1;
  if (eksName === undefined || namespace === undefined || name === undefined || cut < 1) return [];
  if (tags[LATTICE_TAGS.sourceType] !== "ServiceExport") return [];
  const managementClusters = [...new Set(networking.lattice.map(({ managementCluster }) => managementCluster))];
  return managementClusters.map((managementCluster) =>
    bareEdge({
      kind: "exports",
      from: nodeId.kubeService(`${managementCluster}/${eksName.slice(0, cut)}/${eksName.slice(cut + 1)}`, namespace, name),
      to: group.id,
      glyph: "ok",
      sentence: message("topology.edge.exports", { name: `${namespace}/${name}` }),
      at: group.at,
    }),
  );
}
