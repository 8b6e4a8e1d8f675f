"use client";
import { useTranslations } from "next-intl";
import { sortConditions } from "../ui/object-rows.ts";
import { Section } from "../ui/section.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import type { ShownRoute } from "./route-data.ts";

/** The route object's own conditions. They are no proof: that is said beside them. */
export function RouteConditions({ conditions }: Pick<ShownRoute, "conditions">) {
  const t = useTranslations("uiRoutes.conditions");
  if (conditions.length === 0) return null;
  return (
    <Section title={t("title")} note={t("hint")}>
      <ul aria-label={t("title")} className="text-[12px]/[18px]">
        {sortConditions(conditions).map(({ type, status, glyph, reason, message }, at) => (
          <li
            key={`${type} ${at}`}
            className="grid grid-cols-[14px_minmax(0,9rem)_minmax(0,1fr)] gap-2 border-line-soft border-b py-1.5 last:border-b-0"
          >
            <StatusGlyph glyph={glyph} size={12} className="mt-0.5" />
            <span className="font-mono [overflow-wrap:anywhere]">{type}</span>
            <span lang="en" className="text-muted [overflow-wrap:anywhere]">
              {status} {[reason, message].filter(Boolean).join(": ")}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
