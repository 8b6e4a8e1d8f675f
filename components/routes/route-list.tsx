"use client";
import { Plus, Route as RouteIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { LiveList } from "../live/live-list.tsx";
import { queryKeys } from "../live/query-keys.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { useRouteColumns } from "./route-columns.tsx";
import type { ShownRouteRow } from "./route-data.ts";
import { type RouteListFilter, routeFilters } from "./route-list-filter.ts";

const RouteListCommands = dynamic(() => import("./route-list-commands.tsx").then((module) => module.RouteListCommands), {
  ssr: false,
});

const keyOf = (row: ShownRouteRow) => row.key;
const hrefOf = (row: ShownRouteRow) => paths.route(row.namespace, row.name);

type Props = { readonly filter: RouteListFilter; readonly maySubmit: boolean; readonly origin: string };

/** The routes and open requests that one may see. */
export function RouteList({ filter, maySubmit, origin }: Props) {
  const t = useTranslations("uiRoutes.list");
  const input = routeFilters.toInput(filter);
  const columns = useRouteColumns();
  return (
    <LiveList
      query={queryKeys.routes(input)}
      path={paths.routes()}
      filters={routeFilters}
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
        commands: (selected) => t(selected > 0 ? "selectedCommands" : "commandTitle"),
      }}
      commands={(selected) => <RouteListCommands origin={origin} query={input} selected={selected} />}
      empty={
        <EmptyState
          icon={RouteIcon}
          title={t("emptyTitle")}
          actions={
            maySubmit && (
              <ButtonLink href={paths.newRoute()} variant="default" size="small" icon={<Plus size={14} aria-hidden="true" />}>
                {t("new")}
              </ButtonLink>
            )
          }
        >
          {t("emptyText")}
        </EmptyState>
      }
    />
  );
}
