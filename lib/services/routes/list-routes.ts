import { z } from "zod";
import { RouteRowView, RouteState } from "../../domain/routes/route-view.ts";
import { ROUTE_SORTS, routeSortText } from "../../domain/routes/sort-routes.ts";
import { matchesWords, pageRows } from "../clusters/page-rows.ts";
import { query } from "../query.ts";
import { readOpenRouteRequests } from "./open-route-requests.ts";
import { routeRows } from "./route-rows.ts";
import { routeSince } from "./route-since.ts";

export const ListRoutesInput = z.strictObject({
  team: z.exactOptional(z.string().max(60)),
  q: z.exactOptional(z.string().trim().max(100)),
  state: z.exactOptional(z.array(RouteState).min(1)),
  sort: z.exactOptional(z.enum(ROUTE_SORTS)),
  cursor: z.exactOptional(z.string().max(2000)),
  limit: z.exactOptional(z.int().min(1).max(200)),
});

const ListRoutesOutput = z.strictObject({
  items: z.array(RouteRowView),
  nextCursor: z.nullable(z.string()),
  /** How many match `team` and `q`, in all and by state, whatever `state` says: the numbers on the chips. */
  total: z.int(),
  counts: z.record(z.string(), z.int()),
});

/** Routes and open create requests that the caller may see, in memory. Answers without touching the API server or AWS. `INVALID` for a cursor that is not ours. */
export const listRoutes = query({
  name: "route.list",
  input: ListRoutesInput,
  output: ListRoutesOutput,
  permission: "route.list",
  scope: async () => ({ type: "installation" }),
  run: async (input, ctx) => {
    const [open, since] = await Promise.all([readOpenRouteRequests(ctx.db.read), routeSince(ctx.db)]);
    const matching = routeRows(ctx, { open, since }).filter((row) => matches(row, input));
    return pageRows(matching, { ...input, textOf: (row) => routeSortText(row, input.sort ?? "urgency") });
  },
});

function matches(row: RouteRowView, { team, q }: z.output<typeof ListRoutesInput>): boolean {
  if (team !== undefined && row.team !== team) return false;
  return matchesWords([row.name, row.team, row.network, row.domainName, row.protocol, row.openRequest], q);
}
