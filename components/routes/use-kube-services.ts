"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { KubeServiceView } from "../../lib/domain/routes/route-view.ts";
import { apiPaths } from "../../lib/paths.ts";
import { fetchView } from "../live/fetch-view.ts";
import type { Items } from "../live/query-keys.ts";

const AGAIN_MS = 15_000;

/** What runs in a cluster now, read from that cluster while the form is open. */
export function useKubeServices(cluster: string): UseQueryResult<Pick<Items<KubeServiceView>, "items">> {
  const [namespace = "", name = ""] = cluster.split("/");
  return useQuery({
    queryKey: ["kube-services", cluster],
    enabled: name !== "",
    queryFn: ({ signal }) => fetchView<Items<KubeServiceView>>(apiPaths.clusterKubeServices(namespace, name), signal),
    refetchInterval: AGAIN_MS,
    staleTime: AGAIN_MS,
    gcTime: 60_000,
    retry: false,
  });
}
