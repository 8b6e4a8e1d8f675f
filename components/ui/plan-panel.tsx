"use client";
import { useTranslations } from "next-intl";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { ShownPlan } from "./ask-plan.ts";
import type { FieldErrors } from "./field-errors.ts";
import { Hint } from "./hint.tsx";
import { Panel, PanelPart } from "./panel.tsx";
import { PlanManifests } from "./plan-manifests.tsx";
import { PlanNumbers } from "./plan-numbers.tsx";
import { PreflightList } from "./preflight-list.tsx";
import { Row, Rows } from "./rows.tsx";
import { Status } from "./status.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import type { LivePlan } from "./use-live-plan.ts";

type Props = {
  readonly live: LivePlan;
  readonly errors: FieldErrors;
  /** What is missing before there can be a plan. */
  readonly empty: string;
};

/** What would be written, what was looked at before, what it costs and who must agree, as of the last valid input. */
export function PlanPanel({ live, errors, empty }: Props) {
  const t = useTranslations("uiForm.plan");
  const { plan } = live;
  return (
    <Panel label={t("title")} title={t("title")} aside={<Verdict live={live} errors={errors} />}>
      {plan === null && live.problem === null && (
        <PanelPart>
          <p className="text-muted text-table">{empty}</p>
        </PanelPart>
      )}
      {live.problem !== null && (
        <PanelPart>
          <Problem live={live} errors={errors} />
        </PanelPart>
      )}
      {plan !== null && (
        <>
          {plan.notes.preflight !== null && (
            <PanelPart>
              <PreflightList checks={plan.notes.preflight} />
            </PanelPart>
          )}
          <PlanNumbers notes={plan.notes} team={plan.team} />
          <Slots slots={plan.slots} />
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
          <PlanManifests plan={plan} />
        </>
      )}
    </Panel>
  );
}

/** Who must agree, in the order in which the policy asks for them. */
function Slots({ slots }: Pick<ShownPlan, "slots">) {
  const t = useTranslations("uiForm.plan");
  return (
    <PanelPart>
      <b className="text-caption">{t("approvals")}</b>
      <Rows>
        {slots.map((slot) => {
          const before = slots.find(({ id }) => id === slot.after);
          return (
            <Row key={slot.id} dense>
              <StatusGlyph glyph={before === undefined ? "waiting" : "todo"} />
              <span className="min-w-0 flex-1">
                {slot.who} <span className="text-muted">{before === undefined ? t("notYou") : t("afterSlot", { who: before.who })}</span>
              </span>
            </Row>
          );
        })}
      </Rows>
    </PanelPart>
  );
}

function Verdict({ live, errors }: Pick<Props, "live" | "errors">) {
  const t = useTranslations("uiForm.plan");
  const say = (glyph: Glyph, text: string) => (
    <span role="status">
      <Status glyph={glyph}>{text}</Status>
    </span>
  );
  if (live.asking) return say("progressing", t("asking"));
  if (live.problem !== null)
    return errors.count > 0 ? say("attention", t("incomplete", { count: errors.count })) : say("failed", t("refused"));
  if (live.plan === null) return say("todo", t("notAsked"));
  const checks = live.plan.notes.preflight ?? [];
  if (checks.some(({ result }) => result === "blocked")) return say("failed", t("blocked"));
  if (!live.plan.acceptable) return say("failed", t("refused"));
  const notes = checks.filter(({ result }) => result !== "ok").length;
  if (notes > 0) return say("attention", t("checkNotes", { count: notes }));
  return say("ok", live.plan.admitted.some(({ result }) => result !== "admitted") ? t("partly") : t("passed"));
}

function Problem({ live, errors }: Pick<Props, "live" | "errors">) {
  const t = useTranslations("uiForm.plan");
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
