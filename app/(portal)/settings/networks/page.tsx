import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NetworkList } from "../../../../components/routes/network-list.tsx";
import { AreaMessages } from "../../../../components/shell/area-messages.tsx";
import { ForbiddenPage } from "../../../../components/shell/forbidden-page.tsx";
import { isPlatformAdmin } from "../../../../components/shell/shell-data.ts";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { listServiceNetworks } from "../../../../lib/services/routes/list-service-networks.ts";
import { whoAmI } from "../../../../lib/services/tenancy/who-am-i.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.crumb"))("networks") };
}

export default async function NetworkSettings() {
  if (!isPlatformAdmin(await readForPage(whoAmI, {}))) return <ForbiddenPage needs="platform-admin" />;
  return (
    <AreaMessages names={["uiRoutes", "uiObject"]}>
      <NetworkList networks={(await readForPage(listServiceNetworks, {})).items} />
    </AreaMessages>
  );
}
