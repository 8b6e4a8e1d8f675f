"use client";
import { Stamp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { paths } from "../../lib/paths.ts";
import { queryKeys } from "../live/query-keys.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { Age } from "../ui/age.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { FreezeBar } from "../ui/freeze-bar.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { REQUEST_GLYPH } from "../ui/request-glyph.ts";
import { RestOfSentence } from "../ui/rest-of-sentence.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Status } from "../ui/status.tsx";
import { useHeldRows } from "../ui/use-held-rows.ts";
import { UserText } from "../ui/user-text.tsx";
import type { ShownInboxRow } from "./request-data.ts";

const keyOf = (row: ShownInboxRow) => row.id;
const hrefOf = (row: ShownInboxRow) => paths.request(row.id);

/** What waits for the reader, with its age. Her own requests are here only when they came back to her. */
export function InboxList() {
  const t = useTranslations("uiRequests.inbox");
  const query = useLiveQuery(queryKeys.inbox());
  const held = useHeldRows({ rows: query.data?.items ?? [], keyOf, listId: "inbox" });
  const columns = useInboxColumns();
  return (
    <>
      <PageHead title={query.data === undefined ? t("titlePlain") : t("title", { count: held.shown.length })} facts={t("subtitle")} />
      <FreezeBar added={held.added} removed={held.removed} moved={held.moved} onTake={held.take} />
      {query.isPending ? (
        <SkeletonRows rows={4} columns={5} />
      ) : query.data === undefined ? (
        <ErrorState title={t("errorTitle")} onRetry={() => void query.refetch()}>
          {query.error.message}
        </ErrorState>
      ) : held.shown.length === 0 ? (
        <EmptyState
          icon={Stamp}
          title={t("emptyTitle")}
          actions={
            <Link href={paths.requests()} className="link">
              {t("emptyAction")}
            </Link>
          }
        >
          {t("emptyText")}
        </EmptyState>
      ) : (
        <DataTable label={t("table")} columns={columns} rows={held.shown} keyOf={keyOf} hrefOf={hrefOf} />
      )}
    </>
  );
}

function useInboxColumns(): readonly Column<ShownInboxRow>[] {
  const t = useTranslations("uiRequests");
  return useMemo(
    () => [
      { id: "request", header: t("inbox.column.request"), width: "w-[26%]", cell: (row) => row.title, sub: (row) => row.id },
      {
        id: "waits",
        header: t("inbox.column.needs"),
        width: "w-[22%]",
        cell: (row) => <Status glyph={REQUEST_GLYPH[row.state]}>{t(`inbox.waitsFor.${row.waitsFor}`)}</Status>,
        sub: (row) => <RestOfSentence sentence={row.sentence} />,
      },
      {
        id: "purpose",
        header: t("inbox.column.asks"),
        width: "w-[28%]",
        cell: (row) => (
          <span title={row.purpose} className="line-clamp-2 whitespace-normal">
            <UserText>{row.purpose}</UserText>
          </span>
        ),
        narrow: "hidden",
      },
      {
        id: "from",
        header: t("inbox.column.from"),
        width: "w-[14%]",
        cell: (row) => row.requester?.name ?? t("list.system"),
        sub: (row) => row.team,
        narrow: "hidden",
      },
      {
        id: "age",
        header: t("inbox.column.age"),
        width: "w-[10%]",
        align: "right",
        cell: (row) => <Age at={row.submittedAt} form="span" className="text-muted" />,
        narrow: "right",
      },
    ],
    [t],
  );
}
