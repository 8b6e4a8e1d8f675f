"use client";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { Kbd } from "../ui/kbd.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { type PaletteEntry, usePaletteEntries } from "./palette-entries.ts";
import type { ShellPerson } from "./shell-data.ts";

type Props = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly person: ShellPerson };

/** ⌘K: things with their status first, then what can be done. Esc returns the focus to where it was. */
export function CommandPalette({ open, onOpenChange, person }: Props) {
  const t = useTranslations("uiShell.palette");
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup className="fixed top-[12vh] left-1/2 z-40 flex max-h-[70vh] w-[min(560px,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-dialog">
          <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
          <PaletteBody person={person} onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ person, onDone }: { readonly person: ShellPerson; readonly onDone: () => void }) {
  const t = useTranslations("uiShell.palette");
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const { entries, asking } = usePaletteEntries(text, person);
  const at = Math.min(chosen, Math.max(0, entries.length - 1));
  const go = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    onDone();
    router.push(entry.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setChosen(Math.min(at + 1, entries.length - 1));
    else if (event.key === "ArrowUp") setChosen(Math.max(at - 1, 0));
    else if (event.key === "Enter") go(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="flex h-[42px] flex-none items-center gap-2.5 border-line border-b px-3">
        <Search size={16} aria-hidden="true" className="text-muted" />
        <input
          type="text"
          role="combobox"
          aria-label={t("label")}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries.length > 0 ? `${listId}-${at}` : undefined}
          autoComplete="off"
          placeholder={t("placeholder")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          className="h-full flex-1 bg-transparent text-table outline-none placeholder:text-faint"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div id={listId} role="listbox" aria-label={t("results")} className="min-h-0 overflow-y-auto py-1.5">
        {entries.map((entry, index) => (
          <div key={entry.id}>
            {entries[index - 1]?.group !== entry.group && (
              <div role="presentation" className="px-3 pt-2 pb-0.5 text-caption text-faint">
                {t(`group.${entry.group}`)}
              </div>
            )}
            <div
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              onPointerMove={() => setChosen(index)}
              onClick={() => go(entry)}
              onKeyDown={onKeyDown}
              className="flex min-h-[34px] cursor-pointer items-center gap-2.5 px-3 text-table aria-selected:bg-selected"
            >
              {entry.glyph === null ? (
                <entry.icon size={16} aria-hidden="true" className="flex-none text-faint" />
              ) : (
                <StatusGlyph glyph={entry.glyph} />
              )}
              <span className="max-w-[60%] flex-none truncate font-medium">{entry.title}</span>
              {entry.note !== null && <span className="min-w-0 truncate text-muted">{entry.note}</span>}
            </div>
          </div>
        ))}
      </div>
      <p role="status" className="px-3 py-2 text-caption text-muted empty:hidden">
        {asking ? t("asking") : entries.length === 0 ? t("none", { text }) : null}
      </p>
    </>
  );
}
