import { z } from "zod";
import { ClusterRowView, ClusterState } from "../../domain/clusters/cluster-view.ts";
import { CLUSTER_SORTS, sortText } from "../../domain/clusters/sort-clusters.ts";
import { query } from "../query.ts";
import { clusterRows } from "./cluster-rows.ts";
import { readOpenRequests } from "./open-cluster-requests.ts";
import { matchesWords, pageRows } from "./page-rows.ts";

export const ListClustersInput = z.strictObject({
  team: z.exactOptional(z.string().max(60)),
  q: z.exactOptional(z.string().trim().max(100)),
  state: z.exactOptional(z.array(ClusterState).min(1)),
  sort: z.exactOptional(z.enum(CLUSTER_SORTS)),
  cursor: z.exactOptional(z.string().max(2000)),
  limit: z.exactOptional(z.int().min(1).max(200)),
});

const ListClustersOutput = z.strictObject({
  items: z.array(ClusterRowView),
  nextCursor: z.nullable(z.string()),
  /** How many match `team` and `q`, in all and by state, whatever `state` says: the numbers on the chips. */
  total: z.int(),
  counts: z.record(z.string(), z.int()),
});

/** Clusters and open create requests that the caller may see, in memory. Answers without touching the API server. `INVALID` for a cursor that is not ours. */
export const listClusters = query({
  name: "cluster.list",
  input: ListClustersInput,
  output: ListClustersOutput,
  permission: "cluster.list",
  scope: async () => ({ type: "installation" }),
  run: async (input, ctx) => {
    const matching = clusterRows(ctx, await readOpenRequests(ctx.db.read)).filter((row) => matches(row, input));
    return pageRows(matching, { ...input, textOf: (row) => sortText(row, input.sort ?? "urgency") });
  },
});

function matches(row: ClusterRowView, { team, q }: z.output<typeof ListClustersInput>): boolean {
  if (team !== undefined && row.team !== team) return false;
  return matchesWords([row.name, row.team, row.account, row.region, row.version, row.blueprint, row.openRequest], q);
}
