/** Dots divide message keys, so kinds are written with an underscore there. */
export function kindKey(kind: string): "cluster_create" | "cluster_delete" | "tenancy_bootstrap" | "other" {
  if (kind === "cluster.create") return "cluster_create";
  if (kind === "cluster.delete") return "cluster_delete";
  return kind === "tenancy.bootstrap" ? "tenancy_bootstrap" : "other";
}
