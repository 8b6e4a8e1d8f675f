"use client";
import { useTranslations } from "next-intl";
import { ClockTime } from "../ui/clock-time.tsx";
import { Elapsed } from "../ui/duration.tsx";
import { STEP_GLYPH } from "../ui/request-glyph.ts";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import type { ShownRequest } from "./request-data.ts";

type Step = ShownRequest["steps"][number];

/** The delivery step by step, as it goes; what stopped or waits says so in its own words. */
export function DeliverySteps({ steps, plan }: Pick<ShownRequest, "steps" | "plan">) {
  const t = useTranslations("uiRequests.page");
  if (steps.length === 0) return null;
  const destinationOf = new Map(plan.map(({ n, destination }) => [n, destination]));
  const several = new Set(destinationOf.values()).size > 1;
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <Section title={t("steps")} note={t("stepsHint", { done, total: steps.length })}>
      <ol aria-label={t("steps")} className="text-table">
        {steps.map((step) => (
          <li
            key={step.n}
            aria-current={step.state === "running" || step.state === "waiting" ? "step" : undefined}
            className="border-line-soft border-b py-2 last:border-b-0"
          >
            <div className="grid grid-cols-[24px_minmax(0,1fr)_120px_72px] items-center gap-3 max-md:grid-cols-[24px_minmax(0,1fr)_auto]">
              <span className="text-right text-faint tabular-nums">{step.n}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {step.label}
                {several && <small className="block text-caption text-muted">{destinationOf.get(step.n)}</small>}
              </span>
              <Status glyph={step.op === "await" && step.state === "waiting" ? "progressing" : STEP_GLYPH[step.state]}>
                {t(`stepState.${step.state}`)}
              </Status>
              <span className="text-right text-caption text-muted tabular-nums max-md:hidden">
                {step.startedAt !== null && <Elapsed from={step.startedAt} to={step.endedAt} />}
              </span>
            </div>
            {step.problem !== null && <StepProblem step={step} problem={step.problem} />}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function StepProblem({ step, problem }: { readonly step: Step; readonly problem: NonNullable<Step["problem"]> }) {
  const t = useTranslations("uiRequests.page");
  return (
    <div className="mt-1 grid gap-1 pl-9 text-table">
      <p>
        {problem.sentence}{" "}
        {step.nextTryAt !== null && (
          <span className="text-muted">
            {t("nextTryAt")} <ClockTime at={step.nextTryAt} seconds />
          </span>
        )}
      </p>
      {problem.fields.map((field) => (
        <p key={field.path}>
          <code>{field.path}</code>
          {field.raw !== null && <span className="text-muted"> {field.raw}</span>}
        </p>
      ))}
      {problem.raw !== null && (
        <code lang="en" className="block rounded-sm bg-canvas px-2 py-1 text-caption [overflow-wrap:anywhere]">
          {problem.raw}
        </code>
      )}
    </div>
  );
}
