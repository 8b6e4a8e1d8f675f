"use client";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { FreezeBar } from "../ui/freeze-bar.tsx";
import type { ListFilter, ListFilters } from "../ui/list-filter.ts";
import { ListFoot } from "../ui/list-foot.tsx";
import { type ListPick, ListTools } from "../ui/list-tools.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { useHeldRows } from "../ui/use-held-rows.ts";
import { useListNavigation } from "../ui/use-list-navigation.ts";
import { useSelection } from "../ui/use-selection.ts";
import type { LiveQuery } from "./live-query.ts";
import { useLiveQuery } from "./use-live-query.ts";
import { WatchAges } from "./watch-ages.tsx";

type Page<Row> = {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
  readonly counts: Readonly<Record<string, number>>;
};

type Props<Row, Data extends Page<Row>, View extends string, Sort extends string> = {
  readonly query: LiveQuery<Data>;
  readonly path: string;
  readonly filters: ListFilters<View, Sort>;
  readonly filter: ListFilter<View, Sort>;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly hrefOf: (row: Row) => string;
  readonly words: {
    readonly table: string;
    readonly search: string;
    readonly searchHint: string;
    readonly errorTitle: string;
    readonly noMatchView: string;
    readonly clearFilters: string;
    readonly view: (view: View) => string;
    readonly sort: (sort: Sort) => string;
    readonly commands: (selected: number) => string;
  };
  /** Boxes to choose further filters in, by the names that `filters` knows. */
  readonly picks?: (data: Data | undefined) => readonly ListPick[];
  /** The command twin of the list, or of what is selected in it. */
  readonly commands: (selected: readonly Row[]) => ReactNode;
  /** What stands there while there is nothing at all. */
  readonly empty: ReactNode;
};

/** A live list with its four faces: content lives, order and membership hold still until the reader takes them. */
export function LiveList<Row, Data extends Page<Row>, View extends string, Sort extends string>(props: Props<Row, Data, View, Sort>) {
  const { path, filters, filter, columns, keyOf, hrefOf, words } = props;
  const query = useLiveQuery(props.query);
  const held = useHeldRows({ rows: query.data?.items ?? [], keyOf, listId: JSON.stringify(props.query.key) });
  const go = useListNavigation(path, filters, filter);
  const selection = useSelection();
  const selected = held.shown.filter((row) => selection.keys.has(keyOf(row)));
  const href = (cursor: string) => `${path}${filters.toSearch({ ...filter, cursor })}`;
  const [defaultSort] = filters.sorts;
  const sorting = {
    by: filter.sort,
    direction: filter.sort === defaultSort ? "descending" : "ascending",
    onSort: (by: string) => go({ sort: filters.sorts.find((name) => name === by) ?? defaultSort, cursor: "" }),
  } as const;
  return (
    <>
      <ListTools
        filters={filters}
        filter={filter}
        go={go}
        counts={query.data?.counts}
        viewWord={words.view}
        sortWord={words.sort}
        picks={props.picks?.(query.data)}
        search={{ label: words.search, hint: words.searchHint }}
        selected={selected.length}
        commandTitle={words.commands(selected.length)}
        commands={() => props.commands(selected)}
      />
      <FreezeBar added={held.added} removed={held.removed} moved={held.moved} onTake={held.take} />
      {query.isPending ? (
        <SkeletonRows rows={8} columns={5} />
      ) : query.data === undefined ? (
        <ErrorState title={words.errorTitle} onRetry={() => void query.refetch()}>
          {query.error?.message}
        </ErrorState>
      ) : held.shown.length === 0 ? (
        filters.toSearch({ ...filter, sort: defaultSort }) === "" ? (
          props.empty
        ) : (
          <NoMatch q={filter.q} path={path} words={words} />
        )
      ) : (
        <>
          <DataTable
            label={words.table}
            columns={columns}
            rows={held.shown}
            keyOf={keyOf}
            hrefOf={hrefOf}
            sorting={sorting}
            selection={selection}
          />
          <ListFoot
            shown={held.shown.length}
            total={filters.totalOf(filter.view, query.data.counts)}
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

type NoMatchProps = {
  readonly q: string;
  readonly path: string;
  readonly words: { readonly noMatchView: string; readonly clearFilters: string };
};

function NoMatch({ q, path, words }: NoMatchProps) {
  const t = useTranslations("uiList");
  return (
    <EmptyState
      icon={Search}
      title={q === "" ? words.noMatchView : t("noMatchTitle", { q })}
      actions={
        <Link href={path} className="link">
          {words.clearFilters}
        </Link>
      }
    >
      {t("noMatchText")}
    </EmptyState>
  );
}
