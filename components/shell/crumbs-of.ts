import { paths, SETTINGS_SECTIONS } from "../../lib/paths.ts";

/** `label` is a key of `uiShell.crumb`; `text` is a name that is shown as it is. */
export type Crumb = { readonly label: string; readonly href: string | null } | { readonly text: string; readonly href: string | null };

/** Where a page stands, from its address alone. Names in the address are somebody's input: they are shown, never trusted. */
export function crumbsOf(pathname: string, search: Pick<URLSearchParams, "has"> = new URLSearchParams()): readonly Crumb[] {
  const [area = "", first, second, third] = pathname.split("/").slice(1).map(decode);
  if (area === "") return [{ label: "home", href: null }];
  if (area === "clusters" && first === "new")
    return [
      { label: "clusters", href: paths.clusters() },
      { label: "newCluster", href: null },
    ];
  if (area === "clusters" && first !== undefined && second !== undefined)
    return [...teamOf(first), { label: "clusters", href: paths.clusters() }, { text: second, href: null }];
  if (area === "routes" && first === "new") return [routes(), { label: "newRoute", href: null }];
  if (area === "routes" && first !== undefined && second !== undefined)
    return third === "change"
      ? [...teamOf(first), routes(), { text: second, href: paths.route(first, second) }, { label: "changeRoute", href: null }]
      : [...teamOf(first), routes(), { text: second, href: null }];
  if (area === "directory" && first !== undefined && second !== undefined)
    return [...teamOf(first), { label: "directory", href: paths.directory() }, { text: second, href: null }];
  if (area === "requests" && first !== undefined)
    return [
      { label: "requests", href: paths.requests() },
      { text: first, href: null },
    ];
  if (area === "topology" && first === "reach") return reachCrumbs(search);
  const section = SETTINGS_SECTIONS.find((name) => name === first);
  if (area === "settings" && section !== undefined)
    return [
      { label: "settings", href: paths.settings() },
      { label: section, href: null },
    ];
  if (["clusters", "routes", "directory", "requests", "topology", "approvals", "audit", "settings"].includes(area))
    return [{ label: area, href: null }];
  return [{ label: "notFound", href: null }];
}

/** Pages whose lists follow the chosen team. */
export function isOfScope(pathname: string): boolean {
  return pathname === "/clusters" || pathname === "/routes" || pathname === "/requests";
}

function reachCrumbs(search: Pick<URLSearchParams, "has">): readonly Crumb[] {
  const topology: Crumb = { label: "topology", href: paths.topology() };
  if (!search.has("network")) return [topology, { label: "reach", href: null }];
  return [topology, { label: "reach", href: paths.reach() }, { label: "matrix", href: null }];
}

function routes(): Crumb {
  return { label: "routes", href: paths.routes() };
}

function teamOf(namespace: string): readonly Crumb[] {
  return namespace.startsWith("team-") ? [{ text: namespace.slice("team-".length), href: null }] : [];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
