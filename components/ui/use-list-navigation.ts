"use client";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import type { ListFilter, ListFilters } from "./list-filter.ts";

export type GoTo<View extends string, Sort extends string> = (patch: Partial<ListFilter<View, Sort>>) => void;

/** Changes what the URL says about a list; the page reads it and asks again. */
export function useListNavigation<View extends string, Sort extends string>(
  path: string,
  filters: ListFilters<View, Sort>,
  filter: ListFilter<View, Sort>,
): GoTo<View, Sort> {
  const router = useRouter();
  return useCallback(
    (patch) => router.push(`${path}${filters.toSearch({ ...filter, ...patch })}`, { scroll: false }),
    [router, path, filters, filter],
  );
}
