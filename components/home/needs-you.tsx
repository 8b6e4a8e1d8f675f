"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { InboxRowView } from "../../lib/domain/requests/request-view.ts";
import { paths } from "../../lib/paths.ts";
import type { Items } from "../live/query-keys.ts";
import { Age } from "../ui/age.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Dot } from "../ui/page-head.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { Row, Rows } from "../ui/rows.tsx";
import { Section } from "../ui/section.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";

const GLYPH: Readonly<Record<InboxRowView["waitsFor"], Glyph>> = { decision: "waiting", edit: "waiting", retry: "failed" };

/** Requests that wait for the reader: to decide, to change, or to try again. */
export function NeedsYou({ inbox }: { readonly inbox: UseQueryResult<Items<InboxRowView>> }) {
  const t = useTranslations("uiHome.needs");
  const { data, isError, refetch } = inbox;
  return (
    <Section title={t("title")} note={data === undefined ? undefined : data.items.length}>
      {data === undefined && !isError && <SkeletonRows rows={2} columns={2} />}
      {data === undefined && isError && <ErrorState title={t("unreadable")} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="py-3 text-muted text-table">{t("emptyText")}</p>}
      {data !== undefined && data.items.length > 0 && (
        <Rows label={t("title")}>
          {data.items.map(({ id, title, sentence, team, submittedAt, waitsFor }) => (
            <Row key={id} top>
              <StatusGlyph glyph={GLYPH[waitsFor]} className="mt-[3px]" />
              <div className="min-w-0 flex-1">
                <Link href={paths.request(id)} className="font-medium hover:underline">
                  {title}
                </Link>
                <small className="block text-caption text-muted">
                  {id}
                  {team !== null && (
                    <>
                      <Dot />
                      {team}
                    </>
                  )}
                  <Dot />
                  <Age at={submittedAt} />
                  <Dot />
                  {sentence}
                </small>
              </div>
              <ButtonLink href={paths.request(id)} size="small">
                {t(`act.${waitsFor}`)}
              </ButtonLink>
            </Row>
          ))}
        </Rows>
      )}
    </Section>
  );
}
