import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HOME_CLUSTERS, HOME_REQUESTS, HOME_ROUTES } from "../../components/home/home-filters.ts";
import { HomePage } from "../../components/home/home-page.tsx";
import { entry, Hydrated } from "../../components/live/hydrated.tsx";
import { queryKeys } from "../../components/live/query-keys.ts";
import { AreaMessages } from "../../components/shell/area-messages.tsx";
import { isPlatformAdmin, maySubmit } from "../../components/shell/shell-data.ts";
import { readForPage } from "../../lib/server/read-page.ts";
import { listClusters } from "../../lib/services/clusters/list-clusters.ts";
import { listRequests } from "../../lib/services/requests/list-requests.ts";
import { listRoutes } from "../../lib/services/routes/list-routes.ts";
import { whoAmI } from "../../lib/services/tenancy/who-am-i.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.nav"))("home") };
}

export default async function Home() {
  const [me, clusters, routes, requests] = await Promise.all([
    readForPage(whoAmI, {}),
    readForPage(listClusters, { limit: Number(HOME_CLUSTERS.limit) }),
    readForPage(listRoutes, { limit: Number(HOME_ROUTES.limit) }),
    readForPage(listRequests, { limit: Number(HOME_REQUESTS.limit) }),
  ]);
  return (
    <Hydrated
      entries={[
        entry(queryKeys.clusters(HOME_CLUSTERS), clusters),
        entry(queryKeys.routes(HOME_ROUTES), routes),
        entry(queryKeys.requests(HOME_REQUESTS), requests),
      ]}
    >
      <AreaMessages names={["uiHome"]}>
        <HomePage teams={me.teams.map(({ id }) => id)} isAdmin={isPlatformAdmin(me)} maySubmit={maySubmit(me)} />
      </AreaMessages>
    </Hydrated>
  );
}
