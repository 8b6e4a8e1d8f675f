"use client";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { singleKeysOn } from "./preferences.ts";
import { isSingleKey, matches, type ShortcutKey } from "./shortcut-match.ts";

/** One key of the page in view. `label` is what the keys dialog says. */
export type Shortcut = { readonly keys: ShortcutKey; readonly label: string; readonly run: () => void };

type Store = { readonly register: (shortcuts: readonly Shortcut[]) => () => void; readonly list: () => readonly Shortcut[] };

function createStore(): Store {
  const groups = new Set<readonly Shortcut[]>();
  return {
    register: (shortcuts) => {
      groups.add(shortcuts);
      return () => groups.delete(shortcuts);
    },
    list: () => [...groups].flat(),
  };
}

const EMPTY: Store = { register: () => () => {}, list: () => [] };
const StoreContext = createContext<Store>(EMPTY);

/** Listens once for the whole page. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const [store] = useState(createStore);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isBusyTarget(event.target)) return;
      const found = store
        .list()
        .findLast(({ keys }) => matches(keys, event) && (!isSingleKey(keys) || (singleKeysOn() && !isTyping(event.target))));
      if (found === undefined) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [store]);
  return <StoreContext value={store}>{children}</StoreContext>;
}

/** Keys that act while the calling component is on the page; the newest wins. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const store = useContext(StoreContext);
  useEffect(() => store.register(shortcuts), [store, shortcuts]);
}

/** Everything that can be pressed now, for the keys dialog. */
export function useShortcutList(): () => readonly Shortcut[] {
  return useContext(StoreContext).list;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

/** Inside a dialog or menu the keys belong to it. */
function isBusyTarget(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null;
}
