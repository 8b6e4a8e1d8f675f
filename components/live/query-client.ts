import { QueryClient } from "@tanstack/react-query";
import { ViewError } from "./fetch-view.ts";

/** Data comes with the page and stays current by the stream, so nothing grows stale by time or focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 2 && error instanceof ViewError && (error.status === 0 || error.status >= 500),
        retryDelay: (attempt) => 800 * 2 ** attempt,
      },
    },
  });
}

let browserClient: QueryClient | undefined;

/** One for the life of the tab; a new one for every request on the server. */
export function queryClientOf(): QueryClient {
  if (typeof window === "undefined") return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}
