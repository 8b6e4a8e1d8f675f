"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import { AdmissionList } from "../ui/admission-list.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Hint } from "../ui/hint.tsx";
import { Panel, PanelPart } from "../ui/panel.tsx";
import { PlanChanges } from "../ui/plan-changes.tsx";
import { PlanNumbers } from "../ui/plan-numbers.tsx";
import { Row, Rows } from "../ui/rows.tsx";
import { ShortHash } from "../ui/short-hash.tsx";
import { Status } from "../ui/status.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import type { ShownPlan } from "./ask-plan.ts";
import type { FieldErrors } from "./field-errors.ts";
import type { LivePlan } from "./use-live-plan.ts";

type Props = { readonly live: LivePlan; readonly errors: FieldErrors };

/** What would be written, what it costs and who must agree, as of the last valid input. */
export function PlanPanel({ live, errors }: Props) {
  const t = useTranslations("uiClusters.plan");
  const { plan } = live;
  return (
    <Panel label={t("title")} title={t("title")} aside={<Verdict live={live} errors={errors} />}>
      {plan === null && live.problem === null && (
        <PanelPart>
          <p className="text-muted text-table">{t("empty")}</p>
        </PanelPart>
      )}
      {live.problem !== null && (
        <PanelPart>
          <Problem live={live} errors={errors} />
        </PanelPart>
      )}
      {plan !== null && (
        <>
          <PlanNumbers notes={plan.notes} team={plan.team} />
          <PanelPart>
            <b className="text-caption">{t("approvals")}</b>
            <Rows>
              {plan.slots.map((slot) => (
                <Row key={slot.id} dense>
                  <StatusGlyph glyph="waiting" />
                  <span className="min-w-0 flex-1">
                    {slot.who} <span className="text-muted">{t("notYou")}</span>
                  </span>
                </Row>
              ))}
            </Rows>
          </PanelPart>
          {plan.notes.warnings.length + plan.notes.summary.length > 0 && (
            <PanelPart>
              <Rows label={t("warnings")}>
                {plan.notes.warnings.map((text) => (
                  <Row key={text} top dense>
                    <StatusGlyph glyph="attention" className="mt-[3px]" />
                    <span>{text}</span>
                  </Row>
                ))}
                {plan.notes.summary.map((text) => (
                  <Row key={text} top dense>
                    <span className="text-muted">{text}</span>
                  </Row>
                ))}
              </Rows>
            </PanelPart>
          )}
          <Manifests plan={plan} />
        </>
      )}
    </Panel>
  );
}

function Verdict({ live, errors }: Props) {
  const t = useTranslations("uiClusters.plan");
  const say = (glyph: Glyph, text: string) => (
    <span role="status">
      <Status glyph={glyph}>{text}</Status>
    </span>
  );
  if (live.asking) return say("progressing", t("asking"));
  if (live.problem !== null)
    return errors.count > 0 ? say("attention", t("incomplete", { count: errors.count })) : say("failed", t("refused"));
  if (live.plan === null) return say("todo", t("notAsked"));
  if (!live.plan.acceptable) return say("failed", t("refused"));
  return say("ok", live.plan.admitted.some(({ result }) => result !== "admitted") ? t("partly") : t("passed"));
}

function Problem({ live, errors }: Props) {
  const t = useTranslations("uiClusters.plan");
  return (
    <div role="alert" className="grid gap-1.5">
      <Hint tone="error">{live.problem?.message}</Hint>
      {live.problem?.raw !== undefined && (
        <code lang="en" className="rounded-sm bg-canvas px-2 py-1 text-caption [overflow-wrap:anywhere]">
          {live.problem.raw}
        </code>
      )}
      {errors.unplaced.map((text) => (
        <Hint key={text} tone="error">
          {text}
        </Hint>
      ))}
      {live.plan !== null && <p className="text-caption text-muted">{t("stale")}</p>}
    </div>
  );
}

function Manifests({ plan }: { readonly plan: ShownPlan }) {
  const t = useTranslations("uiClusters.plan");
  const [open, setOpen] = useState(false);
  const glyphs = new Map(plan.admitted.map((answer) => [answer.n, answer.result]));
  return (
    <PanelPart>
      <div className="mb-1 flex items-center gap-2 text-caption">
        <b>{t("manifests")}</b>
        <span className="text-muted">{t("objectCount", { count: plan.plan.length })}</span>
        <span className="ml-auto text-muted">
          <ShortHash hash={plan.contentHash} />
        </span>
      </div>
      <ul aria-label={t("manifests")} className="text-[12px]/[18px]">
        {plan.plan.map((step) => (
          <li key={step.n} className="flex items-baseline gap-2 border-line-soft border-b py-1.5 last:border-b-0">
            <StatusGlyph glyph={GLYPH[glyphs.get(step.n) ?? "after"]} size={12} className="self-center" />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {step.ref.kind} <code className="text-muted">{step.ref.name}</code>
            </span>
            <span className="text-muted">{t(`say.${glyphs.get(step.n) ?? "unavailable"}`, { step: step.after ?? 0 })}</span>
          </li>
        ))}
      </ul>
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

const GLYPH = { admitted: "ok", refused: "failed", after: "todo", unavailable: "unknown" } as const;
