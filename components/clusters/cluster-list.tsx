"use client";
import { Box, Plus, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { queryKeys } from "../live/query-keys.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { WatchAges } from "../live/watch-ages.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { FreezeBar } from "../ui/freeze-bar.tsx";
import { ListFoot } from "../ui/list-foot.tsx";
import { ListTools } from "../ui/list-tools.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useHeldRows } from "../ui/use-held-rows.ts";
import { useListNavigation } from "../ui/use-list-navigation.ts";
import { useSelection } from "../ui/use-selection.ts";
import { useClusterColumns } from "./cluster-columns.tsx";
import type { ShownClusterRow } from "./cluster-data.ts";
import { type ClusterListFilter, clusterFilters } from "./cluster-list-filter.ts";

const ClusterListCommands = dynamic(() => import("./cluster-list-commands.tsx").then((module) => module.ClusterListCommands), {
  ssr: false,
});

const keyOf = (row: ShownClusterRow) => row.key;
const hrefOf = (row: ShownClusterRow) => paths.cluster(row.namespace, row.name);

/** The clusters and open requests that one may see: content lives, order holds still. */
export function ClusterList({
  filter,
  maySubmit,
  origin,
}: {
  readonly filter: ClusterListFilter;
  readonly maySubmit: boolean;
  readonly origin: string;
}) {
  const t = useTranslations("uiClusters.list");
  const input = clusterFilters.toInput(filter);
  const query = useLiveQuery(queryKeys.clusters(input));
  const held = useHeldRows({ rows: query.data?.items ?? [], keyOf, listId: JSON.stringify(input) });
  const go = useListNavigation(paths.clusters(), clusterFilters, filter);
  const columns = useClusterColumns();
  const selection = useSelection();
  const selected = held.shown.filter((row) => selection.keys.has(row.key));
  const href = (cursor: string) => `${paths.clusters()}${clusterFilters.toSearch({ ...filter, cursor })}`;
  const sorting = {
    by: filter.sort,
    direction: filter.sort === "urgency" ? "descending" : "ascending",
    onSort: (by: string) => go({ sort: clusterFilters.sorts.find((name) => name === by) ?? "urgency", cursor: "" }),
  } as const;
  return (
    <>
      <ListTools
        filters={clusterFilters}
        filter={filter}
        go={go}
        counts={query.data?.counts}
        viewWord={(view) => t(`view.${view}`)}
        sortWord={(sort) => t(`sort.${sort}`)}
        search={{ label: t("search"), hint: t("searchHint") }}
        selected={selected.length}
        commandTitle={t(selected.length > 0 ? "selectedCommands" : "commandTitle")}
        commands={() => <ClusterListCommands origin={origin} query={input} selected={selected} />}
      />
      <FreezeBar added={held.added} removed={held.removed} moved={held.moved} onTake={held.take} />
      {query.isPending ? (
        <SkeletonRows rows={8} columns={5} />
      ) : query.data === undefined ? (
        <ErrorState title={t("errorTitle")} onRetry={() => void query.refetch()}>
          {query.error.message}
        </ErrorState>
      ) : held.shown.length === 0 ? (
        <Empty filter={filter} maySubmit={maySubmit} />
      ) : (
        <>
          <DataTable
            label={t("table")}
            columns={columns}
            rows={held.shown}
            keyOf={keyOf}
            hrefOf={hrefOf}
            sorting={sorting}
            selection={selection}
          />
          <ListFoot
            shown={held.shown.length}
            total={clusterFilters.totalOf(filter.view, query.data.counts)}
            firstHref={filter.cursor === "" ? null : href("")}
            nextHref={query.data.nextCursor === null ? null : href(query.data.nextCursor)}
          >
            <WatchAges />
          </ListFoot>
        </>
      )}
    </>
  );
}

function Empty({ filter, maySubmit }: { readonly filter: ClusterListFilter; readonly maySubmit: boolean }) {
  const t = useTranslations("uiClusters.list");
  const shared = useTranslations("uiList");
  if (clusterFilters.toSearch({ ...filter, sort: "urgency" }) === "") {
    return (
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
    );
  }
  return (
    <EmptyState
      icon={Search}
      title={filter.q === "" ? t("noMatchView") : shared("noMatchTitle", { q: filter.q })}
      actions={
        <Link href={paths.clusters()} className="link">
          {t("clearFilters")}
        </Link>
      }
    >
      {shared("noMatchText")}
    </EmptyState>
  );
}
