"use client";
import { useTranslations } from "next-intl";
import { useJoined } from "../ui/use-joined.ts";
import type { ShownRule } from "./route-data.ts";

/** What a rule looks at, short enough for a box: the path or method of a service, then the rest. */
export function useMatchWords(match: ShownRule["match"]): { readonly main: string; readonly rest: string } {
  const t = useTranslations("uiRoutes.match");
  const joined = useJoined();
  const headers = match.headers.map(({ name, value }) => `${name} = ${value}`);
  if (match.grpc !== undefined) {
    const { service, method } = match.grpc;
    return { main: method === undefined ? service : `${service}/${method}`, rest: joined([t("grpc"), ...headers]) };
  }
  const rest = [match.method ?? t("anyMethod"), ...(match.path === undefined ? [] : [t(match.path.type)]), ...headers];
  return { main: match.path?.value ?? t("anyPath"), rest: joined(rest) };
}

/** The last part of `mgmt/team-payments/checkout`. */
export function clusterName(cluster: string | null): string {
  return cluster?.slice(cluster.lastIndexOf("/") + 1) ?? "–";
}

/** A long DNS name in lines: its own label, then the zone. */
export function domainParts(domain: string): readonly string[] {
  const found = /^([^.]+)(\.[^.]+\.vpc-lattice-svcs)(\..+)$/.exec(domain);
  return found === null ? [domain] : found.slice(1);
}
