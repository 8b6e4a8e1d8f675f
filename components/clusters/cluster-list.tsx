"use client";
import { Box, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { LiveList } from "../live/live-list.tsx";
import { queryKeys } from "../live/query-keys.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { useClusterColumns } from "./cluster-columns.tsx";
import type { ShownClusterRow } from "./cluster-data.ts";
import { type ClusterListFilter, clusterFilters } from "./cluster-list-filter.ts";

const ClusterListCommands = dynamic(() => import("./cluster-list-commands.tsx").then((module) => module.ClusterListCommands), {
  ssr: false,
});

const keyOf = (row: ShownClusterRow) => row.key;
const hrefOf = (row: ShownClusterRow) => paths.cluster(row.namespace, row.name);

type Props = { readonly filter: ClusterListFilter; readonly maySubmit: boolean; readonly origin: string };

/** The clusters and open requests that one may see. */
export function ClusterList({ filter, maySubmit, origin }: Props) {
  const t = useTranslations("uiClusters.list");
  const input = clusterFilters.toInput(filter);
  const columns = useClusterColumns();
  return (
    <LiveList
      query={queryKeys.clusters(input)}
      path={paths.clusters()}
      filters={clusterFilters}
      filter={filter}
      columns={columns}
      keyOf={keyOf}
      hrefOf={hrefOf}
      words={{
        table: t("table"),
        search: t("search"),
        searchHint: t("searchHint"),
        errorTitle: t("errorTitle"),
        noMatchView: t("noMatchView"),
        clearFilters: t("clearFilters"),
        view: (view) => t(`view.${view}`),
        sort: (sort) => t(`sort.${sort}`),
        commands: (selected) => t(selected > 0 ? "selectedCommands" : "commandTitle"),
      }}
      commands={(selected) => <ClusterListCommands origin={origin} query={input} selected={selected} />}
      empty={
        <EmptyState
          icon={Box}
          title={t("emptyTitle")}
          actions={
            maySubmit && (
              <ButtonLink href={paths.newCluster()} variant="default" size="small" icon={<Plus size={14} aria-hidden="true" />}>
                {t("new")}
              </ButtonLink>
            )
          }
        >
          {t("emptyText")}
        </EmptyState>
      }
    />
  );
}
