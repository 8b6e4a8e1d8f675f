"use client";
import { useTranslations } from "next-intl";
import type { ClusterRowView } from "../../lib/domain/clusters/cluster-view.ts";
import type { Items } from "../live/query-keys.ts";
import { Banner } from "../ui/banner.tsx";
import { useJoined } from "../ui/use-joined.ts";

/** Clusters whose evidence is too old: they count as unknown, never as ready. */
export function SilentClusters({ rows }: { readonly rows: Items<ClusterRowView>["items"] }) {
  const t = useTranslations("uiHome.silent");
  const joined = useJoined();
  const silent = rows.filter(({ state }) => state === "unknown");
  if (silent.length === 0) return null;
  return (
    <div className="mb-6">
      <Banner glyph="unknown" title={t("title", { names: joined(silent.map(({ name }) => name)), count: silent.length })}>
        {t("text")}
      </Banner>
    </div>
  );
}
