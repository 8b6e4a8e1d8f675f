import type { ClusterRowView } from "../clusters/cluster-view.ts";
import type { Finding } from "../clusters/finding.ts";
import type { ObservedCluster } from "../clusters/observed-cluster.ts";
import { message } from "../message.ts";
import { bareEdge, bareNode, type GraphPart, RANK } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";
import { accountDraft, vpcDraft } from "./place-drafts.ts";
import type { Places } from "./places.ts";
import type { TopologyNode } from "./topology-view.ts";

const MOST_FINDINGS = 3;

/** What is wrong, in one line each. */
export function findingLines(findings: readonly Finding[]): TopologyNode["findings"] {
  return findings
    .filter(({ severity }) => severity !== "info")
    .slice(0, MOST_FINDINGS)
    .map(({ title }) => title);
}

/** The node of a row. A limited row has neither version nor nodes: what it does not say is not shown. */
export function clusterNode(
  row: ClusterRowView,
  { parent, account, findings }: Pick<TopologyNode, "parent" | "account" | "findings">,
): TopologyNode {
  const { namespace, name, team, state, glyph, sentence, evidenceAt, nodes, version } = row;
  const isWell = glyph === "ok" && nodes !== null;
  return bareNode({
    id: nodeId.cluster(row.key),
    kind: "cluster",
    name,
    parent,
    team,
    account,
    glyph,
    note: isWell ? message("topology.note.nodes", { count: nodes.ready }) : message(`clusters.state.${state}`),
    sentence,
    at: evidenceAt,
    ref: { namespace, name },
    facts: version === null ? [] : [{ key: "version", value: version }],
    findings,
  });
}

/** A tenant cluster in its VPC and account, owned by its management cluster. */
export function clusterPart(
  { observed, row, findings }: { readonly observed: ObservedCluster; readonly row: ClusterRowView; readonly findings: readonly Finding[] },
  places: Places,
): GraphPart {
  const { controlPlane, account } = observed;
  const vpcId = controlPlane?.vpcId ?? null;
  const parent = vpcId !== null ? nodeId.vpc(vpcId) : account !== null ? nodeId.account(account) : null;
  const node = clusterNode(row, { parent, account, findings: findingLines(findings) });
  return {
    nodes: [
      { node, access: { type: "cluster", row }, rank: RANK.own },
      ...(account === null ? [] : [accountDraft(places, account)]),
      ...(vpcId === null ? [] : [vpcDraft(vpcId, { account, cidr: controlPlane?.vpcCidr ?? null, rank: RANK.observed })]),
    ],
    edges: [
      bareEdge({
        kind: "owns",
        from: nodeId.managementCluster(row.managementCluster),
        to: node.id,
        team: row.team,
        sentence: message("topology.edge.owns", { name: row.managementCluster }),
        at: row.evidenceAt,
      }),
    ],
    due: null,
  };
}
