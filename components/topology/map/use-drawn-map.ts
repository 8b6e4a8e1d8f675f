"use client";
import { type ComponentType, useEffect, useState } from "react";
import type { DrawnMapProps } from "./drawn-map.tsx";

type Drawing = { readonly DrawnMap: ComponentType<DrawnMapProps> | null; readonly hasFailed: boolean; readonly retry: () => void };

let loaded: ComponentType<DrawnMapProps> | null = null;

/**
 * What draws the map: most of the script of this page, which the table does not need. Asked for with the page, so that it is there when the map is laid out.
 * Not through Suspense: React holds what was suspended back for 300 ms after its fallback.
 */
export function useDrawnMap(): Drawing {
  const [DrawnMap, setDrawnMap] = useState(() => loaded);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (DrawnMap !== null || hasFailed) return;
    let isGone = false;
    import("./drawn-map.tsx").then(
      (module) => {
        loaded = module.DrawnMap;
        if (!isGone) setDrawnMap(() => loaded);
      },
      () => {
        if (!isGone) setFailed(true);
      },
    );
    return () => {
      isGone = true;
    };
  }, [DrawnMap, hasFailed]);
  return { DrawnMap, hasFailed, retry: () => setFailed(false) };
}
