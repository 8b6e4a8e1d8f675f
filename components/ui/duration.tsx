"use client";
import { useTranslations } from "next-intl";
import { useTicking } from "./clock.tsx";
import { durationParts, rangeParts } from "./time-parts.ts";

/** A length of time in its two largest units. */
export function Duration({ seconds }: { readonly seconds: number }) {
  const t = useTranslations("uiKit.duration");
  const { unit, major, minor } = durationParts(seconds);
  return <span className="whitespace-nowrap tabular-nums">{t(unit, { major, minor: String(minor).padStart(2, "0") })}</span>;
}

/** Seconds between two times; runs on while there is no end. */
export function useElapsedSeconds(from: string | null, to: string | null): number {
  return useTicking((nowMs) =>
    from === null ? 0 : Math.max(0, Math.round(((to === null ? nowMs : Date.parse(to)) - Date.parse(from)) / 1000)),
  );
}

/** The time something has taken so far, or took. */
export function Elapsed({ from, to }: { readonly from: string; readonly to: string | null }) {
  return <Duration seconds={useElapsedSeconds(from, to)} />;
}

/** "usually 2 to 4 min". */
export function UsualRange({ range }: { readonly range: { readonly lowSeconds: number; readonly highSeconds: number } }) {
  const t = useTranslations("uiKit.usual");
  const { unit, low, high } = rangeParts(range);
  return <span className="whitespace-nowrap tabular-nums">{t(unit, { low, high })}</span>;
}
