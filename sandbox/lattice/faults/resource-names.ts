import type { RegionStore } from "../store/region-store.ts";

/** The names of the services, networks and target groups that stand in a call's arguments by id or ARN, and the names it gives itself. */
export function resourceNames(store: RegionStore, callArguments: Readonly<Record<string, unknown>>): readonly string[] {
  const text = JSON.stringify(callArguments);
  const known = [...new Set(text.match(/\b(?:svc|sn|tg)-[0-9a-z]{17}\b/g) ?? [])].map((id) => {
    const found = store.services.find(id) ?? store.networks.find(id) ?? store.targetGroups.find(id);
    return found?.name ?? id;
  });
  return typeof callArguments.name === "string" ? [...known, callArguments.name] : known;
}
