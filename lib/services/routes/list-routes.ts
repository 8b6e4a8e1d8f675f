import { z } from "zod";
import { RouteRowView, RouteState } from "../../domain/routes/route-view.ts";
import { ROUTE_SORTS, routeSortText } from "../../domain/routes/sort-routes.ts";
import { readCursor, writeCursor } from "../clusters/list-cursor.ts";
import { query } from "../query.ts";
import { readOpenRouteRequests } from "./open-route-requests.ts";
import { routeRows } from "./route-rows.ts";
import { routeSince } from "./route-since.ts";

const PAGE = 50;

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
    const sort = input.sort ?? "urgency";
    const after = input.cursor === undefined ? null : readCursor(input.cursor);
    const shown = matching
      .filter((row) => input.state === undefined || input.state.includes(row.state))
      .map((row) => ({ row, text: routeSortText(row, sort) }))
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

function matches(row: RouteRowView, { team, q }: z.output<typeof ListRoutesInput>): boolean {
  if (team !== undefined && row.team !== team) return false;
  if (q === undefined || q === "") return true;
  const words = [row.name, row.team, row.network, row.domainName, row.protocol, row.openRequest]
    .flatMap((part) => part ?? [])
    .join(" ")
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.includes(part));
}

function countStates(rows: readonly RouteRowView[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
