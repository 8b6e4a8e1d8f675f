import { message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { consumerViews } from "../../domain/routes/consumer-view.ts";
import { callFacts } from "../../domain/routes/how-to-call.ts";
import { directoryEntry } from "../../domain/topology/directory-entry.ts";
import { foreignCall, foreignMatch } from "../../domain/topology/directory-foreign.ts";
import { foreignAccess, foreignItem, routeAccess } from "../../domain/topology/directory-item.ts";
import { DirectoryEntry } from "../../domain/topology/directory-view.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { findRoute } from "../routes/find-route.ts";
import { readNetworking } from "../routes/read-networking.ts";
import { routeRights } from "../routes/route-rights.ts";
import { canReadRoute } from "../routes/visible-routes.ts";
import { isPlatform, visibleRouteItem } from "./directory-items.ts";
import { DirectoryAddress, directoryScope, type FoundService, findDirectoryService } from "./find-directory-service.ts";
import type { NamedForeign } from "./foreign-services.ts";
import { routeDeliveries } from "./route-deliveries.ts";

/** What a caller must know of one service, and whom to ask. `NOT_FOUND` when absent or not hers to see. */
export const getDirectoryEntry = query({
  name: "directory.get",
  input: DirectoryAddress,
  output: DirectoryEntry,
  permission: "directory.read",
  scope: directoryScope,
  run: async (input, ctx) => {
    const found = await findDirectoryService(input, { ...ctx, tx: ctx.db.read });
    const view = found === null ? null : await entryOf(ctx, found);
    if (view === null) throw new PortalError("NOT_FOUND", "notFound");
    return view;
  },
});

async function entryOf(ctx: Context, found: FoundService): Promise<DirectoryEntry | null> {
  return found.source === "route" ? routeEntry(ctx, found) : foreignEntry(ctx, found.foreign);
}

async function routeEntry(ctx: Context, { key, observed }: Extract<FoundService, { source: "route" }>): Promise<DirectoryEntry | null> {
  const [networking, deliveries, route] = await Promise.all([
    readNetworking(ctx.db.read),
    routeDeliveries(ctx.db),
    findRoute(observed, { tx: ctx.db.read, routes: ctx.routes }),
  ]);
  const item = visibleRouteItem(ctx, { networking, deliveries }, key);
  if (item === null) return null;
  const { askToCall, whyNotAskToCall } = routeRights(ctx.actor, route, networking.config);
  return directoryEntry({
    row: item.row,
    limited: !canReadRoute(ctx.actor, observed.namespace),
    call: callFacts(observed),
    match: observed.rules[0]?.match ?? null,
    access: routeAccess(observed),
    consumers: consumerViews(observed, ctx.clock.now()),
    logs: observed.lattice?.accessLogs ?? null,
    can: { askToCall, whyNotAskToCall },
  });
}

function foreignEntry(ctx: Context, { service, name }: NamedForeign): DirectoryEntry {
  const now = ctx.clock.now();
  const consumers = service.networks.flatMap((network) =>
    consumerViews({ lattice: service.lattice, network: network.name, consumers: network.consumers }, now),
  );
  return directoryEntry({
    row: foreignItem(service, { name, now }).row,
    limited: !isPlatform(ctx.actor),
    call: foreignCall(service),
    match: foreignMatch(service),
    access: foreignAccess(service),
    consumers,
    logs: service.lattice.accessLogs,
    can: { askToCall: false, whyNotAskToCall: message("directory.cannot.foreign", { owner: service.owner }) },
  });
}
