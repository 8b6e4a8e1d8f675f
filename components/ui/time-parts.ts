export type AgeUnit = "now" | "seconds" | "minutes" | "hours" | "days";

/** An age as one rounded number and its unit. Times in the future (another clock) count as now. */
export function ageParts(ms: number): { readonly unit: AgeUnit; readonly value: number } {
  const seconds = Math.floor(ms / 1000);
  if (!(seconds >= 1)) return { unit: "now", value: 0 };
  if (seconds < 60) return { unit: "seconds", value: seconds };
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return { unit: "minutes", value: minutes };
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return { unit: "hours", value: hours };
  return { unit: "days", value: Math.floor(hours / 24) };
}

export type DurationUnit = "seconds" | "minutes" | "hours" | "days";

/** A duration in its two largest units: 9 min 41 s, 1 h 04 min. `minor` is 0 for plain seconds. */
export function durationParts(totalSeconds: number): { readonly unit: DurationUnit; readonly major: number; readonly minor: number } {
  const seconds = Math.max(0, Math.round(totalSeconds));
  if (seconds < 60) return { unit: "seconds", major: seconds, minor: 0 };
  if (seconds < 3600) return { unit: "minutes", major: Math.floor(seconds / 60), minor: seconds % 60 };
  if (seconds < 172_800) return { unit: "hours", major: Math.floor(seconds / 3600), minor: Math.floor((seconds % 3600) / 60) };
  return { unit: "days", major: Math.floor(seconds / 86_400), minor: Math.floor((seconds % 86_400) / 3600) };
}

/** A usual range in whole minutes, or seconds when it ends below two minutes. */
export function rangeParts(range: { readonly lowSeconds: number; readonly highSeconds: number }): {
  readonly unit: "seconds" | "minutes" | "underMinute";
  readonly low: number;
  readonly high: number;
} {
  if (range.highSeconds <= 60 && range.lowSeconds < 10) return { unit: "underMinute", low: 0, high: 1 };
  if (range.highSeconds < 120) return { unit: "seconds", low: Math.round(range.lowSeconds), high: Math.round(range.highSeconds) };
  const low = Math.max(1, Math.round(range.lowSeconds / 60));
  return { unit: "minutes", low, high: Math.max(low, Math.round(range.highSeconds / 60)) };
}
