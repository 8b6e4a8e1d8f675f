"use client";
import { useLocale, useTranslations } from "next-intl";
import { useBrowserZone, useTicking } from "./clock.tsx";
import { type AgeUnit, ageParts } from "./time-parts.ts";

type Props = { readonly at: string; readonly form?: "ago" | "span"; readonly className?: string };

/** How long ago something was, always current: "12 s ago", or "12 s" as a span. The exact time stands in the title. */
export function Age({ at, form = "ago", className }: Props) {
  const t = useTranslations(form === "ago" ? "uiKit.ago" : "uiKit.span");
  const atMs = Date.parse(at);
  const bucket = useTicking((nowMs) => {
    const { unit, value } = ageParts(nowMs - atMs);
    return `${unit}:${value}`;
  });
  const [unit, value] = readBucket(bucket);
  return (
    <time dateTime={at} title={useExactTime(at) ?? undefined} className={`whitespace-nowrap tabular-nums ${className ?? ""}`}>
      {t(unit, { value })}
    </time>
  );
}

/** Reads back what `Age` itself wrote: unit and number, joined so that the snapshot is one comparable value. */
function readBucket(bucket: string): [AgeUnit, number] {
  const [unit, value] = bucket.split(":");
  return [unit as AgeUnit, Number(value)];
}

/** Date, time and zone in the reader's words; null until the browser's zone is known. */
export function useExactTime(at: string): string | null {
  const locale = useLocale();
  const timeZone = useBrowserZone();
  const ms = Date.parse(at);
  if (timeZone === null || Number.isNaN(ms)) return null;
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "short",
  }).format(ms);
}
