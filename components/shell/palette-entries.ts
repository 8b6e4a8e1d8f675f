"use client";
import { useQuery } from "@tanstack/react-query";
import {
  BookOpen,
  Box,
  Building2,
  FileClock,
  House,
  Layers,
  type LucideIcon,
  Map as MapIcon,
  Plus,
  Route,
  ScrollText,
  Settings2,
  Stamp,
  Waypoints,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue } from "react";
import type { ClusterRowView, Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { Localized } from "../../lib/domain/message.ts";
import type { RequestRowView } from "../../lib/domain/requests/request-view.ts";
import type { RouteRowView } from "../../lib/domain/routes/route-view.ts";
import type { DirectoryRow } from "../../lib/domain/topology/directory-view.ts";
import { apiPaths, paths } from "../../lib/paths.ts";
import { fetchView } from "../live/fetch-view.ts";
import type { Items } from "../live/query-keys.ts";
import { isPlatformAdmin, mayDecide, maySubmit, type ShellPerson } from "./shell-data.ts";

export type PaletteEntry = {
  readonly id: string;
  readonly group: "clusters" | "routes" | "directory" | "requests" | "do" | "go";
  readonly title: string;
  readonly note: string | null;
  readonly glyph: Glyph | null;
  readonly icon: LucideIcon;
  readonly href: string;
};

const MOST = 6;

/** What a text may mean: clusters and requests by the portal's own search, then actions and pages. */
export function usePaletteEntries(
  text: string,
  person: ShellPerson,
): { readonly entries: readonly PaletteEntry[]; readonly asking: boolean } {
  const t = useTranslations("uiShell");
  const q = useDeferredValue(text.trim());
  const options = { staleTime: 10_000, gcTime: 30_000 };
  const clusters = useQuery({
    ...options,
    queryKey: ["palette", "clusters", q],
    queryFn: ({ signal }) => fetchView<Items<ClusterRowView>>(apiPaths.clusters({ q, limit: MOST }), signal),
  });
  const routes = useQuery({
    ...options,
    queryKey: ["palette", "routes", q],
    queryFn: ({ signal }) => fetchView<Items<RouteRowView>>(apiPaths.routes({ q, limit: MOST }), signal),
  });
  const services = useQuery({
    ...options,
    queryKey: ["palette", "directory", q],
    queryFn: ({ signal }) => fetchView<Items<DirectoryRow>>(apiPaths.directory({ q, limit: MOST }), signal),
    // Without a word the routes above would stand there twice.
    enabled: q !== "",
  });
  const requests = useQuery({
    ...options,
    queryKey: ["palette", "requests"],
    queryFn: ({ signal }) => fetchView<Items<RequestRowView>>(apiPaths.requests({ limit: 50 }), signal),
  });
  const actions: PaletteEntry[] = [
    ...(maySubmit(person)
      ? [
          { id: "new", group: "do" as const, title: t("keys.newCluster"), note: null, glyph: null, icon: Plus, href: paths.newCluster() },
          { id: "new-route", group: "do" as const, title: t("keys.newRoute"), note: null, glyph: null, icon: Plus, href: paths.newRoute() },
        ]
      : []),
    { id: "reach", group: "do", title: t("keys.reach"), note: null, glyph: null, icon: Waypoints, href: paths.reach() },
    ...pagesOf(person).map(({ name, icon, href }) => ({
      id: `go-${name}`,
      group: "go" as const,
      title: t(`nav.${name}`),
      note: null,
      glyph: null,
      icon,
      href,
    })),
  ];
  const wanted = q.toLowerCase();
  return {
    entries: [
      ...(clusters.data?.items ?? []).slice(0, MOST).map((row) => toEntry(row, "clusters")),
      ...(routes.data?.items ?? []).slice(0, MOST).map((row) => toEntry(row, "routes")),
      ...(q === "" ? [] : (services.data?.items ?? [])).slice(0, MOST).map((row) => toEntry(row, "directory")),
      ...(requests.data?.items ?? [])
        .filter(({ id, title, target }) => wanted !== "" && `${id} ${title} ${target.name}`.toLowerCase().includes(wanted))
        .slice(0, MOST)
        .map(toRequestEntry),
      ...actions.filter(({ title }) => title.toLowerCase().includes(wanted)),
    ],
    asking: clusters.isFetching && clusters.data === undefined,
  };
}

type Thing = Pick<Localized<ClusterRowView | RouteRowView | DirectoryRow>, "key" | "namespace" | "name" | "team" | "sentence" | "glyph">;

const PLACES = {
  clusters: { icon: Box, hrefOf: paths.cluster },
  routes: { icon: Route, hrefOf: paths.route },
  directory: { icon: BookOpen, hrefOf: paths.directoryEntry },
} as const;

function toEntry(row: Thing, group: keyof typeof PLACES): PaletteEntry {
  const { icon, hrefOf } = PLACES[group];
  return {
    id: `${group} ${row.key}`,
    group,
    title: row.name,
    note: [row.team, row.sentence].filter(Boolean).join(" · "),
    glyph: row.glyph,
    icon,
    href: hrefOf(row.namespace, row.name),
  };
}

function toRequestEntry(row: Localized<RequestRowView>): PaletteEntry {
  return { id: row.id, group: "requests", title: row.id, note: row.title, glyph: null, icon: FileClock, href: paths.request(row.id) };
}

function pagesOf(person: ShellPerson): readonly { readonly name: string; readonly icon: LucideIcon; readonly href: string }[] {
  const member = isPlatformAdmin(person) || person.teams.length > 0;
  return [
    { name: "home", icon: House, href: paths.home() },
    { name: "clusters", icon: Box, href: paths.clusters() },
    { name: "routes", icon: Route, href: paths.routes() },
    { name: "requests", icon: FileClock, href: paths.requests() },
    { name: "directory", icon: BookOpen, href: paths.directory() },
    { name: "topology", icon: MapIcon, href: paths.topology() },
    ...(mayDecide(person) ? [{ name: "approvals", icon: Stamp, href: paths.approvals() }] : []),
    ...(member
      ? [
          { name: "blueprints", icon: Layers, href: paths.settings("blueprints") },
          { name: "accounts", icon: Building2, href: paths.settings("accounts") },
          { name: "settings", icon: Settings2, href: paths.settings() },
        ]
      : []),
    ...(isPlatformAdmin(person) ? [{ name: "audit", icon: ScrollText, href: paths.audit() }] : []),
  ];
}
