import { z } from "zod";
import { ClusterRowView, ClusterState } from "../../domain/clusters/cluster-view.ts";
import { CLUSTER_SORTS, sortText } from "../../domain/clusters/sort-clusters.ts";
import { query } from "../query.ts";
import { clusterRows } from "./cluster-rows.ts";
import { readCursor, writeCursor } from "./list-cursor.ts";
import { readOpenRequests } from "./open-cluster-requests.ts";

const PAGE = 50;

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
    const sort = input.sort ?? "urgency";
    const after = input.cursor === undefined ? null : readCursor(input.cursor);
    const shown = matching
      .filter((row) => input.state === undefined || input.state.includes(row.state))
      .map((row) => ({ row, text: sortText(row, sort) }))
      .filter(({ text }) => after === null || text > after)
      .sort((one, other) => (one.text < other.text ? -1 : 1));
    const page = shown.slice(0, input.limit ?? PAGE);
    const last = page.at(-1);
    return {
      items: page.map(({ row }) => row),
      nextCursor: last !== undefined && page.length < shown.length ? writeCursor(last.text) : null,
      total: matching.length,
      counts: countStates(matching),
    };
  },
});

function matches(row: ClusterRowView, { team, q }: z.output<typeof ListClustersInput>): boolean {
  if (team !== undefined && row.team !== team) return false;
  if (q === undefined || q === "") return true;
  const words = [row.name, row.team, row.account, row.region, row.version, row.blueprint, row.openRequest]
    .flatMap((part) => part ?? [])
    .join(" ")
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.includes(part));
}

function countStates(rows: readonly ClusterRowView[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
