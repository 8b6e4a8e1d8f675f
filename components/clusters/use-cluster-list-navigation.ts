"use client";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { paths } from "../../lib/paths.ts";
import { type ClusterListFilter, toClusterListSearch } from "./cluster-list-filter.ts";

export type GoTo = (patch: Partial<ClusterListFilter>) => void;

/** Changes what the URL says about the list; the page reads it and asks again. */
export function useClusterListNavigation(filter: ClusterListFilter): GoTo {
  const router = useRouter();
  return useCallback(
    (patch) => router.push(`${paths.clusters()}${toClusterListSearch({ ...filter, ...patch })}`, { scroll: false }),
    [router, filter],
  );
}
