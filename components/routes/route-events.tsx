"use client";
import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Section } from "../ui/section.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import type { ShownRoute } from "./route-data.ts";
import { clusterName } from "./route-words.ts";

const FIRST = 6;

/** What the controllers said, kept longer than Kubernetes does, with what it means. Events explain; they decide nothing. */
export function RouteEvents({ events }: Pick<ShownRoute, "events">) {
  const t = useTranslations("uiRoutes.events");
  const [all, setAll] = useState(false);
  const sorted = events.toSorted((one, other) => other.lastAt.localeCompare(one.lastAt));
  const shown = all ? sorted : sorted.slice(0, FIRST);
  return (
    <Section title={t("title")} note={t("hint")}>
      {sorted.length === 0 ? (
        <EmptyState icon={ScrollText} title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <ul aria-label={t("title")} className="text-table">
          {shown.map((event) => (
            <li
              key={`${event.cluster} ${event.object} ${event.reason} ${event.message} ${event.firstAt}`}
              className="grid grid-cols-[52px_minmax(0,1fr)] gap-x-2.5 border-line-soft border-b py-1.5 last:border-b-0"
            >
              <span className="text-caption text-faint">
                <ClockTime at={event.lastAt} />
              </span>
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <p>
                  {event.type === "Warning" && (
                    <>
                      <StatusGlyph glyph="attention" size={12} className="mr-1 inline" />
                      <span className="sr-only">{t("warning")} </span>
                    </>
                  )}
                  <b className="font-medium">{event.reason}</b> <span lang="en">{event.message}</span>
                </p>
                {event.meaning !== null && <p className="text-muted">{event.meaning}</p>}
                <small className="block text-caption text-faint">
                  {t("from", { object: event.object, cluster: clusterName(event.cluster) })}
                  {event.count > 1 && ` · ${t("times", { count: event.count })}`}
                </small>
              </div>
            </li>
          ))}
        </ul>
      )}
      {sorted.length > FIRST && (
        <div className="pt-2">
          <Button size="small" variant="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t("fewer") : t("all", { count: sorted.length })}
          </Button>
        </div>
      )}
    </Section>
  );
}
