"use client";
import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

/** Puts a text on the clipboard and says so. */
export function CopyButton({
  text,
  label,
  variant = "quiet",
}: {
  readonly text: string;
  readonly label?: string;
  readonly variant?: "quiet" | "default";
}) {
  const t = useTranslations("uiKit.copy");
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  };
  return (
    <Button
      size="small"
      variant={variant}
      icon={outcome === "copied" ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      onClick={copy}
    >
      <span aria-live="polite">{outcome === null ? (label ?? t("copy")) : t(outcome)}</span>
    </Button>
  );
}
