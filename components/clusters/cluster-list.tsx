"use client";
import { Box, Plus, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { paths } from "../../lib/paths.ts";
import { queryKeys } from "../live/query-keys.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { FreezeBar } from "../ui/freeze-bar.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useHeldRows } from "../ui/use-held-rows.ts";
import { useClusterColumns } from "./cluster-columns.tsx";
import type { ShownClusterRow } from "./cluster-data.ts";
import { totalOf } from "./cluster-list-counts.ts";
import { CLUSTER_SORTS, type ClusterListFilter, toClusterListInput, toClusterListSearch } from "./cluster-list-filter.ts";
import { ClusterListFoot } from "./cluster-list-foot.tsx";
import { ClusterListTools } from "./cluster-list-tools.tsx";
import { useClusterListNavigation } from "./use-cluster-list-navigation.ts";

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
  const input = toClusterListInput(filter);
  const query = useLiveQuery(queryKeys.clusters(input));
  const held = useHeldRows({ rows: query.data?.items ?? [], keyOf, listId: JSON.stringify(input) });
  const go = useClusterListNavigation(filter);
  const columns = useClusterColumns();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selection = useMemo(
    () => ({
      keys: chosen,
      onToggle: (key: string) =>
        setChosen((keys) => (keys.has(key) ? new Set([...keys].filter((one) => one !== key)) : new Set([...keys, key]))),
    }),
    [chosen],
  );
  const sorting = {
    by: filter.sort,
    direction: filter.sort === "urgency" ? "descending" : "ascending",
    onSort: (by: string) => go({ sort: CLUSTER_SORTS.find((name) => name === by) ?? "urgency", cursor: "" }),
  } as const;
  return (
    <>
      <ClusterListTools
        filter={filter}
        go={go}
        origin={origin}
        counts={query.data?.counts}
        selected={held.shown.filter((row) => chosen.has(row.key))}
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
          <ClusterListFoot
            filter={filter}
            shown={held.shown.length}
            total={totalOf(filter.view, query.data.counts)}
            nextCursor={query.data.nextCursor}
          />
        </>
      )}
    </>
  );
}

function Empty({ filter, maySubmit }: { readonly filter: ClusterListFilter; readonly maySubmit: boolean }) {
  const t = useTranslations("uiClusters.list");
  if (toClusterListSearch({ ...filter, sort: "urgency" }) === "") {
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
      title={filter.q === "" ? t("noMatchView") : t("noMatchTitle", { q: filter.q })}
      actions={
        <Link href={paths.clusters()} className="link">
          {t("clearFilters")}
        </Link>
      }
    >
      {t("noMatchText")}
    </EmptyState>
  );
}
