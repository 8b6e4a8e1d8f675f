"use client";
import { useTranslations } from "next-intl";
import { useTicking } from "../ui/clock.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { ageParts } from "../ui/time-parts.ts";
import { useLiveState } from "./live-state.ts";

/** The server speaks every 10 s at least: after three silent ticks the light goes out. */
const LATE_MS = 15_000;
const GONE_MS = 30_000;

/** Is what I see current? A light with an age: live, late, or not connected. */
export function LiveAge() {
  const t = useTranslations("uiShell.live");
  const { status, heardAt } = useLiveState();
  const age = useTicking((nowMs) => (heardAt === 0 ? -1 : Math.max(0, Math.floor((nowMs - heardAt) / 1000))));
  const state =
    age === -1
      ? status === "broken"
        ? "gone"
        : "connecting"
      : age * 1000 >= GONE_MS
        ? "gone"
        : status === "broken" || age * 1000 >= LATE_MS
          ? "late"
          : "live";
  const { unit, value } = ageParts(age * 1000);
  return (
    <span className="mr-2 inline-flex items-center gap-1.5 whitespace-nowrap text-muted text-table" title={t(`${state}Why`)}>
      <StatusGlyph glyph={state === "live" ? "ok" : state === "late" ? "attention" : state === "gone" ? "unknown" : "progressing"} />
      <span role="status">{t(state)}</span>
      {age >= 0 && (
        <>
          <span aria-hidden="true" className="text-faint">
            ·
          </span>
          <span className="tabular-nums">{t(`age.${unit}`, { value })}</span>
        </>
      )}
    </span>
  );
}
