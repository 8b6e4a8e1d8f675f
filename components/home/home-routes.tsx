"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { Route as RouteIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RouteRowView } from "../../lib/domain/routes/route-view.ts";
import { paths } from "../../lib/paths.ts";
import type { CountedItems } from "../live/query-keys.ts";
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

type Props = { readonly routes: UseQueryResult<CountedItems<RouteRowView>>; readonly maySubmit: boolean };

/** The routes that need somebody first, then the others that the reader may see, as many as there is room for. */
export function HomeRoutes({ routes, maySubmit }: Props) {
  const t = useTranslations("uiHome.routes");
  const { data, isError, refetch } = routes;
  return (
    <Section
      title={t("title")}
      note={data === undefined || data.total === 0 ? undefined : t("counts", { total: data.total, healthy: data.counts["ok"] ?? 0 })}
      aside={
        <Link href={paths.routes()} className="link">
          {t("all")}
        </Link>
      }
    >
      {data === undefined && !isError && <SkeletonRows rows={4} columns={3} />}
      {data === undefined && isError && <ErrorState title={t("unreadable")} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <EmptyState
          icon={RouteIcon}
          title={t("emptyTitle")}
          actions={maySubmit && <ButtonLink href={paths.newRoute()}>{t("emptyAction")}</ButtonLink>}
        >
          {t("emptyText")}
        </EmptyState>
      )}
      {data !== undefined && data.items.length > 0 && (
        <Rows label={t("title")}>
          {data.items.map(({ key, namespace, name, team, glyph, sentence, targets }) => {
            const { rest } = splitSentence(sentence);
            return (
              <Row key={key} top dense>
                <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,11rem)_minmax(0,1fr)] gap-x-4 max-md:grid-cols-1">
                  <div className="min-w-0">
                    <Link href={paths.route(namespace, name)} className="block truncate font-medium hover:underline">
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
                <span className="whitespace-nowrap text-muted tabular-nums">
                  {targets !== null && <Changed value={t("targets", targets)} />}
                </span>
              </Row>
            );
          })}
        </Rows>
      )}
    </Section>
  );
}
