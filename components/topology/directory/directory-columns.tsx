"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Age } from "../../ui/age.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { RestOfSentence } from "../../ui/rest-of-sentence.tsx";
import { Status } from "../../ui/status.tsx";
import { useJoined } from "../../ui/use-joined.ts";
import type { ShownService } from "./directory-data.ts";
import { useOwnerWords } from "./use-owner-words.ts";

/** Two-line rows: name over owner, who may call over description, health over sentence, network over the name to call, protocol over what answers. */
export function useDirectoryColumns(): readonly Column<ShownService>[] {
  const t = useTranslations("uiDirectory");
  const joined = useJoined();
  const ownerOf = useOwnerWords();
  return useMemo(
    () => [
      { id: "name", header: t("list.column.name"), width: "w-[16%]", sort: "name", cell: (row) => row.name, sub: ownerOf },
      {
        id: "health",
        header: t("list.column.health"),
        width: "w-[20%]",
        sort: "urgency",
        cell: (row) => <Status glyph={row.glyph}>{row.state}</Status>,
        sub: (row) => <RestOfSentence sentence={row.sentence} />,
      },
      {
        id: "callers",
        header: t("list.column.callers"),
        width: "w-[24%]",
        cell: (row) => <span title={row.mayCall}>{row.mayCall}</span>,
        sub: (row) => row.description !== null && <span title={row.description}>{row.description}</span>,
      },
      {
        id: "networks",
        header: t("list.column.networks"),
        width: "w-[22%]",
        cell: (row) => (row.networks.length === 0 ? <span className="text-faint">{t("list.noNetwork")}</span> : joined(row.networks)),
        sub: (row) =>
          row.domainName === null ? (
            t("list.noDomain")
          ) : (
            <code title={row.domainName} className="text-[11px]">
              {row.domainName}
            </code>
          ),
        narrow: "hidden",
      },
      {
        id: "protocol",
        header: t("list.column.protocol"),
        width: "w-[11%]",
        cell: (row) => t(`protocol.${row.protocol}`),
        sub: (row) => joined(row.targets.map((kind) => t(`target.${kind}`))),
        narrow: "hidden",
      },
      {
        id: "changed",
        header: t("list.column.changed"),
        width: "w-[7%]",
        align: "right",
        sort: "changed",
        cell: (row) => row.changedAt !== null && <Age at={row.changedAt} form="span" className="text-muted" />,
        narrow: "right",
      },
    ],
    [t, ownerOf, joined],
  );
}
