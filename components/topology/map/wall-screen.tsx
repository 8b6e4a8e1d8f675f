"use client";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { queryKeys } from "../../live/query-keys.ts";
import { useLiveQuery } from "../../live/use-live-query.ts";
import { inputQuery, readAddress } from "./map-address.ts";

const WallMap = dynamic(() => import("./wall-map.tsx").then((module) => module.WallMap), { ssr: false });

/** The wall for a screen that nobody is signed in to: there is no way back from it, and nothing else to read. */
export function WallScreen() {
  const params = useSearchParams();
  const query = useMemo(() => inputQuery(readAddress(Object.fromEntries(params)).input), [params]);
  const { data } = useLiveQuery(queryKeys.topology(query));
  return data === undefined ? null : <WallMap view={data} map={JSON.stringify(query)} />;
}
