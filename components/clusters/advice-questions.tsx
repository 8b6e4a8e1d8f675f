"use client";
import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { Hint } from "../ui/hint.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { ADVICE_QUESTIONS, type ClusterDraft } from "./cluster-draft.ts";
import type { FormPart } from "./form-options.ts";

/** "Do you need a cluster?": four questions, a recommendation and its reasons. They are kept with the request. */
export function AdviceQuestions({
  draft,
  change,
  errorsOf,
  recommended,
}: FormPart<ClusterDraft> & { readonly recommended: string | null }) {
  const t = useTranslations("uiClusters.new");
  const yes = ADVICE_QUESTIONS.filter((question) => draft.advice[question] === true);
  const answered = ADVICE_QUESTIONS.every((question) => draft.advice[question] !== null);
  const errors = ADVICE_QUESTIONS.flatMap((question) => errorsOf(`advice.${question}`));
  return (
    <section
      aria-label={t("gate")}
      data-invalid={errors.length > 0 || undefined}
      className="mb-5 grid gap-3 rounded-md border border-line bg-canvas px-3.5 py-3"
    >
      <div className="flex gap-2.5 text-table">
        <CircleHelp size={16} aria-hidden="true" className="mt-0.5 flex-none" />
        <p>
          <b>{t("gate")}</b> <span className="text-muted">{t("gateText")}</span>
        </p>
      </div>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-2.5 pl-[26px] max-md:grid-cols-1 max-md:pl-0">
        {ADVICE_QUESTIONS.map((question) => (
          <li key={question} className="flex items-center gap-3 text-table">
            <span className="min-w-0 flex-1">
              {t(`question.${question}`)}
              <small className="block text-caption text-muted">{t(`questionHint.${question}`)}</small>
            </span>
            <Segmented
              label={t(`question.${question}`)}
              value={draft.advice[question] === null ? null : draft.advice[question] ? "yes" : "no"}
              options={[
                { value: "yes", label: t("yes") },
                { value: "no", label: t("no") },
              ]}
              onChange={(value) => change({ advice: { ...draft.advice, [question]: value === "yes" } })}
            />
          </li>
        ))}
      </ul>
      <div aria-live="polite" className="pl-[26px] text-table empty:hidden max-md:pl-0">
        {errors.length > 0 && !answered && <Hint tone="error">{t("unanswered")}</Hint>}
        {answered && (
          <div className="flex gap-2.5 border-line border-t pt-3">
            <StatusGlyph glyph={yes.length > 0 ? "ok" : "attention"} className="mt-[3px]" />
            <div>
              <b>{t(yes.length > 0 ? "advice.cluster" : "advice.namespace")}</b>{" "}
              {recommended !== null && t("fits", { blueprint: recommended })}{" "}
              <span className="text-muted">
                {yes.length > 0 ? yes.map((question) => t(`reason.${question}`)).join(" ") : `${t("reason.none")} ${t("goOn")}`}
              </span>
            </div>
          </div>
        )}
      </div>
    </section>
  );
}
