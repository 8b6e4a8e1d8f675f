import { z } from "zod";
import type { ClusterDraft } from "./cluster-draft.ts";

const answer = z.nullable(z.boolean());
const text = z.string();

// What an older version of this page stored may have another shape: it is read as untrusted.
const StoredDraft: z.ZodType<{ readonly savedAt: string; readonly draft: ClusterDraft }> = z.object({
  savedAt: z.iso.datetime(),
  draft: z.object({
    team: text,
    advice: z.object({ ownNodeTypes: answer, ownUpgradeWindow: answer, isolationRule: answer, ownAccount: answer }),
    blueprint: text,
    name: text,
    account: text,
    purpose: text,
    description: text,
    visibility: text,
    kubernetesVersion: text,
    endpointAccess: text,
    publicCidrs: text,
    cidr: text,
    vpcId: text,
    subnetIds: z.array(text),
    pools: z.array(
      z.object({ key: text, name: text, instanceType: text, capacityType: text, min: text, max: text, desired: text, diskSizeGiB: text }),
    ),
  }),
});

/** Reads the kept draft of one person; null when there is none or it cannot be read. */
export function loadDraft(key: string): { readonly savedAt: string; readonly draft: ClusterDraft } | null {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? null : StoredDraft.parse(JSON.parse(stored));
  } catch {
    return null;
  }
}

/** Keeps the draft on this device; false when the browser refuses (private window, full storage). */
export function saveDraft(key: string, draft: ClusterDraft, now: Date): boolean {
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
