export const ROUTE_TABS = ["overview", "mapping", "versions", "activity", "yaml"] as const;
export type RouteTab = (typeof ROUTE_TABS)[number];

/** Reads `?tab=`; what is unknown is the overview. */
export function readRouteTab(value: string | readonly string[] | undefined): RouteTab {
  return ROUTE_TABS.find((tab) => tab === value) ?? "overview";
}
