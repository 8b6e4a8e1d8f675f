"use client";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { ErrorState } from "../ui/error-state.tsx";

const RETRY_MS = 10_000;

type Props = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** What stands where a page could not be made. The reference finds the log line; the text of the failure never leaves the server. */
export function PageError({ error, reset }: Props) {
  const t = useTranslations("uiShell.error");
  const retry = useEffectEvent(reset);
  useEffect(() => {
    const timer = setInterval(retry, RETRY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <ErrorState title={t("title")} onRetry={reset} {...(error.digest === undefined ? {} : { reference: error.digest })}>
      {t("text")}
    </ErrorState>
  );
}
