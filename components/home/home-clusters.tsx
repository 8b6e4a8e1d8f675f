"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { Box } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ClusterRowView } from "../../lib/domain/clusters/cluster-view.ts";
import { paths } from "../../lib/paths.ts";
import type { Items } from "../live/query-keys.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { Changed } from "../ui/changed.tsx";
import { HomeThings } from "./home-things.tsx";

type Props = { readonly clusters: UseQueryResult<Items<ClusterRowView>>; readonly maySubmit: boolean };

/** The most urgent clusters the reader may see. */
export function HomeClusters({ clusters, maySubmit }: Props) {
  const t = useTranslations("uiHome.clusters");
  const { data, isError, refetch } = clusters;
  return (
    <HomeThings
      title={t("title")}
      all={{ href: paths.clusters(), label: t("all") }}
      items={data?.items}
      isError={isError}
      unreadable={t("unreadable")}
      onRetry={() => void refetch()}
      empty={{
        icon: Box,
        title: t("emptyTitle"),
        text: t("emptyText"),
        actions: maySubmit && <ButtonLink href={paths.newCluster()}>{t("emptyAction")}</ButtonLink>,
      }}
      hrefOf={({ namespace, name }) => paths.cluster(namespace, name)}
      countOf={({ nodes }) => nodes !== null && <Changed value={t("nodes", nodes)} />}
    />
  );
}
