"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useTransition } from "react";
import type { ListFilter, ListFilters } from "./list-filter.ts";

export type GoTo<View extends string, Sort extends string> = (patch: Partial<ListFilter<View, Sort>>) => void;

/** Changes what the URL says about a list; the page reads it and asks again. A change before the last one has arrived goes on from that one. */
export function useListNavigation<View extends string, Sort extends string>(
  path: string,
  filters: ListFilters<View, Sort>,
  filter: ListFilter<View, Sort>,
): GoTo<View, Sort> {
  const router = useRouter();
  const [isOnItsWay, start] = useTransition();
  const wanted = useRef(filter);
  useEffect(() => {
    if (!isOnItsWay) wanted.current = filter;
  }, [isOnItsWay, filter]);
  return useCallback(
    (patch) => {
      wanted.current = { ...wanted.current, ...patch };
      const href = `${path}${filters.toSearch(wanted.current)}`;
      start(() => router.push(href, { scroll: false }));
    },
    [router, path, filters],
  );
}
