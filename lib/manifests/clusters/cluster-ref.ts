import { identityNameOf } from "../../domain/clusters/identity-name.ts";
import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import { CORE, INFRASTRUCTURE } from "../api-groups.ts";
import { isObject } from "../json-shape.ts";

/** Names the Cluster object. */
export function clusterRef(namespace: string, name: string): ObjectRef {
  return { apiVersion: CORE, kind: "Cluster", namespace, name };
}

export function namespaceRef(name: string): ObjectRef {
  return { apiVersion: "v1", kind: "Namespace", name };
}

/** Names the identity through which CAPA acts for a namespace in an account. */
export function identityRef(namespace: string, account: string): ObjectRef {
  return { apiVersion: INFRASTRUCTURE, kind: "AWSClusterRoleIdentity", name: identityNameOf(namespace, account) };
}

/** Does the identity list exactly this namespace by name? A selector or an empty object would open it to others (cluster-api.md §5). */
export function identityAllows(identity: KubeObject, namespace: string): boolean {
  const spec = isObject(identity["spec"]) ? identity["spec"] : {};
  const allowed = isObject(spec["allowedNamespaces"]) ? spec["allowedNamespaces"] : {};
  return Array.isArray(allowed["list"]) && allowed["list"].some((one) => one === namespace);
}
