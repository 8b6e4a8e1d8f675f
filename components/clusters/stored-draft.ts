import { z } from "zod";
import type { ClusterDraft } from "./cluster-draft.ts";

const answer = z.nullable(z.boolean());
const text = z.string();

// What an older version of this page stored may have another shape: it is read as untrusted.
const StoredDraft: z.ZodType<ClusterDraft> = z.object({
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
});

/** The draft that was kept, or null when it has another shape. */
export function readStoredDraft(stored: unknown): ClusterDraft | null {
  return StoredDraft.safeParse(stored).data ?? null;
}
