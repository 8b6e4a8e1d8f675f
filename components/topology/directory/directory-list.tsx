"use client";
import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { paths } from "../../../lib/paths.ts";
import { LiveList } from "../../live/live-list.tsx";
import { queryKeys } from "../../live/query-keys.ts";
import { CommandTwin } from "../../ui/command-twin.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useDirectoryColumns } from "./directory-columns.tsx";
import { directoryCommands, entryCommands } from "./directory-commands.ts";
import type { ShownService } from "./directory-data.ts";
import { type DirectoryListFilter, directoryFilters, PROTOCOLS } from "./directory-list-filter.ts";

const keyOf = (row: ShownService) => row.key;
const hrefOf = (row: ShownService) => paths.directoryEntry(row.namespace, row.name);

/** Every service that the reader may call or ask about. */
export function DirectoryList({ filter, origin }: { readonly filter: DirectoryListFilter; readonly origin: string }) {
  const t = useTranslations("uiDirectory.list");
  const protocolWord = useTranslations("uiDirectory.protocol");
  const input = directoryFilters.toInput(filter);
  const columns = useDirectoryColumns();
  const commandTitle = (selected: number) => t(selected > 0 ? "selectedCommands" : "commandTitle");
  return (
    <LiveList
      query={queryKeys.directory(input)}
      path={paths.directory()}
      filters={directoryFilters}
      filter={filter}
      columns={columns}
      keyOf={keyOf}
      hrefOf={hrefOf}
      words={{
        table: t("table"),
        search: t("search"),
        searchHint: t("searchHint"),
        errorTitle: t("errorTitle"),
        noMatchView: t("noMatchView"),
        clearFilters: t("clearFilters"),
        view: (view) => t(`view.${view}`),
        sort: (sort) => t(`sort.${sort}`),
        commands: commandTitle,
      }}
      picks={(data) => [
        {
          name: "network",
          label: t("column.networks"),
          any: t("any"),
          options: (data?.networks ?? []).map((network) => ({ value: network, label: network })),
        },
        {
          name: "protocol",
          label: t("column.protocol"),
          any: t("any"),
          options: PROTOCOLS.map((protocol) => ({ value: protocol, label: protocolWord(protocol) })),
        },
      ]}
      commands={(selected) => (
        <CommandTwin
          label={commandTitle(selected.length)}
          lines={selected.length > 0 ? selected.flatMap((row) => entryCommands(origin, row)) : directoryCommands(origin, input)}
        />
      )}
      empty={
        <EmptyState icon={BookOpen} title={t("emptyTitle")}>
          {t("emptyText")}
        </EmptyState>
      }
    />
  );
}
