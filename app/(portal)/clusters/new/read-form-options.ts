import type { FormOptions } from "../../../../components/clusters/form-options.ts";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { listBlueprints } from "../../../../lib/services/clusters/list-blueprints.ts";
import { listAccounts } from "../../../../lib/services/tenancy/list-accounts.ts";
import { whoAmI } from "../../../../lib/services/tenancy/who-am-i.ts";

/** What the form of a cluster offers this person: her teams that have an account (all of them for a platform admin), accounts, blueprints. */
export async function readFormOptions(): Promise<FormOptions> {
  const me = await readForPage(whoAmI, {});
  const admin = me.globalRoles.includes("platform-admin");
  const own = me.teams.map(({ id }) => id);
  if (!admin && own.length === 0) return { teams: [], blueprints: [], accounts: [] };
  const [blueprints, accounts] = await Promise.all([readForPage(listBlueprints, {}), readForPage(listAccounts, {})]);
  const reachable = new Set(accounts.items.flatMap(({ teams }) => teams));
  const teams = [...new Set([...own, ...(admin ? [...reachable].toSorted() : [])])].filter((team) => reachable.has(team));
  return {
    teams,
    blueprints: blueprints.items.filter(({ withdrawn }) => !withdrawn).map(({ id, version, data }) => ({ id, version, data })),
    accounts: accounts.items,
  };
}
