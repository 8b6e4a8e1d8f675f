import type { Metadata } from "next";
import { ClusterActivity } from "../../../../../components/clusters/cluster-activity.tsx";
import { ClusterPage } from "../../../../../components/clusters/cluster-page.tsx";
import { type ClusterTab, readClusterTab } from "../../../../../components/clusters/cluster-tabs.ts";
import { entry, Hydrated } from "../../../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../../../components/live/query-keys.ts";
import { ManifestStream } from "../../../../../components/ui/manifest-stream.tsx";
import { apiPaths } from "../../../../../lib/paths.ts";
import { portal } from "../../../../../lib/server/composition.ts";
import { readForPage } from "../../../../../lib/server/read-page.ts";
import { getCluster } from "../../../../../lib/services/clusters/get-cluster.ts";
import { getClusterHistory } from "../../../../../lib/services/clusters/get-cluster-history.ts";
import { getClusterManifests } from "../../../../../lib/services/clusters/get-cluster-manifests.ts";
import { whoAmI } from "../../../../../lib/services/tenancy/who-am-i.ts";

type Params = { readonly namespace: string; readonly name: string };
type Props = { readonly params: Promise<Params>; readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function OneClusterPage({ params, searchParams }: Props) {
  const { namespace, name } = await params;
  const tab = readClusterTab((await searchParams)["tab"]);
  const [view, me] = await Promise.all([readForPage(getCluster, { namespace, name }), readForPage(whoAmI, {})]);
  return (
    <Hydrated entries={[entry(queryKeys.cluster(namespace, name), view)]}>
      <ClusterPage
        key={`${namespace}/${name}`}
        namespace={namespace}
        name={name}
        tab={tab}
        origin={portal().settings.baseUrl}
        ownTeams={me.teams.map(({ id }) => id)}
        isPlatform={me.globalRoles.includes("platform-admin")}
      >
        {view.limited ? null : <TabContent tab={tab} namespace={namespace} name={name} />}
      </ClusterPage>
    </Hydrated>
  );
}

async function TabContent({ tab, namespace, name }: Params & { readonly tab: ClusterTab }) {
  if (tab === "activity") return <ClusterActivity changes={(await readForPage(getClusterHistory, { namespace, name })).items} />;
  if (tab === "yaml") {
    const { manifests } = await readForPage(getClusterManifests, { namespace, name });
    return <ManifestStream yaml={manifests} download={{ href: apiPaths.clusterManifests(namespace, name), file: `${name}.yaml` }} />;
  }
  return null;
}
