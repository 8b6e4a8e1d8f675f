"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { FileClock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RequestState } from "../../lib/domain/requests/request.ts";
import type { RequestRowView } from "../../lib/domain/requests/request-view.ts";
import { paths } from "../../lib/paths.ts";
import type { Items } from "../live/query-keys.ts";
import { Age } from "../ui/age.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { REQUEST_GLYPH } from "../ui/request-glyph.ts";
import { Row, Rows } from "../ui/rows.tsx";
import { Section } from "../ui/section.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { splitSentence, stateWord } from "../ui/split-sentence.ts";
import { Status } from "../ui/status.tsx";

const UNDER_WAY: readonly RequestState[] = ["waiting", "sent-back", "approved", "delivering", "failed"];
const MOST_RECENT = 5;

/** Requests under way first; what ended lately below. */
export function HomeRequests({ requests }: { readonly requests: UseQueryResult<Items<RequestRowView>> }) {
  const t = useTranslations("uiHome.requests");
  const { data, isError, refetch } = requests;
  const underWay = data?.items.filter(({ state }) => UNDER_WAY.includes(state)) ?? [];
  const ended = data?.items.filter(({ state }) => !UNDER_WAY.includes(state)).slice(0, MOST_RECENT) ?? [];
  const all = (
    <Link href={paths.requests()} className="link">
      {t("all")}
    </Link>
  );
  return (
    <>
      <Section title={t("title")} note={data === undefined ? undefined : underWay.length} aside={all}>
        {data === undefined && !isError && <SkeletonRows rows={3} columns={3} />}
        {data === undefined && isError && <ErrorState title={t("unreadable")} onRetry={() => void refetch()} />}
        {data !== undefined && underWay.length === 0 && (
          <EmptyState icon={FileClock} title={t("emptyTitle")}>
            {t("emptyText")}
          </EmptyState>
        )}
        {underWay.length > 0 && <RequestRows rows={underWay} label={t("title")} />}
      </Section>
      {ended.length > 0 && (
        <Section title={t("recent")}>
          <RequestRows rows={ended} label={t("recent")} />
        </Section>
      )}
    </>
  );
}

function RequestRows({ rows, label }: { readonly rows: Items<RequestRowView>["items"]; readonly label: string }) {
  return (
    <Rows label={label}>
      {rows.map(({ id, title, sentence, state, team, requester, updatedAt }) => {
        return (
          <Row key={id} top>
            <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-4 max-md:grid-cols-1">
              <div className="min-w-0">
                <Link href={paths.request(id)} className="font-medium hover:underline">
                  {title}
                </Link>
                <small className="block text-caption text-muted">
                  {[id, team, requester?.name].filter((part) => part !== null && part !== undefined).join(" · ")}
                </small>
              </div>
              <div className="min-w-0">
                <Status glyph={REQUEST_GLYPH[state]}>{stateWord(sentence)}</Status>
                <small className="block text-caption text-muted">{splitSentence(sentence).rest}</small>
              </div>
            </div>
            <Age at={updatedAt} className="w-24 flex-none text-right text-caption text-muted" />
          </Row>
        );
      })}
    </Rows>
  );
}
