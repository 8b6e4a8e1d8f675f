"use client";
import { useLocale } from "next-intl";
import { startTransition } from "react";
import { setLocaleAction } from "../../lib/actions/session.ts";

/** Offers the other language, in that language. */
export function LanguageButton() {
  const other = useLocale() === "ja" ? { code: "en", name: "English" } : { code: "ja", name: "日本語" };
  return (
    <button
      type="button"
      lang={other.code}
      className="rounded-sm hover:text-text hover:underline"
      onClick={() =>
        startTransition(async () => {
          await setLocaleAction(other.code);
          location.reload();
        })
      }
    >
      {other.name}
    </button>
  );
}
