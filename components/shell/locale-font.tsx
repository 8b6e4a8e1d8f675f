"use client";
import dynamic from "next/dynamic";

const JapaneseFont = dynamic(() => import("./japanese-font.tsx").then((module) => module.JapaneseFont));

/** Loads the Japanese face for readers of Japanese only: its style sheet alone is 30 KB. */
export function LocaleFont({ locale }: { readonly locale: string }) {
  return locale === "ja" ? <JapaneseFont /> : null;
}
