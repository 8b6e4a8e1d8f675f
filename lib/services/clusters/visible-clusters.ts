import type { ClusterRowView } from "../../domain/clusters/cluster-view.ts";
import { teamOfNamespace } from "../../domain/clusters/eks-name.ts";
import { TeamId } from "../../domain/ids.ts";
import { message } from "../../domain/message.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds, type Scope } from "../../domain/tenancy/permissions.ts";

/** The owner of a namespace as a scope; outside team namespaces that is nobody's team, so platform admins only. */
export function clusterScope(namespace: string): Scope & { readonly type: "team" } {
  return { type: "team", teamId: TeamId.safeParse(teamOfNamespace(namespace)).data ?? null };
}

/** Everything of a cluster: its team and platform admins. */
export function canReadCluster(actor: Actor, namespace: string): boolean {
  return holds(actor, "cluster.read", clusterScope(namespace));
}

type Visible = { readonly namespace: string; readonly managed: boolean; readonly visibility: "team" | "organisation" };

/** At least name, description, owner and health: clusters that are visible to the organisation (product.md §2). */
export function canSeeCluster(actor: Actor, cluster: Visible): boolean {
  if (canReadCluster(actor, cluster.namespace)) return true;
  return cluster.managed && cluster.visibility === "organisation" && holds(actor, "cluster.readLimited", clusterScope(cluster.namespace));
}

/** The row as the actor may see it; null when she may not know that the cluster is there. */
export function rowFor(actor: Actor, row: ClusterRowView): ClusterRowView | null {
  if (canReadCluster(actor, row.namespace)) return row;
  return canSeeCluster(actor, row) ? limitRow(row) : null;
}

/** Health in one word and a sentence without names of parts, accounts or requests. */
export function limitRow(row: ClusterRowView): ClusterRowView {
  const state = message(`clusters.state.${row.state}`);
  return {
    ...row,
    sentence: message("clusters.sentence.limited", { state: row.stuck ? message("clusters.stuck", { state }) : state }),
    version: null,
    account: null,
    region: null,
    blueprint: null,
    nodes: null,
    findings: 0,
    openRequest: null,
  };
}
