"use client";
import { useTranslations } from "next-intl";
import { ADMITTED_GLYPH, type ShownAdmitted } from "./plan-data.ts";
import { Section } from "./section.tsx";
import { ShortHash } from "./short-hash.tsx";
import { Status } from "./status.tsx";

/** The dry run's own words, object by object; what was refused stands first. */
export function AdmissionList({ admitted }: { readonly admitted: readonly ShownAdmitted[] }) {
  const t = useTranslations("uiPlan");
  if (admitted.length === 0) return null;
  const sorted = admitted.toSorted((one, other) => urgency(one) - urgency(other) || one.n - other.n);
  return (
    <Section title={t("admission")} note={t("admissionHint")}>
      <ul aria-label={t("admission")} className="text-table">
        {sorted.map((answer) => (
          <li
            key={answer.n}
            className="grid grid-cols-[108px_minmax(0,1fr)_auto] items-start gap-3 border-line-soft border-b py-2 last:border-b-0 max-md:grid-cols-1 max-md:gap-1"
          >
            <Status glyph={ADMITTED_GLYPH[answer.result]}>
              {answer.result === "after" ? t("after", { step: answer.step ?? 0 }) : t(answer.result)}
            </Status>
            <div className="min-w-0">
              {answer.ref.kind} <code className="text-muted">{answer.ref.name}</code>
              <AdmittedWords answer={answer} />
            </div>
            {answer.hash !== null && (
              <span className="text-caption text-muted">
                <ShortHash hash={answer.hash} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AdmittedWords({ answer }: { readonly answer: ShownAdmitted }) {
  const t = useTranslations("uiPlan");
  return (
    <>
      {answer.result === "after" && (
        <small className="block text-caption text-muted">{t("afterText", { step: answer.step ?? 0, object: answer.ref.kind })}</small>
      )}
      {answer.message !== null && <Quote text={answer.message} />}
      {answer.fields.map((field) => (
        <Quote key={`${field.path} ${field.message}`} text={field.path === "" ? field.message : `${field.path}: ${field.message}`} />
      ))}
      {answer.warnings.map((text) => (
        <Quote key={text} text={text} />
      ))}
    </>
  );
}

/** Words of an outside system, quoted as they are. */
function Quote({ text }: { readonly text: string }) {
  return (
    <code lang="en" className="mt-1 block rounded-sm bg-canvas px-2 py-1 text-caption [overflow-wrap:anywhere]">
      {text}
    </code>
  );
}

function urgency({ result, warnings }: ShownAdmitted): number {
  if (result === "refused") return 0;
  if (result === "unavailable") return 1;
  return warnings.length > 0 ? 2 : 3;
}
