"use client";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { Glyph, StatusStep } from "../../lib/domain/clusters/cluster-view.ts";
import type { Localized } from "../../lib/domain/message.ts";
import { useTicking } from "./clock.tsx";
import { Duration, UsualRange } from "./duration.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { toneClass, toneOf } from "./tone.ts";

type Step = Localized<StatusStep>;

const GLYPH: Readonly<Record<Step["state"], Glyph>> = {
  done: "ok",
  current: "progressing",
  stuck: "attention",
  failed: "failed",
  todo: "todo",
};

/** Where something is on its way and whether that is slow: bar is this run, bracket the usual range. Durations stop when the step stops. */
export function StepTimeline({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  const nowSeconds = useTicking((nowMs) => (steps.some(isRunning) ? Math.floor(nowMs / 1000) : 0));
  const ran = steps.map((step) => secondsOf(step, nowSeconds));
  const scale = Math.max(1, ...ran, ...steps.map(({ usual }) => usual?.highSeconds ?? 0)) * 1.05;
  return (
    <ol aria-label={label}>
      {steps.map((step, at) => (
        <StepRow key={step.id} step={step} seconds={ran[at] ?? 0} scale={scale} last={at === steps.length - 1} />
      ))}
    </ol>
  );
}

function StepRow({
  step,
  seconds,
  scale,
  last,
}: {
  readonly step: Step;
  readonly seconds: number;
  readonly scale: number;
  readonly last: boolean;
}) {
  const t = useTranslations("uiKit.step");
  const active = step.state === "current" || step.state === "stuck" || step.state === "failed";
  const glyph = GLYPH[step.state];
  return (
    <li
      aria-current={active ? "step" : undefined}
      className={clsx(
        "relative grid min-h-[34px] grid-cols-[14px_minmax(0,1fr)_176px_84px_auto] items-center gap-3 py-1 text-table max-md:grid-cols-[14px_minmax(0,1fr)_auto]",
        !last && "before:absolute before:top-[24px] before:-bottom-[10px] before:left-[6.25px] before:w-[1.5px] before:bg-line",
        step.state === "todo" && "text-faint",
      )}
    >
      <span className="z-[1] bg-surface py-[3px]">
        <StatusGlyph glyph={glyph} />
      </span>
      <span className={clsx("min-w-0", active && "font-medium")}>
        <span className="sr-only">{t(step.state)} </span>
        {step.label}
        {step.detail !== null && <small className="ml-1.5 font-normal text-caption text-muted">{step.detail}</small>}
      </span>
      <Bar step={step} seconds={seconds} scale={scale} tone={toneClass(toneOf(glyph))} />
      <span className="text-right">{step.startedAt !== null && <Duration seconds={seconds} />}</span>
      <span className="w-[128px] text-right text-caption text-muted max-md:hidden">
        {step.usual !== null && <UsualRange range={step.usual} />}
      </span>
    </li>
  );
}

function Bar({
  step,
  seconds,
  scale,
  tone,
}: {
  readonly step: Step;
  readonly seconds: number;
  readonly scale: number;
  readonly tone: string;
}) {
  const percent = (value: number) => `${Math.min(100, (value / scale) * 100)}%`;
  return (
    <span aria-hidden="true" className={clsx("relative h-3 max-md:hidden", tone)}>
      {step.usual !== null && (
        <span
          className="absolute inset-y-0 border-line-strong border-x-[1.5px] bg-line"
          style={{ left: percent(step.usual.lowSeconds), width: percent(Math.max(0, step.usual.highSeconds - step.usual.lowSeconds)) }}
        />
      )}
      {step.startedAt !== null && (
        <span
          className={clsx("absolute top-1 left-0 h-1 rounded-[2px]", step.state === "done" ? "bg-muted" : "bg-(--tone)")}
          style={{ width: `max(3px, ${percent(seconds)})` }}
        />
      )}
    </span>
  );
}

function isRunning(step: Step): boolean {
  return step.startedAt !== null && step.endedAt === null;
}

function secondsOf(step: Step, nowSeconds: number): number {
  if (step.startedAt === null) return 0;
  const started = Date.parse(step.startedAt) / 1000;
  return Math.max(0, (step.endedAt === null ? nowSeconds : Date.parse(step.endedAt) / 1000) - started);
}

/** What bar and bracket mean; stands beside the section's title. */
export function StepTimelineKey() {
  const t = useTranslations("uiKit.step");
  return (
    <span className="flex gap-3.5 text-muted max-md:hidden">
      <span className="inline-flex items-center gap-1.5">
        <span className="h-2.5 w-4 border-line-strong border-x-[1.5px] bg-line" />
        {t("keyUsual")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span className="h-1 w-4 rounded-[2px] bg-muted" />
        {t("keyRun")}
      </span>
    </span>
  );
}
