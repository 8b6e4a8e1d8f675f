"use client";
import { useTranslations } from "next-intl";
import { Row, Rows } from "../ui/rows.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import type { ShownRequest } from "./request-data.ts";

/** What has been checked before somebody decides: the dry run, who would feel it, four eyes, notes. */
export function DecisionChecks({ request }: { readonly request: ShownRequest }) {
  const t = useTranslations("uiRequests.decide");
  const bad = request.admitted.filter(({ result }) => result === "refused" || result === "unavailable").length;
  const later = request.admitted.filter(({ result }) => result === "after").length;
  const passed = request.admitted.length - bad - later;
  const looks = request.notes.preflight ?? [];
  const blocked = looks.filter(({ result }) => result === "blocked").length;
  const green = looks.filter(({ result }) => result === "ok").length;
  const notes = request.notes.warnings.length + request.admitted.filter(({ warnings }) => warnings.length > 0).length;
  return (
    <Rows>
      {request.admitted.length > 0 && (
        <Row dense>
          <StatusGlyph glyph={bad > 0 ? "failed" : "ok"} />
          <span>
            {bad > 0
              ? t("checkDryRunBad", { count: bad })
              : later > 0
                ? t("checkDryRunPart", { passed, later })
                : t("checkDryRun", { count: passed })}
          </span>
        </Row>
      )}
      {looks.length > 0 && (
        <Row dense>
          <StatusGlyph glyph={blocked > 0 ? "failed" : green === looks.length ? "ok" : "attention"} />
          <span>{t("checkPreflight", { green, total: looks.length })}</span>
        </Row>
      )}
      {request.notes.impact !== null && (
        <Row top dense>
          <StatusGlyph
            glyph={request.notes.impact.dependents.length + request.notes.impact.hidden > 0 ? "attention" : "ok"}
            className="mt-[3px]"
          />
          <span>{request.notes.impact.sentence}</span>
        </Row>
      )}
      {request.can.approve.allowed && (
        <Row dense>
          <StatusGlyph glyph="ok" />
          <span>{t("checkOwn")}</span>
        </Row>
      )}
      <Row dense>
        <StatusGlyph glyph={notes > 0 ? "attention" : "ok"} />
        <span>{t("checkNotes", { count: notes })}</span>
      </Row>
    </Rows>
  );
}
