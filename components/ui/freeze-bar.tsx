"use client";
import { Snowflake } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "./button.tsx";
import { useShortcuts } from "./shortcuts.tsx";

type Props = { readonly added: number; readonly removed: number; readonly moved: number; readonly onTake: () => void };

/** Order or membership would change: says how much and waits to be asked. Nothing is shown while nothing waits. */
export function FreezeBar({ added, removed, moved, onTake }: Props) {
  return <div role="status">{added + removed + moved > 0 && <Bar added={added} removed={removed} moved={moved} onTake={onTake} />}</div>;
}

function Bar({ added, removed, moved, onTake }: Props) {
  const t = useTranslations("uiKit.freeze");
  useShortcuts(useMemo(() => [{ keys: "r", label: t("key"), run: onTake }], [t, onTake]));
  return (
    <div className="enter-calm mt-3 flex flex-wrap items-center gap-3 rounded-t-md border border-accent-line bg-accent-bg px-3 py-1.5 text-table">
      <Snowflake size={14} aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <b>{t("still")}</b> <span className="text-muted">{t("changes", { added, removed, moved })}</span>
      </span>
      <Button size="small" shortcut="R" onClick={onTake}>
        {t("take", { count: added + removed + moved })}
      </Button>
    </div>
  );
}
