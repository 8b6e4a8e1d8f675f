"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useTransition } from "react";
import type { ListFilter, ListFilters } from "./list-filter.ts";

type Change<View extends string, Sort extends string> = Partial<ListFilter<View, Sort>>;

/** Takes what becomes another thing, or makes it of what is wanted so far. */
export type GoTo<View extends string, Sort extends string> = (
  change: Change<View, Sort> | ((wanted: ListFilter<View, Sort>) => Change<View, Sort>),
) => void;

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
    (change) => {
      wanted.current = { ...wanted.current, ...(typeof change === "function" ? change(wanted.current) : change) };
      const href = `${path}${filters.toSearch(wanted.current)}`;
      start(() => router.push(href, { scroll: false }));
    },
    [router, path, filters],
  );
}
