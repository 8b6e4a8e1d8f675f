"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { paths } from "../../lib/paths.ts";
import { fetchView, ViewError } from "./fetch-view.ts";
import { useLiveRegistry } from "./live-provider.tsx";
import type { LiveQuery } from "./live-query.ts";

/** A view that stays current: from the page's own data at first, then by pushes. Reads its REST door when it must. While it is not enabled it waits for nothing and asks for nothing. */
export function useLiveQuery<View>(query: LiveQuery<View>, { enabled = true }: { readonly enabled?: boolean } = {}): UseQueryResult<View> {
  const registry = useLiveRegistry();
  const id = JSON.stringify(query.key);
  const bind = useEffectEvent(() => registry?.bind(query));
  useEffect(() => (enabled ? bind() : undefined), [registry, id, enabled]);
  return useQuery({ queryKey: query.key, queryFn: ({ signal }) => readOrSignIn<View>(query.url, signal), enabled });
}

async function readOrSignIn<View>(url: string, signal: AbortSignal): Promise<View> {
  try {
    return await fetchView<View>(url, signal);
  } catch (error) {
    if (error instanceof ViewError && error.status === 401) location.assign(paths.signIn({ next: location.pathname + location.search }));
    throw error;
  }
}
