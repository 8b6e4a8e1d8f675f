"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { Box } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ClusterRowView } from "../../lib/domain/clusters/cluster-view.ts";
import { paths } from "../../lib/paths.ts";
import type { Items } from "../live/query-keys.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { Changed } from "../ui/changed.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { Row, Rows } from "../ui/rows.tsx";
import { Section } from "../ui/section.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { splitSentence, stateWord } from "../ui/split-sentence.ts";
import { Status } from "../ui/status.tsx";

type Props = { readonly clusters: UseQueryResult<Items<ClusterRowView>>; readonly maySubmit: boolean };

/** The most urgent clusters the reader may see. */
export function HomeClusters({ clusters, maySubmit }: Props) {
  const t = useTranslations("uiHome.clusters");
  const { data, isError, refetch } = clusters;
  return (
    <Section
      title={t("title")}
      aside={
        <Link href={paths.clusters()} className="link">
          {t("all")}
        </Link>
      }
    >
      {data === undefined && !isError && <SkeletonRows rows={4} columns={3} />}
      {data === undefined && isError && <ErrorState title={t("unreadable")} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <EmptyState
          icon={Box}
          title={t("emptyTitle")}
          actions={maySubmit && <ButtonLink href={paths.newCluster()}>{t("emptyAction")}</ButtonLink>}
        >
          {t("emptyText")}
        </EmptyState>
      )}
      {data !== undefined && data.items.length > 0 && (
        <Rows label={t("title")}>
          {data.items.map(({ key, namespace, name, team, glyph, sentence, nodes }) => {
            const { rest } = splitSentence(sentence);
            return (
              <Row key={key} top dense>
                <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,11rem)_minmax(0,1fr)] gap-x-4 max-md:grid-cols-1">
                  <div className="min-w-0">
                    <Link href={paths.cluster(namespace, name)} className="block truncate font-medium hover:underline">
                      {name}
                    </Link>
                    <small className="block truncate text-caption text-muted">{team ?? namespace}</small>
                  </div>
                  <div className="min-w-0">
                    <Status glyph={glyph}>{stateWord(sentence)}</Status>
                    <small title={rest} className="block text-caption text-muted md:truncate">
                      {rest}
                    </small>
                  </div>
                </div>
                <span className="whitespace-nowrap text-muted tabular-nums">{nodes !== null && <Changed value={t("nodes", nodes)} />}</span>
              </Row>
            );
          })}
        </Rows>
      )}
    </Section>
  );
}
