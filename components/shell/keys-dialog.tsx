"use client";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { setSingleKeys, useSingleKeys } from "../ui/preferences.ts";
import { isSingleKey } from "../ui/shortcut-match.ts";
import { useShortcutList } from "../ui/shortcuts.tsx";

type Props = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

/** Every key that acts on the page behind it, and the switch for single letters. */
export function KeysDialog({ open, onOpenChange }: Props) {
  const t = useTranslations("uiShell.keys");
  const list = useShortcutList();
  const single = useSingleKeys();
  const shortcuts = open ? [...new Map(list().map((shortcut) => [shortcut.keys, shortcut])).values()] : [];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title")}
      description={t("description")}
      actions={<Button onClick={() => onOpenChange(false)}>{t("close")}</Button>}
    >
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5 text-table">
        {shortcuts.map(({ keys, label }) => (
          <div key={keys} className="contents">
            <dt className={!single && isSingleKey(keys) ? "text-faint line-through" : undefined}>{label}</dt>
            <dd>
              <kbd className="rounded-sm border border-line bg-canvas px-1.5 font-sans text-[11px]/4 text-muted">{toCaps(keys)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <Checkbox checked={single} onChange={(event) => setSingleKeys(event.target.checked)}>
        {t("single")}
      </Checkbox>
    </Dialog>
  );
}

function toCaps(keys: string): string {
  return keys
    .split("+")
    .map((part) => (part === "mod" ? "⌘ / Ctrl" : part === "enter" ? "↵" : part.toUpperCase()))
    .join(" ");
}
