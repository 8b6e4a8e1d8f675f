import type { TenancyRepository } from "../../adapters/database/port.ts";
import type { ContributorReads } from "./contributors-of.ts";

/** Asks each question about the tenancy once, for the length of one list: many requests share a team, a policy and a blueprint. */
export function rememberTenancy(tenancy: TenancyRepository): ContributorReads["tenancy"] {
  const editors = new Map<string, ReturnType<TenancyRepository["listTenancyEditors"]>>();
  const blueprints = new Map<string, ReturnType<TenancyRepository["findBlueprint"]>>();
  const policies = new Map<string, ReturnType<TenancyRepository["findPolicy"]>>();
  return {
    listTenancyEditors: (team, since) => once(editors, `${team} ${since.getTime()}`, () => tenancy.listTenancyEditors(team, since)),
    findBlueprint: (id, version) => once(blueprints, `${id}@${version ?? ""}`, () => tenancy.findBlueprint(id, version)),
    findPolicy: (name) => once(policies, name, () => tenancy.findPolicy(name)),
  };
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}
