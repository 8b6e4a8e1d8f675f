"use client";
import { startTransition } from "react";
import { setLocaleAction } from "../../lib/actions/session.ts";

export const LANGUAGES = [
  { code: "en", name: "English" },
  { code: "ja", name: "日本語" },
] as const;

/** The language that is not shown now. */
export function otherLanguage(locale: string): (typeof LANGUAGES)[number] {
  return locale === "ja" ? LANGUAGES[0] : LANGUAGES[1];
}

/** Keeps the choice and reads the page again: every sentence on it comes from the server in one language. */
export function switchLanguage(locale: string): void {
  startTransition(async () => {
    await setLocaleAction(locale);
    location.reload();
  });
}
