import type { KubeObject } from "../../domain/requests/plan.ts";
import { IMPORTS, MANAGED_BY, TRELLIS } from "../keys.ts";

/**
 * `Namespace` (core/v1) on the management cluster, named like the exports' namespace, because an import resolves only there (lattice.md §1.8). The platform's: no team
 * has rights in it, several teams' imports may share it, and it is never deleted with a route.
 */
export function buildImportNamespace(name: string): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { [MANAGED_BY]: TRELLIS, [IMPORTS]: "true" } } };
}
