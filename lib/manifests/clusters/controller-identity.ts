import type { KubeObject } from "../../domain/requests/plan.ts";
import { listAt, recordAt, textMapAt, valueAt } from "../safe-read.ts";

const TENANT_LABEL = "trellis.internal/tenant";

/**
 * Is `AWSClusterControllerIdentity/default` as the installation demands: open to namespaces labelled as tenants and to no others? `everybody` is
 * what CAPA makes by itself (cluster-api.md §5). Null when it is right.
 */
export function controllerIdentityProblem(identity: KubeObject | null): "missing" | "everybody" | "other" | null {
  if (identity === null) return "missing";
  const allowed = valueAt(identity, "spec", "allowedNamespaces");
  if (allowed === undefined || allowed === null) return "other";
  const list = listAt(allowed, "list");
  const labels = textMapAt(allowed, "selector", "matchLabels");
  const expressions = listAt(allowed, "selector", "matchExpressions");
  if (list.length === 0 && Object.keys(recordAt(allowed, "selector")).length === 0) return "everybody";
  const isExact = list.length === 0 && expressions.length === 0 && labels[TENANT_LABEL] === "true" && Object.keys(labels).length === 1;
  return isExact ? null : "other";
}
