"use client";
import { FileClock } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { paths } from "../../lib/paths.ts";
import { queryKeys } from "../live/query-keys.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { Age } from "../ui/age.tsx";
import { ViewChip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { FreezeBar } from "../ui/freeze-bar.tsx";
import { PageLinks } from "../ui/page-links.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { REQUEST_GLYPH } from "../ui/request-glyph.ts";
import { RestOfSentence } from "../ui/rest-of-sentence.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Status } from "../ui/status.tsx";
import { useHeldRows } from "../ui/use-held-rows.ts";
import type { ShownRequestRow } from "./request-data.ts";
import { REQUEST_VIEW_NAMES, type RequestListFilter, toRequestListInput, toRequestListSearch } from "./request-list-filter.ts";

const keyOf = (row: ShownRequestRow) => row.id;
const hrefOf = (row: ShownRequestRow) => paths.request(row.id);

/** What was asked for, newest first: states live, order holds still. */
export function RequestList({ filter }: { readonly filter: RequestListFilter }) {
  const t = useTranslations("uiRequests.list");
  const router = useRouter();
  const input = toRequestListInput(filter);
  const query = useLiveQuery(queryKeys.requests(input));
  const held = useHeldRows({ rows: query.data?.items ?? [], keyOf, listId: JSON.stringify(input) });
  const columns = useRequestColumns();
  return (
    <>
      <div role="group" aria-label={t("views")} className="mb-3 flex flex-wrap items-center gap-1.5">
        {REQUEST_VIEW_NAMES.map((view) => (
          <ViewChip
            key={view}
            pressed={view === filter.view}
            onPress={() => router.push(`${paths.requests()}${toRequestListSearch({ ...filter, view, cursor: "" })}`, { scroll: false })}
          >
            {t(`view.${view}`)}
          </ViewChip>
        ))}
      </div>
      <FreezeBar added={held.added} removed={held.removed} moved={held.moved} onTake={held.take} />
      {query.isPending ? (
        <SkeletonRows rows={8} columns={5} />
      ) : query.data === undefined ? (
        <ErrorState title={t("errorTitle")} onRetry={() => void query.refetch()}>
          {query.error.message}
        </ErrorState>
      ) : held.shown.length === 0 ? (
        <EmptyState
          icon={FileClock}
          title={t(toRequestListSearch(filter) === "" ? "emptyTitle" : "noMatchTitle")}
          actions={
            <Link href={toRequestListSearch(filter) === "" ? paths.newCluster() : paths.requests()} className="link">
              {t(toRequestListSearch(filter) === "" ? "emptyAction" : "noMatchAction")}
            </Link>
          }
        >
          {t(toRequestListSearch(filter) === "" ? "emptyText" : "noMatchText")}
        </EmptyState>
      ) : (
        <>
          <DataTable label={t("table")} columns={columns} rows={held.shown} keyOf={keyOf} hrefOf={hrefOf} />
          <Pages filter={filter} nextCursor={query.data.nextCursor} />
        </>
      )}
    </>
  );
}

function useRequestColumns(): readonly Column<ShownRequestRow>[] {
  const t = useTranslations("uiRequests");
  return useMemo(
    () => [
      { id: "request", header: t("list.column.request"), width: "w-[27%]", cell: (row) => row.title, sub: (row) => row.id },
      {
        id: "state",
        header: t("list.column.state"),
        width: "w-[40%]",
        cell: (row) => <Status glyph={REQUEST_GLYPH[row.state]}>{t(`state.${row.state}`)}</Status>,
        sub: (row) => <RestOfSentence sentence={row.sentence} />,
      },
      { id: "team", header: t("list.column.team"), width: "w-[12%]", cell: (row) => row.team ?? t("list.platform"), narrow: "hidden" },
      {
        id: "requester",
        header: t("list.column.requester"),
        width: "w-[13%]",
        cell: (row) => row.requester?.name ?? t("list.system"),
        narrow: "hidden",
      },
      {
        id: "age",
        header: t("list.column.age"),
        width: "w-[8%]",
        align: "right",
        cell: (row) => <Age at={row.submittedAt} form="span" className="text-muted" />,
        narrow: "right",
      },
    ],
    [t],
  );
}

function Pages({ filter, nextCursor }: { readonly filter: RequestListFilter; readonly nextCursor: string | null }) {
  const t = useTranslations("uiRequests.list");
  const href = (cursor: string) => `${paths.requests()}${toRequestListSearch({ ...filter, cursor })}`;
  return (
    <div className="flex justify-end gap-2 py-3">
      <PageLinks
        first={filter.cursor === "" ? null : { href: href(""), label: t("first") }}
        next={nextCursor === null ? null : { href: href(nextCursor), label: t("next") }}
      />
    </div>
  );
}
