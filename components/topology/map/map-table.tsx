"use client";
import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Age } from "../../ui/age.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Status } from "../../ui/status.tsx";
import { StatusGlyph } from "../../ui/status-glyph.tsx";
import { useJoined } from "../../ui/use-joined.ts";
import { byUrgency } from "./map-steps.ts";
import type { ShownNode, ShownTopology } from "./map-view.ts";
import { listsOf, placeOf } from "./node-lists.ts";
import { factValue } from "./node-words.ts";

type Sort = "urgency" | "name" | "kind" | "age";
type Props = { readonly view: ShownTopology; readonly hrefOf: (node: ShownNode) => string };

const ORDERS: Readonly<Record<Sort, (one: ShownNode, other: ShownNode) => number>> = {
  urgency: byUrgency,
  name: (one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : byUrgency(one, other)),
  kind: (one, other) => (one.kind === other.kind ? byUrgency(one, other) : one.kind < other.kind ? -1 : 1),
  age: (one, other) => ((one.at ?? "") === (other.at ?? "") ? byUrgency(one, other) : (one.at ?? "") < (other.at ?? "") ? -1 : 1),
};

/** The whole map in words: the same things, facts and links, most urgent first. */
export function MapTable({ view, hrefOf }: Props) {
  const t = useTranslations("uiMap");
  const joined = useJoined();
  const tt = useTranslations("topology");
  const [sort, setSort] = useState<Sort>("urgency");
  const rows = useMemo(() => [...view.nodes].sort(ORDERS[sort]), [view, sort]);
  const columns: readonly Column<ShownNode>[] = [
    {
      id: "name",
      header: t("column.name"),
      width: "w-[20%]",
      sort: "name",
      cell: ({ name }) => name,
      sub: ({ kind, note }) => joined([t(`kind.${kind}`), note]),
    },
    {
      id: "status",
      header: t("column.status"),
      width: "w-[24%]",
      sort: "urgency",
      cell: ({ glyph }) => <Status glyph={glyph}>{t(`glyph.${glyph}`)}</Status>,
      sub: ({ sentence, findings }) => <span title={[sentence, ...findings].join(" ")}>{[sentence, ...findings].join(" ")}</span>,
    },
    {
      id: "place",
      header: t("column.place"),
      width: "w-[16%]",
      narrow: "hidden",
      cell: ({ id, account }) =>
        placeOf(view, id)
          .map(({ name }) => name)
          .join(" › ") ||
        account ||
        t("placeUnknown"),
      sub: ({ team }) => team ?? "",
    },
    {
      id: "links",
      header: t("column.links"),
      width: "w-[24%]",
      cell: (node) => <Links view={view} node={node} />,
      sub: ({ facts, folded }) =>
        joined([
          ...facts.map((fact) => `${tt(`fact.${fact.key}`)} ${factValue(fact, (kind) => tt(`targetKind.${kind}`))}`),
          folded === null ? null : t("foldedHere", { count: folded.count }),
        ]),
    },
    {
      id: "age",
      header: t("column.age"),
      width: "w-[16%]",
      align: "right",
      sort: "age",
      narrow: "right",
      cell: ({ at }) => (at === null ? t("never") : <Age at={at} />),
    },
  ];
  if (rows.length === 0)
    return (
      <EmptyState icon={SearchX} title={t("noMatchTitle")}>
        {t("noMatch")}
      </EmptyState>
    );
  return (
    <DataTable
      label={t("table")}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      hrefOf={hrefOf}
      sorting={{
        by: sort,
        direction: sort === "urgency" ? "descending" : "ascending",
        onSort: (by) => setSort(isSort(by) ? by : "urgency"),
      }}
    />
  );
}

function isSort(name: string): name is Sort {
  return Object.hasOwn(ORDERS, name);
}

const MOST = 4;

function Links({ view, node }: { readonly view: ShownTopology; readonly node: ShownNode }) {
  const t = useTranslations("uiMap");
  const joined = useJoined();
  const lists = listsOf(view, node.id);
  if (lists.length === 0) return <span className="text-faint">{t("noLinks")}</span>;
  const full = lists.map(({ name, rows }) => `${t(`list.${name}`)}: ${joined(rows.map((row) => row.node.name))}`).join(". ");
  return (
    <span title={full}>
      {lists.map(({ name, rows }) => (
        <span key={name} className="block md:truncate">
          <span className="text-muted">{t(`list.${name}`)}:</span>{" "}
          {rows.slice(0, MOST).map((row, at) => (
            <span key={row.node.id}>
              {at > 0 && ", "}
              {row.glyph !== "ok" && (
                <>
                  <StatusGlyph glyph={row.glyph} size={12} className="mr-0.5 inline align-[-1px]" />
                  <span className="sr-only">{t(`glyph.${row.glyph}`)} </span>
                </>
              )}
              {row.node.name}
              {row.weight !== null && ` ${Math.round(row.weight)}%`}
            </span>
          ))}
          {rows.length > MOST && ` ${t("more", { count: rows.length - MOST })}`}
        </span>
      ))}
    </span>
  );
}
