"use client";
import { useCallback, useEffect, useState } from "react";
import type { ClusterDraft } from "./cluster-draft.ts";
import { clearDraft, loadDraft, saveDraft } from "./draft-storage.ts";

type Kept = {
  readonly draft: ClusterDraft;
  readonly change: (patch: Partial<ClusterDraft>) => void;
  readonly discard: () => void;
  /** When the browser last kept it. */
  readonly savedAt: string | null;
  /** The browser keeps nothing. */
  readonly refused: boolean;
  readonly restoredFrom: string | null;
};

const SAVE_AFTER_MS = 800;

/** The draft of one form, kept on this device while it is typed. Without a key (another revision of a request) nothing is kept. */
export function useDraft(initial: ClusterDraft, storageKey: string | null): Kept {
  const [draft, setDraft] = useState(initial);
  const [touched, setTouched] = useState(false);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const [restoredFrom, setRestoredFrom] = useState<string | null>(null);

  // Synchronises with the browser's storage, which the server cannot read.
  useEffect(() => {
    if (storageKey === null) return;
    const kept = loadDraft(storageKey);
    if (kept === null) return;
    // The first paint must equal the server's, which cannot read this storage.
    setDraft(kept.draft);
    setRestoredFrom(kept.savedAt);
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

  const change = useCallback((patch: Partial<ClusterDraft>) => {
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
