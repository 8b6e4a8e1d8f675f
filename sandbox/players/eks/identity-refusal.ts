import type { Identity, IdentityRef } from "./eks-objects.ts";

export type IdentityLookup = (ref: IdentityRef) => Identity | null;
export type TenantNamespace = { name: string; labels: Record<string, string> };

/** Why CAPA would not work with this identity for this namespace, or null. The whole chain of sources is checked, as CAPA does. */
export function identityRefusal(ref: IdentityRef | undefined, namespace: TenantNamespace, find: IdentityLookup): string | null {
  const seen = new Set<string>();
  let next: IdentityRef | undefined = ref ?? { kind: "AWSClusterControllerIdentity", name: "default" };
  while (next) {
    const name = `${next.kind} ${next.name}`;
    if (seen.has(name)) return `${name} is its own source`;
    seen.add(name);
    const identity = find(next);
    if (!identity) return `${name} does not exist`;
    if (!isAllowed(identity, namespace)) return `${name} does not allow namespace ${namespace.name}`;
    next = next.kind === "AWSClusterRoleIdentity" ? identity.spec.sourceIdentityRef : undefined;
  }
  return null;
}

/** Absent means nobody, empty means everybody, else the list or a selector; an empty selector matches nothing. */
function isAllowed(identity: Identity, namespace: TenantNamespace): boolean {
  const allowed = identity.spec.allowedNamespaces;
  if (!allowed) return false;
  const labels = Object.entries(allowed.selector?.matchLabels ?? {});
  const expressions = allowed.selector?.matchExpressions ?? [];
  const hasSelector = labels.length + expressions.length > 0;
  if (!allowed.list && !hasSelector) return true;
  if (allowed.list?.includes(namespace.name)) return true;
  if (!hasSelector) return false;
  return labels.every(([key, value]) => namespace.labels[key] === value) && expressions.every((one) => matches(one, namespace.labels));
}

function matches(one: { key: string; operator: string; values?: string[] | undefined }, labels: Record<string, string>): boolean {
  const value = labels[one.key];
  switch (one.operator) {
    case "In":
      return value !== undefined && (one.values ?? []).includes(value);
    case "NotIn":
      return value === undefined || !(one.values ?? []).includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}
