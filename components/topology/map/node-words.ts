import { paths } from "../../../lib/paths.ts";
import type { ShownNode } from "./map-view.ts";

/** The page of the object that a node stands for; null when it has none. */
export function hrefOf({ kind, ref }: ShownNode): string | null {
  if (ref === null) return null;
  if (kind === "cluster") return paths.cluster(ref.namespace, ref.name);
  if (kind === "route") return paths.route(ref.namespace, ref.name);
  return kind === "lattice-service" ? paths.directoryEntry(ref.namespace, ref.name) : null;
}

/** A fact as it is read; only the kind of target has words of its own. */
export function factValue({ key, value }: ShownNode["facts"][number], targetKind: (kind: string) => string): string {
  return key === "targetKind" ? targetKind(value) : value;
}
