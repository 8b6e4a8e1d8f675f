"use client";
import { useTranslations } from "next-intl";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";

type Props = {
  readonly cause: "notLaid" | "notLoaded";
  readonly count: number;
  readonly onRetry: () => void;
  readonly onTable?: (() => void) | undefined;
};

/** Nothing is drawn, because nobody could lay it out or what draws it did not come; the table holds the same facts. */
export function MapStuck({ cause, count, onRetry, onTable }: Props) {
  const t = useTranslations("uiMap.stuck");
  return (
    <div className="grid size-full place-items-center">
      <ErrorState
        title={t("title")}
        onRetry={onRetry}
        action={
          onTable !== undefined && (
            <Button size="small" onClick={onTable}>
              {t("table")}
            </Button>
          )
        }
      >
        {t(cause, { count })}
      </ErrorState>
    </div>
  );
}
