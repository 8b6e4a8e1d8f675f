import { z } from "zod";
import { TeamId } from "../../domain/ids.ts";
import { RequestState } from "../../domain/requests/request.ts";
import { RequestRowView } from "../../domain/requests/request-view.ts";
import { query } from "../query.ts";
import { listRequestRows } from "./list-request-rows.ts";
import { visibleTeams } from "./visible-requests.ts";

const PAGE = 50;

export const ListRequestsInput = z.strictObject({
  state: z.exactOptional(z.array(RequestState).min(1)),
  team: z.exactOptional(TeamId),
  kind: z.exactOptional(z.string().max(100)),
  cursor: z.exactOptional(z.string().max(200)),
  limit: z.exactOptional(z.int().min(1).max(200)),
});

/** Requests that the caller may see, newest first. Another team's name reads like one that does not exist: an empty list. */
export const listRequests = query({
  name: "request.list",
  input: ListRequestsInput,
  output: z.strictObject({ items: z.array(RequestRowView), nextCursor: z.nullable(z.string()) }),
  permission: "request.list",
  scope: async () => ({ type: "installation" }),
  run: async (input, ctx) => {
    const visible = visibleTeams(ctx.actor, input.team ?? null);
    if (visible === null) return { items: [], nextCursor: null };
    const filter = {
      ...visible,
      ...(input.state === undefined ? {} : { states: input.state }),
      ...(input.kind === undefined ? {} : { kinds: [input.kind] }),
    };
    const page = await ctx.db.read.requests.list(filter, { cursor: input.cursor ?? null, limit: input.limit ?? PAGE });
    return { items: await listRequestRows(ctx.db.read, ctx.kinds, page.items), nextCursor: page.nextCursor };
  },
});
