"use client";
import { useTranslations } from "next-intl";
import { ErrorState } from "../../../components/ui/error-state.tsx";

type Props = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

export default function AreaError({ error, reset }: Props) {
  const t = useTranslations("uiMap");
  return <ErrorState title={t("errorTitle")} onRetry={reset} reference={error.digest} />;
}
