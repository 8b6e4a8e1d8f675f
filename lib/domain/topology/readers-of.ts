type Owned = { readonly managed: boolean; readonly visibility: "team" | "organisation"; readonly team: string | null };

/** Teams that may know of it by name; null: the whole organisation. Callers are part of what the organisation may see of a route; of any other they are its owner's alone. */
export function readersOf({ managed, visibility, team }: Owned): string[] | null {
  if (managed && visibility === "organisation") return null;
  return team === null ? [] : [team];
}
