import type { KubeObject } from "../../domain/requests/plan.ts";
import { textAt } from "../safe-read.ts";

/** What a policy is about. An AccessLogPolicy's namespace defaults to the word `default`, not to its own (lattice.md §1.11). */
export type PolicyTarget = { readonly kind: string; readonly namespace: string; readonly name: string };

export function readPolicyTarget(object: KubeObject, defaultNamespace: string): PolicyTarget | null {
  const kind = textAt(object, "spec", "targetRef", "kind");
  const name = textAt(object, "spec", "targetRef", "name");
  if (kind === null || name === null) return null;
  return { kind, namespace: textAt(object, "spec", "targetRef", "namespace") ?? defaultNamespace, name };
}
