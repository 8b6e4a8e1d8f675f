const KINDS = {
  "cluster.create": "cluster_create",
  "cluster.delete": "cluster_delete",
  "route.create": "route_create",
  "route.change": "route_change",
  "route.delete": "route_delete",
  "tenancy.bootstrap": "tenancy_bootstrap",
} as const;

/** Dots divide message keys, so kinds are written with an underscore there. */
export function kindKey(kind: string): (typeof KINDS)[keyof typeof KINDS] | "other" {
  return Object.hasOwn(KINDS, kind) ? KINDS[asKnown(kind)] : "other";
}

// Called only with a member of KINDS.
function asKnown(kind: string): keyof typeof KINDS {
  return kind as keyof typeof KINDS;
}
