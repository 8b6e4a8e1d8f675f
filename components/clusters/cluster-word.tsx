"use client";
import { useTranslations } from "next-intl";
import type { ClusterState, Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import { Status } from "../ui/status.tsx";

/** The state of a cluster as shape and word: "Creating, stuck". */
export function ClusterWord({ state, stuck, glyph }: { readonly state: ClusterState; readonly stuck: boolean; readonly glyph: Glyph }) {
  const t = useTranslations("uiClusters.state");
  return <Status glyph={glyph}>{stuck ? t("stuck", { state: t(state) }) : t(state)}</Status>;
}
