import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { LiveQuery } from "./live-query.ts";
import { createQueryClient } from "./query-client.ts";

/** One view that the page has read on the server, for the query that shows it. */
export type Entry = { readonly key: readonly unknown[]; readonly view: unknown };

export function entry<View>(query: LiveQuery<View>, view: View): Entry {
  return { key: query.key, view };
}

/** Hands what the page read on the server to the browser's cache: the first paint has data and asks for nothing. */
export function Hydrated({ entries, children }: { readonly entries: readonly Entry[]; readonly children: ReactNode }) {
  const client = createQueryClient();
  for (const { key, view } of entries) client.setQueryData(key, view);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
