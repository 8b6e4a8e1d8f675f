"use client";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import type { DrawnMapProps } from "./drawn-map.tsx";
import type { MapLayout } from "./map-layout.ts";
import { MapStuck } from "./map-stuck.tsx";
import type { ShownTopology } from "./map-view.ts";
import { useDrawnMap } from "./use-drawn-map.ts";
import { useMapLayout } from "./use-map-layout.ts";

const WALL_RETRY_MS = 30_000;

type Props = Omit<DrawnMapProps, "laid"> & {
  readonly view: ShownTopology;
  /** Names filter and focus: another one is another map. */
  readonly map: string;
  /** The layout as it stands, for the export. */
  readonly onLayout?: (layout: MapLayout) => void;
  /** The table instead, where there is one: for a browser that cannot draw. */
  readonly onTable?: () => void;
};

/** The map. What draws it is loaded while it is laid out. */
export function MapCanvas({ view, map, onLayout, onTable, ...drawn }: Props) {
  const t = useTranslations("uiMap");
  const { laid, ...laying } = useMapLayout(view, map);
  const { DrawnMap, ...loading } = useDrawnMap();
  const isStuck = laying.isStuck || loading.hasFailed;
  const retry = () => {
    if (laying.isStuck) laying.retry();
    if (loading.hasFailed) loading.retry();
  };
  const layout = isStuck ? null : (laid?.layout ?? null);
  const isWall = drawn.camera !== undefined;
  const again = useEffectEvent(retry);
  // Nobody stands at a wall to press the button.
  useEffect(() => {
    if (!isStuck || !isWall) return;
    const timer = setInterval(() => again(), WALL_RETRY_MS);
    return () => clearInterval(timer);
  }, [isStuck, isWall]);
  const told = useEffectEvent((next: MapLayout) => onLayout?.(next));
  useEffect(() => {
    if (layout !== null) told(layout);
  }, [layout]);
  const isComing = (laid === null || DrawnMap === null) && !isStuck;
  return (
    <div aria-busy={isComing || undefined} className="relative size-full bg-canvas">
      {laid !== null && layout !== null && DrawnMap !== null && <DrawnMap laid={laid} {...drawn} />}
      {isStuck && <MapStuck cause={laying.isStuck ? "notLaid" : "notLoaded"} count={view.nodes.length} onRetry={retry} onTable={onTable} />}
      {isComing && <p className="appear-late p-4 text-muted text-table">{t("drawing")}</p>}
    </div>
  );
}
