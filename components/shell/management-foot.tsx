"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { fetchView } from "../live/fetch-view.ts";
import { type ManagementClusters, managementKeys } from "../live/management-keys.ts";
import { useTicking } from "../ui/clock.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { ageParts } from "../ui/time-parts.ts";

const EVERY_MS = 15_000;
const LATE_MS = 180_000;

/** Each management cluster with how old its picture is. */
export function ManagementFoot() {
  const { data } = useQuery({
    queryKey: managementKeys.key,
    queryFn: ({ signal }) => fetchView<ManagementClusters>(managementKeys.url, signal),
    refetchInterval: EVERY_MS,
  });
  return (
    <ul className="grid">
      {(data?.items ?? []).map((cluster) => (
        <ManagementCluster key={cluster.id} cluster={cluster} />
      ))}
    </ul>
  );
}

function ManagementCluster({ cluster: { id, connected, freshAt } }: { readonly cluster: ManagementClusters["items"][number] }) {
  const t = useTranslations("uiShell.management");
  const ageMs = useTicking((nowMs) => (freshAt === null ? -1 : Math.max(0, Math.floor((nowMs - Date.parse(freshAt)) / 1000) * 1000)));
  const state = freshAt === null ? "never" : connected && ageMs < LATE_MS ? "connected" : "stale";
  const { unit, value } = ageParts(ageMs);
  return (
    <li className="flex items-start gap-[9px] px-2 py-1.5">
      <StatusGlyph glyph={state === "connected" ? "ok" : state === "stale" ? "attention" : "unknown"} className="mt-[3px] ml-px" />
      <span className="grid min-w-0">
        <b className="truncate">{id}</b>
        <small className="text-caption text-muted tabular-nums">{t(state, { age: t(`age.${unit}`, { value }) })}</small>
      </span>
    </li>
  );
}
