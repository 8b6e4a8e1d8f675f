"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Age } from "../ui/age.tsx";
import { useTicking } from "../ui/clock.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { fetchView } from "./fetch-view.ts";
import { type ManagementClusters, managementKeys } from "./management-keys.ts";

const LATE_MS = 180_000;

/** How old the picture of each management cluster is. Shares its reading with the foot of the rail. */
export function WatchAges() {
  const { data } = useQuery({
    queryKey: managementKeys.key,
    queryFn: ({ signal }) => fetchView<ManagementClusters>(managementKeys.url, signal),
  });
  return (data?.items ?? []).map((cluster) => <WatchAge key={cluster.id} cluster={cluster} />);
}

function WatchAge({ cluster: { id, connected, freshAt } }: { readonly cluster: ManagementClusters["items"][number] }) {
  const t = useTranslations("uiList");
  const late = useTicking((nowMs) => (freshAt !== null && nowMs - Date.parse(freshAt) > LATE_MS ? 1 : 0)) === 1;
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusGlyph glyph={freshAt === null ? "unknown" : connected && !late ? "ok" : "attention"} size={12} />
      {id} {freshAt !== null && <Age at={freshAt} />}
      {(!connected || late) && <span>{t(connected ? "late" : "away")}</span>}
    </span>
  );
}
