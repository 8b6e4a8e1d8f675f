"use client";
import { useLocale } from "next-intl";
import { useExactTime } from "./age.tsx";
import { useBrowserZone, useTicking } from "./clock.tsx";

/** A time of day for today, otherwise date, time and zone. */
export function ClockTime({ at, seconds = false }: { readonly at: string; readonly seconds?: boolean }) {
  const locale = useLocale();
  const zone = useBrowserZone() ?? "UTC";
  const title = useExactTime(at) ?? undefined;
  const text = useTicking((nowMs) => format({ at, nowMs, locale, zone, seconds }));
  return (
    <time dateTime={at} title={title} className="whitespace-nowrap tabular-nums">
      {text}
    </time>
  );
}

function format({
  at,
  nowMs,
  locale,
  zone,
  seconds,
}: {
  readonly at: string;
  readonly nowMs: number;
  readonly locale: string;
  readonly zone: string;
  readonly seconds: boolean;
}): string {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return at;
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  if (seconds) clock.second = "2-digit";
  const today = day.format(ms) === day.format(nowMs);
  return new Intl.DateTimeFormat(locale, today ? clock : { ...clock, month: "short", day: "numeric", timeZoneName: "short" }).format(ms);
}
