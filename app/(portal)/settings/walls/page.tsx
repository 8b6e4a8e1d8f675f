import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AreaMessages } from "../../../../components/shell/area-messages.tsx";
import { ForbiddenPage } from "../../../../components/shell/forbidden-page.tsx";
import { isPlatformAdmin } from "../../../../components/shell/shell-data.ts";
import { WallList } from "../../../../components/tenancy/wall-list.tsx";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { listServiceNetworks } from "../../../../lib/services/routes/list-service-networks.ts";
import { listAccounts } from "../../../../lib/services/tenancy/list-accounts.ts";
import { listTeams } from "../../../../lib/services/tenancy/list-teams.ts";
import { listWallLinks } from "../../../../lib/services/tenancy/list-wall-links.ts";
import { whoAmI } from "../../../../lib/services/tenancy/who-am-i.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.crumb"))("walls") };
}

export default async function WallSettings() {
  if (!isPlatformAdmin(await readForPage(whoAmI, {}))) return <ForbiddenPage needs="platform-admin" />;
  const [links, teams, accounts, networks] = await Promise.all([
    readForPage(listWallLinks, {}),
    readForPage(listTeams, {}),
    readForPage(listAccounts, {}),
    readForPage(listServiceNetworks, {}),
  ]);
  const choices = {
    team: teams.items.map(({ id }) => id),
    account: accounts.items.map(({ id }) => id),
    network: networks.items.map(({ name }) => name),
  };
  return (
    <AreaMessages names={["uiWalls"]}>
      <WallList links={links.items} choices={choices} />
    </AreaMessages>
  );
}
