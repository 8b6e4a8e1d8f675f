import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClusterList } from "../../../components/clusters/cluster-list.tsx";
import { CLUSTER_VIEWS, readClusterListFilter, toClusterListInput } from "../../../components/clusters/cluster-list-filter.ts";
import { NewClusterKey } from "../../../components/clusters/new-cluster-key.tsx";
import { entry, Hydrated } from "../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../components/live/query-keys.ts";
import { ButtonLink } from "../../../components/ui/button-link.tsx";
import { PageHead } from "../../../components/ui/page-head.tsx";
import { paths } from "../../../lib/paths.ts";
import { portal } from "../../../lib/server/composition.ts";
import { readForPage } from "../../../lib/server/read-page.ts";
import { listClusters } from "../../../lib/services/clusters/list-clusters.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiClusters.list"))("title") };
}

export default async function ClustersPage({ searchParams }: Props) {
  const filter = readClusterListFilter(await searchParams);
  const { state: _state, ...input } = toClusterListInput(filter);
  const view = await readForPage(listClusters, { ...input, ...(filter.view === "all" ? {} : { state: [...CLUSTER_VIEWS[filter.view]] }) });
  const t = await getTranslations("uiClusters.list");
  return (
    <Hydrated entries={[entry(queryKeys.clusters(toClusterListInput(filter)), view)]}>
      <PageHead
        title={t("title")}
        facts={t("subtitle")}
        actions={
          <ButtonLink href={paths.newCluster()} variant="primary" icon={<Plus size={16} aria-hidden="true" />} shortcut="C">
            {t("new")}
          </ButtonLink>
        }
      />
      <NewClusterKey />
      <ClusterList filter={filter} origin={portal().settings.baseUrl} />
    </Hydrated>
  );
}
