import { teamOfNamespace } from "../clusters/eks-name.ts";
import type { RouteBackend } from "./route-input.ts";
import { shortened, withHash } from "./short-hash.ts";

const MAX_IMPORT_NAME = 63;

/** A kubeService of a tenant cluster as one text: what an export is of. */
export function exportOf({ cluster, namespace, kubeService }: Pick<RouteBackend, "cluster" | "namespace" | "kubeService">): string {
  return `${cluster}/${namespace}/${kubeService}`;
}

/** The export has the kubeService's name: there is one for each (lattice.md §1.7). */
export function exportNameOf({ kubeService }: Pick<RouteBackend, "kubeService">): string {
  return kubeService;
}

/**
 * The ServiceImport of an export: `<team>-<cluster>-<export>`, with a hash beyond 63 characters. Hyphens make two exports share that text in rare cases:
 * `heldBy` says what an existing import of this name is pinned to (as `exportOf`), and a name that another export holds gets the hash too.
 */
export function importNameOf(
  backend: Pick<RouteBackend, "cluster" | "namespace" | "kubeService">,
  heldBy: (name: string) => string | null = () => null,
): string {
  const [namespace = "", cluster = ""] = backend.cluster.split("/");
  const own = exportOf(backend);
  const text = `${teamOfNamespace(namespace) ?? namespace}-${cluster}-${exportNameOf(backend)}`;
  const plain = shortened(text, MAX_IMPORT_NAME);
  const hashed = withHash(text, own, MAX_IMPORT_NAME);
  const holder = heldBy(plain);
  // A name once given stays, also when the reason for it is gone.
  return heldBy(hashed) === own || (holder !== null && holder !== own) ? hashed : plain;
}

/** What is reserved so that no two requests publish the same kubeService. `destination` is `<management cluster>/<namespace>/<cluster>`. */
export function exportKey(destination: string, { namespace, kubeService }: Pick<RouteBackend, "namespace" | "kubeService">): string {
  return `export/${destination}/${namespace}/${kubeService}`;
}

/** The kubeServices a route uses, each once, in the order of its rules. */
export function backendsOf(rules: readonly { readonly backends: readonly RouteBackend[] }[]): readonly RouteBackend[] {
  const found = new Map<string, RouteBackend>();
  for (const backend of rules.flatMap(({ backends }) => backends)) if (!found.has(exportOf(backend))) found.set(exportOf(backend), backend);
  return [...found.values()];
}
