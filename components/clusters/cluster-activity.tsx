"use client";
import { useTranslations } from "next-intl";
import { type StateChange, StateChanges } from "../ui/state-changes.tsx";

/** How the state changed, with the time it was seen. A stored state may be a word of an older version. */
export function ClusterActivity({ changes }: { readonly changes: readonly StateChange[] }) {
  const t = useTranslations("uiClusters.state");
  return <StateChanges changes={changes} wordOf={(state) => (t.has(state) && state !== "stuck" ? t(state) : state)} />;
}
