"use client";
import { useTranslations } from "next-intl";
import { Status } from "../ui/status.tsx";
import { clusterName } from "./route-words.ts";
import type { Side } from "./shift-weights.ts";

/** One side with its share and the health of its targets: what a shift must look at. */
export function SideLine({
  side: { backend, seen },
  share,
  end = false,
}: {
  readonly side: Side;
  readonly share: number;
  readonly end?: boolean;
}) {
  const t = useTranslations("uiRoutes.shift");
  const path = useTranslations("uiRoutes.path");
  return (
    <div className={`flex min-w-0 items-baseline gap-2.5 text-table ${end ? "md:flex-row-reverse md:text-right" : ""}`}>
      <b className="text-[15px] tabular-nums">{t("percent", { share })}</b>
      <span className="min-w-0">
        <span className="block [overflow-wrap:anywhere]">
          {clusterName(backend.cluster)} <span className="text-muted">{backend.kubeService}</span>
        </span>
        {seen === null ? (
          <Status glyph="unknown" size="caption">
            {t("notSeen")}
          </Status>
        ) : (
          <Status glyph={seen.glyph} size="caption">
            {seen.total === 0 ? path(`group.${seen.state}`) : path("healthyOf", { healthy: seen.healthy, total: seen.total })}
          </Status>
        )}
      </span>
    </div>
  );
}
