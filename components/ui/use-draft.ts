"use client";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { clearDraft, loadDraft, saveDraft } from "./draft-storage.ts";

export type Kept<Draft> = {
  readonly draft: Draft;
  readonly change: (patch: Partial<Draft>) => void;
  readonly discard: () => void;
  /** When the browser last kept it. */
  readonly savedAt: string | null;
  /** The browser keeps nothing. */
  readonly refused: boolean;
  readonly restoredFrom: string | null;
};

type Options<Draft> = {
  readonly initial: Draft;
  /** Where it is kept; null (another revision of a request) keeps nothing. */
  readonly storageKey: string | null;
  /** Reads what an older version of the page may have stored; null when it is no draft any more. */
  readonly read: (stored: unknown) => Draft | null;
};

const SAVE_AFTER_MS = 800;

/** The draft of one form, kept on this device while it is typed. */
export function useDraft<Draft extends object>({ initial, storageKey, read }: Options<Draft>): Kept<Draft> {
  const [draft, setDraft] = useState(initial);
  const [touched, setTouched] = useState(false);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const [restoredFrom, setRestoredFrom] = useState<string | null>(null);

  const restore = useEffectEvent((key: string) => {
    const kept = loadDraft(key);
    const known = kept === null ? null : read(kept.draft);
    if (kept === null || known === null) return;
    // The first paint must equal the server's, which cannot read this storage.
    setDraft(known);
    setRestoredFrom(kept.savedAt);
  });
  // Synchronises with the browser's storage, which the server cannot read.
  useEffect(() => {
    if (storageKey !== null) restore(storageKey);
  }, [storageKey]);

  useEffect(() => {
    if (storageKey === null || !touched) return;
    const timer = setTimeout(() => {
      const now = new Date();
      const kept = saveDraft(storageKey, draft, now);
      setRefused(!kept);
      if (kept) setSavedAt(now.toISOString());
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, touched, storageKey]);

  const change = useCallback((patch: Partial<Draft>) => {
    setTouched(true);
    setDraft((before) => ({ ...before, ...patch }));
  }, []);
  const discard = useCallback(() => {
    if (storageKey !== null) clearDraft(storageKey);
    setTouched(false);
    setDraft(initial);
    setSavedAt(null);
    setRestoredFrom(null);
  }, [initial, storageKey]);
  return { draft, change, discard, savedAt, refused, restoredFrom };
}
