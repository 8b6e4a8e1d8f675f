"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { StatusGlyph } from "./status-glyph.tsx";

type Props = {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
  readonly reference?: string | undefined;
  /** Another way to what was wanted. */
  readonly action?: ReactNode;
};

/** A part that could not be read: which, why, and a way on. The reference finds the log line. */
export function ErrorState({ title, children, onRetry, reference, action }: Props) {
  const t = useTranslations("uiKit.error");
  return (
    <div role="alert" className="grid justify-items-center gap-1.5 px-4 py-9 text-center text-muted text-table">
      <StatusGlyph glyph="failed" size={20} />
      <b className="text-body text-text">{title}</b>
      {children !== undefined && <span className="max-w-[44em] text-pretty">{children}</span>}
      <span className="mt-2 flex flex-wrap justify-center gap-2">
        {onRetry !== undefined && (
          <Button size="small" onClick={onRetry}>
            {t("retry")}
          </Button>
        )}
        {action}
        {reference !== undefined && <CopyButton text={reference} label={t("copyReference", { reference: reference.slice(0, 12) })} />}
      </span>
    </div>
  );
}
