import type { Metadata } from "next";
import { entry, Hydrated } from "../../../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../../../components/live/query-keys.ts";
import { RouteActivity } from "../../../../../components/routes/route-activity.tsx";
import { RoutePage } from "../../../../../components/routes/route-page.tsx";
import { type RouteTab, readRouteTab } from "../../../../../components/routes/route-tabs.ts";
import { RouteYaml } from "../../../../../components/routes/route-yaml.tsx";
import { portal } from "../../../../../lib/server/composition.ts";
import { readForPage } from "../../../../../lib/server/read-page.ts";
import { getRoute } from "../../../../../lib/services/routes/get-route.ts";
import { getRouteHistory } from "../../../../../lib/services/routes/get-route-history.ts";
import { getRouteManifests } from "../../../../../lib/services/routes/get-route-manifests.ts";
import { whoAmI } from "../../../../../lib/services/tenancy/who-am-i.ts";
import { readCurrentSpec } from "./read-current-spec.ts";

type Params = { readonly namespace: string; readonly name: string };
type Props = { readonly params: Promise<Params>; readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function OneRoutePage({ params, searchParams }: Props) {
  const { namespace, name } = await params;
  const tab = readRouteTab((await searchParams)["tab"]);
  const [view, me] = await Promise.all([readForPage(getRoute, { namespace, name }), readForPage(whoAmI, {})]);
  const current = view.can.change && tab === "overview" ? await readCurrentSpec(view) : null;
  return (
    <Hydrated entries={[entry(queryKeys.route(namespace, name), view)]}>
      <RoutePage
        key={`${namespace}/${name}`}
        namespace={namespace}
        name={name}
        tab={tab}
        origin={portal().settings.baseUrl}
        ownTeams={me.teams.map(({ id }) => id)}
        isPlatform={me.globalRoles.includes("platform-admin")}
        current={current}
      >
        {view.limited ? null : <TabContent tab={tab} namespace={namespace} name={name} />}
      </RoutePage>
    </Hydrated>
  );
}

async function TabContent({ tab, namespace, name }: Params & { readonly tab: RouteTab }) {
  if (tab === "activity") return <RouteActivity changes={(await readForPage(getRouteHistory, { namespace, name })).items} />;
  if (tab === "yaml") return <RouteYaml destinations={(await readForPage(getRouteManifests, { namespace, name })).items} />;
  return null;
}
