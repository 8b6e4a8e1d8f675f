"use client";
import { useTranslations } from "next-intl";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { Localized } from "../../lib/domain/message.ts";
import type { PreflightCheck } from "../../lib/domain/requests/preflight.ts";
import { Age } from "./age.tsx";
import { Row, Rows } from "./rows.tsx";
import { StatusGlyph } from "./status-glyph.tsx";

export type ShownCheck = Localized<PreflightCheck>;

export const CHECK_GLYPH: Readonly<Record<ShownCheck["result"], Glyph>> = {
  ok: "ok",
  warning: "attention",
  blocked: "failed",
  unknown: "unknown",
};
const URGENCY: Readonly<Record<ShownCheck["result"], number>> = { blocked: 0, warning: 1, unknown: 2, ok: 3 };

/** What was looked at before anything is written: green, or exactly what is wrong and who must act. The worst first. */
export function PreflightList({ checks }: { readonly checks: readonly ShownCheck[] }) {
  const t = useTranslations("uiPlan.preflight");
  const sorted = checks.toSorted((one, other) => URGENCY[one.result] - URGENCY[other.result]);
  return (
    <>
      <div className="flex items-baseline gap-2 text-caption">
        <b>{t("title")}</b>
        <span className="text-muted">
          {t("count", { ok: checks.filter(({ result }) => result === "ok").length, total: checks.length })}
        </span>
      </div>
      <Rows label={t("title")}>
        {sorted.map((check) => (
          <Row key={`${check.code} ${check.path ?? ""} ${check.sentence}`} top dense>
            <StatusGlyph glyph={CHECK_GLYPH[check.result]} className="mt-[3px]" />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <span className="sr-only">{t(`result.${check.result}`)} </span>
              {check.label}
              <small className="block text-caption text-muted">
                {check.sentence} {check.result !== "ok" && <b>{t(`actor.${check.actor}`)}</b>}
              </small>
              {check.result !== "ok" && check.evidence !== null && (
                <code lang="en" className="block text-caption text-faint">
                  {check.evidence}
                </code>
              )}
            </span>
            {check.at !== null && (
              <span className="text-caption text-faint">
                <Age at={check.at} form="span" />
              </span>
            )}
          </Row>
        ))}
      </Rows>
    </>
  );
}
