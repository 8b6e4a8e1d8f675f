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
import type { ShownRouteRow } from "./route-data.ts";
import { RouteWord } from "./route-word.tsx";

/** Two-line rows: name over team, state over sentence, network over protocol, name to call over visibility. */
export function useRouteColumns(): readonly Column<ShownRouteRow>[] {
  const t = useTranslations("uiRoutes");
  const shared = useTranslations("uiList");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("list.column.name"),
        width: "w-[16%]",
        sort: "name",
        cell: (row) => row.name,
        sub: (row) => (row.managed ? row.team : shared("notManaged")),
      },
      {
        id: "status",
        header: t("list.column.status"),
        width: "w-[34%]",
        sort: "urgency",
        cell: (row) => <RouteWord state={row.state} stuck={row.stuck} glyph={row.glyph} />,
        sub: (row) => <RestOfSentence sentence={row.sentence} />,
      },
      {
        id: "network",
        header: t("list.column.network"),
        width: "w-[11%]",
        sort: "network",
        cell: (row) => row.network,
        sub: (row) => t(`protocol.${row.protocol}`),
        narrow: "hidden",
      },
      {
        id: "domain",
        header: t("list.column.domain"),
        width: "w-[17%]",
        cell: (row) =>
          row.domainName === null ? (
            <span className="text-faint">{t("list.noDomain")}</span>
          ) : (
            <code title={row.domainName} className="text-caption">
              {row.domainName}
            </code>
          ),
        sub: (row) => t(`visibility.${row.visibility}`),
        narrow: "hidden",
      },
      {
        id: "targets",
        header: t("list.column.targets"),
        width: "w-[7%]",
        align: "right",
        cell: (row) =>
          row.targets === null ? (
            <span className="text-faint">{t("list.noTargets")}</span>
          ) : (
            <Changed value={t("list.targets", row.targets)} />
          ),
        narrow: "right",
      },
      {
        id: "since",
        header: t("list.column.since"),
        width: "w-[6%]",
        align: "right",
        sort: "since",
        cell: (row) => row.since !== null && <Age at={row.since} form="span" className="text-muted" />,
        narrow: "hidden",
      },
      {
        id: "open",
        header: t("list.column.open"),
        width: "w-[9%]",
        cell: (row) =>
          row.openRequest === null ? null : (
            <Link href={paths.request(row.openRequest)} className="link">
              {row.openRequest}
            </Link>
          ),
        sub: (row) => row.findings > 0 && <Tag>{shared("findings", { count: row.findings })}</Tag>,
        narrow: "hidden",
      },
    ],
    [t, shared],
  );
}
