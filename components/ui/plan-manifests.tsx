"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AdmissionList } from "./admission-list.tsx";
import type { ShownPlan } from "./ask-plan.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { PanelPart } from "./panel.tsx";
import { PlanChanges } from "./plan-changes.tsx";
import { byDestination } from "./plan-data.ts";
import { ShortHash } from "./short-hash.tsx";
import { StatusGlyph } from "./status-glyph.tsx";

const GLYPH = { admitted: "ok", refused: "failed", after: "todo", unavailable: "unknown" } as const;

/** The objects of a plan, destination by destination, with what admission said; all of them one press away. */
export function PlanManifests({ plan }: { readonly plan: ShownPlan }) {
  const t = useTranslations("uiForm.plan");
  const [open, setOpen] = useState(false);
  const answers = new Map(plan.admitted.map((answer) => [answer.n, answer.result]));
  const destinations = byDestination(plan.plan);
  return (
    <PanelPart>
      <div className="mb-1 flex items-center gap-2 text-caption">
        <b>{t("manifests")}</b>
        <span className="text-muted">{t("objectCount", { count: plan.plan.length })}</span>
        <span className="ml-auto text-muted">
          <ShortHash hash={plan.contentHash} />
        </span>
      </div>
      {destinations.map(({ destination, steps }) => (
        <div key={`${destination} ${steps[0]?.n ?? 0}`}>
          {destinations.length > 1 && <h3 className="pt-2 text-[12px]/[18px] text-muted [overflow-wrap:anywhere]">{destination}</h3>}
          <ul aria-label={`${t("manifests")}, ${destination}`} className="text-[12px]/[18px]">
            {steps.map((step) => {
              const answer = answers.get(step.n);
              return (
                <li key={step.n} className="flex items-baseline gap-2 border-line-soft border-b py-1.5 last:border-b-0">
                  <StatusGlyph glyph={step.op === "apply" ? GLYPH[answer ?? "after"] : "todo"} size={12} className="self-center" />
                  <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                    {step.ref.kind} <code className="text-muted">{step.ref.name}</code>
                  </span>
                  <span className="text-muted">
                    {step.op === "apply" ? t(`say.${answer ?? "unavailable"}`, { step: step.after ?? 0 }) : t(`say.${step.op}`)}
                  </span>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      <div className="mt-2">
        <Button size="small" variant="quiet" onClick={() => setOpen(true)}>
          {t("open", { count: plan.plan.length })}
        </Button>
      </div>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        wide
        title={t("viewer")}
        actions={<Button onClick={() => setOpen(false)}>{t("close")}</Button>}
      >
        <PlanChanges steps={plan.plan} />
        <AdmissionList admitted={plan.admitted} />
      </Dialog>
    </PanelPart>
  );
}
