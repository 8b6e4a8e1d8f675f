"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { Route as RouteIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RouteRowView } from "../../lib/domain/routes/route-view.ts";
import { paths } from "../../lib/paths.ts";
import type { CountedItems } from "../live/query-keys.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { Changed } from "../ui/changed.tsx";
import { HomeThings } from "./home-things.tsx";

type Props = { readonly routes: UseQueryResult<CountedItems<RouteRowView>>; readonly maySubmit: boolean };

/** The routes that need somebody first, then the others that the reader may see, as many as there is room for. */
export function HomeRoutes({ routes, maySubmit }: Props) {
  const t = useTranslations("uiHome.routes");
  const { data, isError, refetch } = routes;
  return (
    <HomeThings
      title={t("title")}
      note={data === undefined || data.total === 0 ? undefined : t("counts", { total: data.total, healthy: data.counts["ok"] ?? 0 })}
      all={{ href: paths.routes(), label: t("all") }}
      items={data?.items}
      isError={isError}
      unreadable={t("unreadable")}
      onRetry={() => void refetch()}
      empty={{
        icon: RouteIcon,
        title: t("emptyTitle"),
        text: t("emptyText"),
        actions: maySubmit && <ButtonLink href={paths.newRoute()}>{t("emptyAction")}</ButtonLink>,
      }}
      hrefOf={({ namespace, name }) => paths.route(namespace, name)}
      countOf={({ targets }) => targets !== null && <Changed value={t("targets", targets)} />}
    />
  );
}
