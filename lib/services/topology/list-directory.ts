import { z } from "zod";
import { RouteProtocol } from "../../domain/routes/route-input.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { DIRECTORY_SORTS, directorySortText, healthOf } from "../../domain/topology/directory-filter.ts";
import type { DirectoryItem } from "../../domain/topology/directory-item.ts";
import { DIRECTORY_HEALTH, DirectoryRow } from "../../domain/topology/directory-view.ts";
import { matchesWords, pageRows } from "../clusters/page-rows.ts";
import { query } from "../query.ts";
import { readNetworking } from "../routes/read-networking.ts";
import { directoryItems } from "./directory-items.ts";
import { routeDeliveries } from "./route-deliveries.ts";

export const ListDirectoryInput = z.strictObject({
  /** The team that owns it. */
  team: z.exactOptional(z.string().max(60)),
  network: z.exactOptional(z.string().max(63)),
  protocol: z.exactOptional(RouteProtocol),
  health: z.exactOptional(z.enum(DIRECTORY_HEALTH)),
  /** Only what lets in a team of the caller. */
  callable: z.exactOptional(z.literal("true")),
  source: z.exactOptional(z.enum(["route", "lattice"])),
  q: z.exactOptional(z.string().trim().max(100)),
  sort: z.exactOptional(z.enum(DIRECTORY_SORTS)),
  cursor: z.exactOptional(z.string().max(2000)),
  limit: z.exactOptional(z.int().min(1).max(200)),
});
type Input = z.output<typeof ListDirectoryInput>;

const ListDirectoryOutput = z.strictObject({
  items: z.array(DirectoryRow),
  nextCursor: z.nullable(z.string()),
  /** How many match `team`, `network`, `protocol` and `q`. */
  total: z.int(),
  /** The numbers on the chips: of those, by what the other filters would leave. */
  counts: z.record(z.string(), z.int()),
  /** The networks of everything that the caller may see, for a choice. */
  networks: z.array(z.string()),
});

/** Every service the caller may see, in memory. Answers without touching the API server or AWS. `INVALID` for a cursor that is not ours. */
export const listDirectory = query({
  name: "directory.list",
  input: ListDirectoryInput,
  output: ListDirectoryOutput,
  permission: "directory.read",
  scope: async () => ({ type: "installation" }),
  run: async (input, ctx) => {
    const [networking, deliveries] = await Promise.all([readNetworking(ctx.db.read), routeDeliveries(ctx.db)]);
    const visible = directoryItems(ctx, { networking, deliveries });
    const matching = visible.filter((item) => matches(item, input));
    const is = viewsOf(ctx.actor);
    const shown = matching.filter(
      (item) =>
        (input.callable === undefined || is.callable(item)) &&
        (input.source === undefined || item.row.source === input.source) &&
        (input.health === undefined || healthOf(item.row) === input.health),
    );
    const { limit, cursor, sort = "urgency" } = input;
    const page = pageRows(
      shown.map(({ row }) => ({ state: "", row })),
      {
        ...(limit === undefined ? {} : { limit }),
        ...(cursor === undefined ? {} : { cursor }),
        textOf: ({ row }) => directorySortText(row, sort),
      },
    );
    const count = (wanted: (item: DirectoryItem) => boolean) => matching.filter(wanted).length;
    return {
      items: page.items.map(({ row }) => row),
      nextCursor: page.nextCursor,
      total: matching.length,
      networks: [...new Set(visible.flatMap(({ row }) => row.networks))].sort(),
      counts: { all: matching.length, callable: count(is.callable), unhealthy: count(is.unhealthy), outside: count(is.outside) },
    };
  },
});

function viewsOf(actor: Actor) {
  const teams = actor.type === "person" ? actor.memberships.map(({ teamId }) => teamId) : [];
  return {
    callable: ({ callingTeams }: DirectoryItem) => teams.some((team) => callingTeams.has(team)),
    unhealthy: ({ row }: DirectoryItem) => healthOf(row) === "unhealthy",
    outside: ({ row }: DirectoryItem) => row.source === "lattice",
  };
}

function matches({ row }: DirectoryItem, { team, network, protocol, q }: Input): boolean {
  if (team !== undefined && row.team !== team) return false;
  if (network !== undefined && !row.networks.includes(network)) return false;
  if (protocol !== undefined && row.protocol !== protocol) return false;
  return matchesWords(
    [row.name, row.team, row.namespace, row.description, row.domainName, row.protocol, ...row.networks, ...row.targets],
    q,
  );
}
