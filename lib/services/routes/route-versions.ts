import type { z } from "zod";
import type { RequestRecord } from "../../adapters/database/port.ts";
import { message } from "../../domain/message.ts";
import type { Target } from "../../domain/requests/request.ts";
import type { RouteVersionView } from "../../domain/routes/route-view.ts";
import type { Context } from "../context.ts";
import { CHANGE_ROUTE, CREATE_ROUTE } from "./route-target.ts";

const LIMIT = 50;

/** Delivered requests that made the route what it was, newest first; those before its last creation are another life's. */
export async function routeVersions(
  { db }: Pick<Context, "db">,
  target: Target,
  current: string | null,
): Promise<z.infer<typeof RouteVersionView>[]> {
  const { items } = await db.read.requests.list(
    { target, kinds: [CREATE_ROUTE, CHANGE_ROUTE], states: ["delivered"] },
    { cursor: null, limit: LIMIT },
  );
  const newest = [...items].sort((one, other) => endOf(other).getTime() - endOf(one).getTime());
  const created = newest.findIndex(({ kind }) => kind === CREATE_ROUTE);
  const life = created === -1 ? newest : newest.slice(0, created + 1);
  const people = new Map(
    await Promise.all(
      [...new Set(life.flatMap(({ requesterId }) => requesterId ?? []))].map(
        async (id) => [id, (await db.read.people.findUser(id))?.name ?? null] as const,
      ),
    ),
  );
  const isKnown = life.some(({ id }) => id === current);
  return life.map((request, index) => ({
    request: request.id,
    kind: request.kind,
    by: request.requesterId === null ? null : (people.get(request.requesterId) ?? null),
    at: endOf(request).toISOString(),
    current: isKnown ? request.id === current : index === 0,
    summary: message(`routeViews.version.${request.kind === CREATE_ROUTE ? "create" : "change"}`, { purpose: request.purpose }),
  }));
}

function endOf({ endedAt, updatedAt }: RequestRecord): Date {
  return endedAt ?? updatedAt;
}
