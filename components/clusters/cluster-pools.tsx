"use client";
import { Server } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "../ui/empty-state.tsx";
import { Status } from "../ui/status.tsx";
import { useJoined } from "../ui/use-joined.ts";
import type { ShownCluster } from "./cluster-data.ts";

type Pool = ShownCluster["pools"][number];

/** The node pools with what runs of what was asked for. */
export function ClusterPools({ pools }: { readonly pools: readonly Pool[] }) {
  const t = useTranslations("uiClusters.page");
  if (pools.length === 0) return <EmptyState icon={Server} title={t("noPools")} />;
  const head = "border-line border-b py-[7px] pr-3 text-left font-normal text-caption text-muted whitespace-nowrap";
  const cell = "border-line-soft border-b py-[7px] pr-3 align-top";
  return (
    <div role="region" aria-label={t("pools")} tabIndex={0} className="overflow-x-auto -outline-offset-2">
      <table className="w-full text-table">
        <thead>
          <tr>
            <th className={head}>{t("pool.name")}</th>
            <th className={head}>{t("pool.status")}</th>
            <th className={head}>{t("pool.type")}</th>
            <th className={`${head} max-md:hidden`}>{t("pool.zones")}</th>
            <th className={`${head} text-right`}>{t("pool.ready")}</th>
            <th className={`${head} pr-0 text-right max-md:hidden`}>{t("pool.bounds")}</th>
          </tr>
        </thead>
        <tbody>
          {pools.map((pool) => (
            <tr key={pool.name}>
              <td className={`${cell} font-medium`}>{pool.name}</td>
              <td className={cell}>
                <Status glyph={pool.glyph}>{pool.stateLabel}</Status>
              </td>
              <td className={cell}>
                <PoolType pool={pool} />
              </td>
              <td className={`${cell} max-md:hidden`}>
                <Zones zones={pool.zones} />
              </td>
              <td className={`${cell} text-right tabular-nums`}>{t("readyOf", { ready: pool.ready, desired: pool.desired })}</td>
              <td className={`${cell} pr-0 text-right text-muted tabular-nums max-md:hidden`}>
                {pool.min !== null && pool.max !== null && t("bounds", { min: pool.min, max: pool.max })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PoolType({ pool }: { readonly pool: Pool }) {
  const t = useTranslations("uiClusters.page.capacity");
  const joined = useJoined();
  const capacity = pool.capacityType === "spot" || pool.capacityType === "onDemand" ? t(pool.capacityType) : pool.capacityType;
  return joined([pool.instanceType, capacity, pool.amiType]);
}

/** `us-west-2a us-west-2b` as `2a 2b`; the whole names stand in the title. */
function Zones({ zones }: { readonly zones: readonly string[] }) {
  return <span title={zones.join(" ")}>{zones.map((zone) => zone.slice(zone.lastIndexOf("-") + 1)).join(" ")}</span>;
}
