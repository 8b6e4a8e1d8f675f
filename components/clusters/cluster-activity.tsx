"use client";
import { useTranslations } from "next-intl";
import { CLUSTER_STATES } from "../../lib/domain/clusters/cluster-view.ts";
import { type StateChange, StateChanges } from "../ui/state-changes.tsx";

/** How the state changed, with the time it was seen. */
export function ClusterActivity({ changes }: { readonly changes: readonly StateChange[] }) {
  const t = useTranslations("uiClusters.state");
  const wordOf = (state: string) => {
    const known = CLUSTER_STATES.find((name) => name === state);
    return known === undefined ? state : t(known);
  };
  return <StateChanges changes={changes} wordOf={wordOf} />;
}
