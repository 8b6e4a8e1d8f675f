import { z } from "zod";
import type { RequestRecord, RequestRepository } from "../../adapters/database/port.ts";
import { mayDecide } from "../../domain/requests/approval.ts";
import { InboxRowView } from "../../domain/requests/request-view.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import { query } from "../query.ts";
import { type ContributorReads, contributorsOf } from "./contributors-of.ts";
import { listRequestRows, votesOn } from "./list-request-rows.ts";
import { rememberTenancy } from "./remember-tenancy.ts";
import { visibleTeams } from "./visible-requests.ts";

const MOST = 200;

/** What waits for the caller: decisions she may make (longest waiting first), then her own requests that were sent back or whose delivery stopped. */
export const listInbox = query({
  name: "request.inbox",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(InboxRowView), nextCursor: z.nullable(z.string()) }),
  permission: "request.list",
  scope: async () => ({ type: "installation" }),
  run: async (_input, ctx) => {
    const { actor } = ctx;
    const visible = visibleTeams(actor, null);
    if (visible === null || actor.type !== "person") return { items: [], nextCursor: null };
    const page = await ctx.db.read.requests.list({ ...visible, states: ["waiting", "sent-back", "failed"] }, { cursor: null, limit: MOST });
    const reads = { requests: ctx.db.read.requests, tenancy: rememberTenancy(ctx.db.read.tenancy) };
    const asked = { actor, reads, now: ctx.clock.now() };
    const waits = await Promise.all(page.items.map(async (request) => ({ request, waitsFor: await waitsFor(asked, request) })));
    const mine = waits.flatMap(({ request, waitsFor }) => (waitsFor === null ? [] : [{ request, waitsFor }]));
    const rows = await listRequestRows(
      ctx.db.read,
      ctx.kinds,
      mine.map(({ request }) => request),
    );
    const items = rows.flatMap((row, index) => (mine[index] === undefined ? [] : [{ ...row, waitsFor: mine[index].waitsFor }]));
    return {
      items: items.sort((one, other) => ORDER[one.waitsFor] - ORDER[other.waitsFor] || one.submittedAt.localeCompare(other.submittedAt)),
      nextCursor: null,
    };
  },
});

type Asked = { readonly actor: Person; readonly reads: ContributorReads & { readonly requests: RequestRepository }; readonly now: Date };

const ORDER: Readonly<Record<InboxRowView["waitsFor"], number>> = { decision: 0, retry: 1, edit: 2 };

async function waitsFor({ actor: person, reads, now }: Asked, request: RequestRecord): Promise<InboxRowView["waitsFor"] | null> {
  if (request.state === "sent-back") return request.requesterId === person.userId ? "edit" : null;
  if (request.state === "failed") return request.requesterId === person.userId || request.requesterId === null ? "retry" : null;
  if (!holds(person, "request.decide", { type: "team", teamId: request.teamId })) return null;
  const votes = votesOn(request, await reads.requests.listApprovals(request.id));
  const contributors = await contributorsOf(reads, request, person, now);
  return mayDecide({ state: request.state, slots: request.slots, votes, contributors }, person).allowed ? "decision" : null;
}
