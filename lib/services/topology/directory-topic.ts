import { z } from "zod";
import { foreignItem } from "../../domain/topology/directory-item.ts";
import type { DirectoryRow } from "../../domain/topology/directory-view.ts";
import type { Context } from "../context.ts";
import { pushInOrder } from "../requests/push-in-order.ts";
import { requestsInAudit } from "../requests/requests-in-audit.ts";
import { readNetworking } from "../routes/read-networking.ts";
import { canSeeRoute } from "../routes/visible-routes.ts";
import { type TopicEvent, topic } from "../topic.ts";
import { visibleForeign, visibleRouteItem } from "./directory-items.ts";
import { DirectoryAddress, directoryScope, type FoundService, findDirectoryService } from "./find-directory-service.ts";
import { routeDeliveries } from "./route-deliveries.ts";

/** The light on an open page keeps its age. */
const REFRESH_MS = 15_000;
/** Lattice's lists come in many small facts; what no route owns is looked at once after a burst of them. */
const GATHER_MS = 1_000;

const Input = z.strictObject({ service: z.exactOptional(DirectoryAddress) });

/** The directory, live: each changed row that the reader may see, keyed `namespace/name`; or one service only, which is then read more often. */
export const directoryTopic = topic({
  name: "directory",
  input: Input,
  permission: "directory.read",
  scope: ({ service }, reads) => (service === undefined ? Promise.resolve({ type: "installation" }) : directoryScope(service, reads)),
  open: ({ service }, ctx, push) => {
    const only = service === undefined ? null : `${service.namespace}/${service.name}`;
    const next = pushInOrder(ctx, push);
    const routes = followRoutes(ctx, only, next);
    const foreign = followForeign(ctx, only, next);
    const attention = service === undefined ? null : attend(ctx, service, next);
    const timer =
      only === null
        ? null
        : setInterval(() => {
            attention?.follow();
            next(async () => ({ type: "resync" }));
          }, REFRESH_MS);
    timer?.unref();
    return () => {
      if (timer !== null) clearInterval(timer);
      attention?.stop();
      routes();
      foreign();
    };
  },
});

type Next = ReturnType<typeof pushInOrder>;

function followRoutes(ctx: Context, only: string | null, next: Next): () => void {
  const seen = new Set(visibleKeys(ctx));
  const pending = new Set<string>();
  const changed = (key: string) => {
    if (pending.has(key) || (only !== null && shortKey(key) !== only)) return;
    pending.add(key);
    next(async () => {
      pending.delete(key);
      return routeEvent(ctx, key, seen);
    });
  };
  const stopIndex = ctx.routes.subscribe((event) => {
    if (event.type !== "resync") return changed(event.key);
    for (const key of visibleKeys(ctx)) seen.add(key);
    next(async () => ({ type: "resync" }));
  });
  const stopAudit = ctx.db.onAudit((rows) => {
    for (const id of requestsInAudit(rows)) {
      next(async () => {
        const request = await ctx.db.read.requests.find(id);
        if (request?.kind.startsWith("route.") !== true) return null;
        const { managementCluster, namespace, name } = request.target;
        const key = `${managementCluster}/${namespace}/${name}`;
        return only !== null && shortKey(key) !== only ? null : routeEvent(ctx, key, seen);
      });
    }
  });
  return () => {
    stopIndex();
    stopAudit();
  };
}

/** A row that goes, or that she may no longer see, is taken out only if she could see it before. */
async function routeEvent(ctx: Context, key: string, seen: Set<string>): Promise<TopicEvent | null> {
  const [networking, deliveries] = await Promise.all([readNetworking(ctx.db.read), routeDeliveries(ctx.db)]);
  const item = visibleRouteItem(ctx, { networking, deliveries }, key);
  if (item === null) return seen.delete(key) ? { type: "remove", key: shortKey(key) } : null;
  seen.add(key);
  return { type: "set", key: item.row.key, view: item.row };
}

function visibleKeys(ctx: Context): readonly string[] {
  const now = ctx.clock.now();
  return [...ctx.routes.keys()].filter((key) => {
    const row = ctx.routes.row(key, now);
    return row !== undefined && canSeeRoute(ctx.actor, row);
  });
}

/** What no route owns is compared as a whole: its facts name no service of ours. */
function followForeign(ctx: Context, only: string | null, next: Next): () => void {
  let known: ReadonlyMap<string, DirectoryRow> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const look = async () => {
    const now = ctx.clock.now();
    const found = visibleForeign(ctx, await readNetworking(ctx.db.read)).map(
      ({ service, name }) => foreignItem(service, { name, now }).row,
    );
    const rows = new Map(found.filter(({ key }) => only === null || key === only).map((row) => [row.key, row]));
    const before = known;
    known = rows;
    if (before === null) return null;
    const events: TopicEvent[] = [
      ...[...rows.values()].filter((row) => textOf(row) !== textOf(before.get(row.key))).map((row) => setEvent(row)),
      ...[...before.keys()].filter((key) => !rows.has(key)).map((key): TopicEvent => ({ type: "remove", key })),
    ];
    for (const event of events) next(async () => event);
    return null;
  };
  next(look);
  const stop = ctx.facts.subscribe(({ source, agesOnly }) => {
    if (agesOnly || timer !== null || !source.startsWith("lattice/")) return;
    timer = setTimeout(() => {
      timer = null;
      next(look);
    }, GATHER_MS);
    timer.unref();
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

function setEvent(row: DirectoryRow): TopicEvent {
  return { type: "set", key: row.key, view: row };
}

/** Its age alone is no news. */
function textOf(row: DirectoryRow | undefined): string {
  return row === undefined ? "" : JSON.stringify({ ...row, evidenceAt: null });
}

function shortKey(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}

/** Somebody looks at this service: it is read more often while the page is open, also when it is made anew meanwhile. What Lattice does not know is not asked for. */
function attend(ctx: Context, address: DirectoryAddress, next: Next): { readonly follow: () => void; readonly stop: () => void } {
  let attended: { readonly id: string; readonly stop: () => void } | null = null;
  let isOpen = true;
  const look = async () => {
    const found = await findDirectoryService(address, { ...ctx, tx: ctx.db.read });
    const named = isOpen && found !== null ? nameOf(found) : null;
    const id = named === null ? null : `${named.account} ${named.serviceName}`;
    if (id === (attended?.id ?? null)) return null;
    attended?.stop();
    attended = named === null || id === null ? null : { id, stop: ctx.facts.attend(named.account, named.serviceName) };
    return null;
  };
  const follow = () => next(look);
  follow();
  return {
    follow,
    stop: () => {
      isOpen = false;
      attended?.stop();
    },
  };
}

function nameOf(found: FoundService): { readonly account: string; readonly serviceName: string } | null {
  if (found.source === "lattice") {
    const { lattice, account } = found.foreign.service;
    return lattice.service === null ? null : { account: account.id, serviceName: lattice.service.value.name };
  }
  const { lattice, serviceName } = found.observed;
  return lattice === null ? null : { account: lattice.account, serviceName };
}
