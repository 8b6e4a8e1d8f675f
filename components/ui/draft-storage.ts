/** The kept draft of one form and person, still unread; null when there is none or the browser keeps nothing. */
export function loadDraft(key: string): { readonly savedAt: string; readonly draft: unknown } | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof stored !== "object" || stored === null || !("savedAt" in stored) || !("draft" in stored)) return null;
    const { savedAt, draft } = stored;
    return typeof savedAt === "string" && !Number.isNaN(Date.parse(savedAt)) ? { savedAt, draft } : null;
  } catch {
    return null;
  }
}

/** Keeps the draft on this device; false when the browser refuses (private window, full storage). */
export function saveDraft(key: string, draft: object, now: Date): boolean {
  try {
    localStorage.setItem(key, JSON.stringify({ savedAt: now.toISOString(), draft }));
    return true;
  } catch {
    return false;
  }
}

export function clearDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser without storage has nothing to forget.
  }
}
