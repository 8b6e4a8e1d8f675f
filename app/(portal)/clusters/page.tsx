import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClusterList } from "../../../components/clusters/cluster-list.tsx";
import { clusterFilters, clusterStates } from "../../../components/clusters/cluster-list-filter.ts";
import { entry, Hydrated } from "../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../components/live/query-keys.ts";
import { ButtonLink } from "../../../components/ui/button-link.tsx";
import { PageHead } from "../../../components/ui/page-head.tsx";
import { paths } from "../../../lib/paths.ts";
import { portal } from "../../../lib/server/composition.ts";
import { readForPage } from "../../../lib/server/read-page.ts";
import { listClusters } from "../../../lib/services/clusters/list-clusters.ts";
import { whoAmI } from "../../../lib/services/tenancy/who-am-i.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiClusters.list"))("title") };
}

export default async function ClustersPage({ searchParams }: Props) {
  const filter = clusterFilters.read(await searchParams);
  const { state: _state, ...input } = clusterFilters.toInput(filter);
  const [view, me] = await Promise.all([
    readForPage(listClusters, { ...input, ...(filter.view === "all" ? {} : { state: [...clusterStates(filter)] }) }),
    readForPage(whoAmI, {}),
  ]);
  const maySubmit = me.teams.length > 0 || me.globalRoles.includes("platform-admin");
  const t = await getTranslations("uiClusters.list");
  return (
    <Hydrated entries={[entry(queryKeys.clusters(clusterFilters.toInput(filter)), view)]}>
      <PageHead
        title={t("title")}
        facts={t("subtitle")}
        actions={
          maySubmit && (
            <ButtonLink href={paths.newCluster()} variant="primary" icon={<Plus size={16} aria-hidden="true" />} shortcut="C">
              {t("new")}
            </ButtonLink>
          )
        }
      />
      <ClusterList filter={filter} maySubmit={maySubmit} origin={portal().settings.baseUrl} />
    </Hydrated>
  );
}
