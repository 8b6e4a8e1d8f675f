"use client";
import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useRef } from "react";
import { QuietLink as Link } from "./quiet-link.tsx";
import { useShortcuts } from "./shortcuts.tsx";

export type Column<Row> = {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** The second, smaller line. */
  readonly sub?: (row: Row) => ReactNode;
  readonly align?: "right";
  /** A Tailwind width for wide screens, such as `w-[36%]`. */
  readonly width?: string;
  /** Name of the order that pressing the header asks for. */
  readonly sort?: string;
  /** Where the cell goes on a phone: left (default), right of the row, or nowhere. */
  readonly narrow?: "left" | "right" | "hidden";
};

type Sorting = { readonly by: string; readonly direction: "ascending" | "descending"; readonly onSort: (by: string) => void };
type Selection = { readonly keys: ReadonlySet<string>; readonly onToggle: (key: string) => void };

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The page of a row; its first column becomes the link. */
  readonly hrefOf: (row: Row) => string | null;
  readonly sorting?: Sorting;
  readonly selection?: Selection;
  readonly isFaded?: (row: Row) => boolean;
};

/** Two-line rows: J K move, X selects, Enter opens. The focus stays on the object, not on the row's number. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, keyOf, sorting } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body, props);
  return (
    <table data-wide="" aria-label={label} className="w-full table-fixed border-collapse text-table max-md:block">
      <thead className="max-md:sr-only">
        <tr>
          {columns.map((column) => (
            <Header key={column.id} column={column} sorting={sorting} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} className="max-md:block">
        {rows.map((row) => (
          <BodyRow key={keyOf(row)} row={row} table={props} />
        ))}
      </tbody>
    </table>
  );
}

function Header<Row>({ column, sorting }: { readonly column: Column<Row>; readonly sorting: Sorting | undefined }) {
  const { sort } = column;
  const sorted = sorting !== undefined && sort !== undefined && sorting.by === sort;
  return (
    <th
      scope="col"
      aria-sort={sorted ? sorting.direction : undefined}
      className={clsx(
        "border-line border-b py-[7px] pr-3 text-left align-bottom font-normal text-caption text-muted first:pl-2.5 last:pr-2.5",
        column.align === "right" && "text-right",
        column.width,
      )}
    >
      {sorting === undefined || sort === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          onClick={() => sorting.onSort(sort)}
          className={clsx("inline-flex items-center gap-1 hover:text-text", sorted && "font-medium text-text")}
        >
          {column.header}
          {sorted &&
            (sorting.direction === "ascending" ? <ArrowUp size={12} aria-hidden="true" /> : <ArrowDown size={12} aria-hidden="true" />)}
        </button>
      )}
    </th>
  );
}

function BodyRow<Row>({ row, table }: { readonly row: Row; readonly table: Props<Row> }) {
  const key = table.keyOf(row);
  const href = table.hrefOf(row);
  const selected = table.selection?.keys.has(key) ?? false;
  return (
    <tr
      aria-selected={table.selection === undefined ? undefined : selected}
      className={clsx(
        "border-line-soft border-b transition-colors duration-(--tr-fast) focus-within:bg-hover hover:bg-hover max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:py-2.5",
        selected && "bg-selected shadow-[inset_2px_0_0_var(--tr-accent)]",
        table.isFaded?.(row) === true && "opacity-60",
      )}
    >
      {table.columns.map((column, at) => (
        <td
          key={column.id}
          className={clsx(
            "overflow-hidden py-[7px] pr-3 align-top first:pl-2.5 last:pr-2.5 max-md:block max-md:p-0!",
            column.align === "right" && "text-right tabular-nums",
            column.narrow === "hidden" && "max-md:hidden!",
            column.narrow === "right" ? "max-md:col-start-2 max-md:text-right" : "max-md:col-start-1",
          )}
        >
          {at === 0 ? (
            <RowLink rowKey={key} href={href} content={column.cell(row)} />
          ) : (
            <div className="md:truncate">{column.cell(row)}</div>
          )}
          {column.sub !== undefined && (
            <small className="block truncate text-caption text-muted max-md:whitespace-normal">{column.sub(row)}</small>
          )}
        </td>
      ))}
    </tr>
  );
}

function RowLink({ rowKey, href, content }: { readonly rowKey: string; readonly href: string | null; readonly content: ReactNode }) {
  const className = "block truncate rounded-sm font-medium -outline-offset-1 hover:underline";
  if (href === null) {
    return (
      <span data-row={rowKey} tabIndex={-1} className={className}>
        {content}
      </span>
    );
  }
  return (
    <Link data-row={rowKey} href={href} className={className}>
      {content}
    </Link>
  );
}

function useRowKeys<Row>(body: React.RefObject<HTMLTableSectionElement | null>, { rows, keyOf, hrefOf, selection }: Props<Row>): void {
  const t = useTranslations("uiKit.table");
  const router = useRouter();
  const shortcuts = useMemo(() => {
    const anchors = () => [...(body.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const current = () => document.activeElement?.closest("tr")?.querySelector<HTMLElement>("[data-row]")?.dataset["row"];
    const move = (by: 1 | -1) => {
      const all = anchors();
      const at = all.findIndex(({ dataset }) => dataset["row"] === current());
      const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
    };
    const select = () => {
      const key = current();
      if (key !== undefined && key !== "") selection?.onToggle(key);
    };
    const open = () => {
      const row = rows.find((one) => keyOf(one) === current());
      const href = row === undefined ? null : hrefOf(row);
      if (href !== null) router.push(href);
    };
    return [
      { keys: "j", label: t("down"), run: () => move(1) },
      { keys: "k", label: t("up"), run: () => move(-1) },
      ...(selection === undefined ? [] : [{ keys: "x", label: t("select"), run: select }]),
      { keys: "o", label: t("open"), run: open },
    ];
  }, [body, rows, keyOf, hrefOf, selection, router, t]);
  useShortcuts(shortcuts);
}
