"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { paths } from "../../lib/paths.ts";
import { Age } from "../ui/age.tsx";
import { Changed } from "../ui/changed.tsx";
import type { Column } from "../ui/data-table.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { RestOfSentence } from "../ui/rest-of-sentence.tsx";
import { Tag } from "../ui/tag.tsx";
import type { ShownClusterRow } from "./cluster-data.ts";
import { ClusterWord } from "./cluster-word.tsx";

/** Two-line rows: name over team, state over sentence, version over blueprint, account over Region. */
export function useClusterColumns(): readonly Column<ShownClusterRow>[] {
  const t = useTranslations("uiClusters.list");
  const shared = useTranslations("uiList");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("column.name"),
        width: "w-[17%]",
        sort: "name",
        cell: (row) => row.name,
        sub: (row) => (row.managed ? row.team : shared("notManaged")),
      },
      {
        id: "status",
        header: t("column.status"),
        width: "w-[36%]",
        sort: "urgency",
        cell: (row) => <ClusterWord state={row.state} stuck={row.stuck} glyph={row.glyph} />,
        sub: (row) => <RestOfSentence sentence={row.sentence} />,
      },
      {
        id: "version",
        header: t("column.version"),
        width: "w-[12%]",
        sort: "version",
        cell: (row) => <span className="tabular-nums">{row.version}</span>,
        sub: (row) => row.blueprint,
        narrow: "right",
      },
      {
        id: "account",
        header: t("column.account"),
        width: "w-[14%]",
        sort: "account",
        cell: (row) => row.account,
        sub: (row) => row.region,
        narrow: "hidden",
      },
      {
        id: "nodes",
        header: t("column.nodes"),
        width: "w-[7%]",
        align: "right",
        cell: (row) =>
          row.nodes === null ? <span className="text-faint">{t("noneYet")}</span> : <Changed value={t("nodes", row.nodes)} />,
        narrow: "right",
      },
      {
        id: "since",
        header: t("column.since"),
        width: "w-[7%]",
        align: "right",
        sort: "since",
        cell: (row) => row.since !== null && <Age at={row.since} form="span" className="text-muted" />,
        narrow: "hidden",
      },
      {
        id: "open",
        header: t("column.open"),
        width: "w-[9%]",
        cell: (row) => <OpenRequest id={row.openRequest} />,
        sub: (row) => row.findings > 0 && <Tag>{shared("findings", { count: row.findings })}</Tag>,
        narrow: "hidden",
      },
    ],
    [t, shared],
  );
}

function OpenRequest({ id }: { readonly id: string | null }) {
  return id === null ? null : (
    <Link href={paths.request(id)} className="link">
      {id}
    </Link>
  );
}
