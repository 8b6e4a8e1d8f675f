import { z } from "zod";
import type { AccountRecord } from "../../adapters/database/port.ts";
import { AccountView } from "../../domain/tenancy/tenancy-view.ts";
import { query } from "../query.ts";
import { visibleTeamIds } from "./require-person.ts";

// The stored data holds more, such as key and principal ARNs, that no list needs.
const StoredPlaces = z.object(AccountView.pick({ zones: true, vpcs: true }).shape);

/** Accounts and Regions of the caller's teams; all of them for a platform admin. External ids are not shown. */
export const listAccounts = query({
  name: "account.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(AccountView), nextCursor: z.null() }),
  permission: "settings.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, ctx) => {
    const visible = visibleTeamIds(ctx.actor);
    const accounts = (await ctx.db.read.tenancy.listAccounts()).map((account) => toView(account, visible));
    return { items: accounts.filter(({ teams }) => visible === null || teams.length > 0), nextCursor: null };
  },
});

function toView({ id, awsAccountId, region, roleArn, teams, data }: AccountRecord, visible: ReadonlySet<string> | null): AccountView {
  const { zones, vpcs } = StoredPlaces.parse(data);
  const known = teams.filter((team) => visible === null || visible.has(team));
  return { id, awsAccountId, region, roleArn, teams: known, zones, vpcs };
}
