"use client";
import { useLocale } from "next-intl";
import { otherLanguage, switchLanguage } from "./languages.ts";

/** Offers the other language, in that language. */
export function LanguageButton() {
  const other = otherLanguage(useLocale());
  return (
    <button
      type="button"
      lang={other.code}
      className="rounded-sm hover:text-text hover:underline"
      onClick={() => switchLanguage(other.code)}
    >
      {other.name}
    </button>
  );
}
