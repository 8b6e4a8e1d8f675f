import { teamNamespace } from "../../domain/clusters/eks-name.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { MANAGED_BY, TEAM, TRELLIS } from "../keys.ts";
import { KUBECONFIG_ROLE } from "./tenancy-keys.ts";

const RBAC = "rbac.authorization.k8s.io";

/** `RoleBinding` (rbac/v1): the portal's own user may read `<cluster>-kubeconfig` by name in this namespace, and no Secret elsewhere (issue 3 §5). */
export function buildKubeconfigBinding(team: string, portalUser: string): KubeObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata: { namespace: teamNamespace(team), name: KUBECONFIG_ROLE, labels: { [MANAGED_BY]: TRELLIS, [TEAM]: team } },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: KUBECONFIG_ROLE },
    subjects: [subjectOf(portalUser)],
  };
}

// In a cluster the portal is a service account; its user name says which (Kubernetes docs, "Authenticating").
function subjectOf(user: string) {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  if (namespace !== undefined && name !== undefined) return { kind: "ServiceAccount", namespace, name };
  return { apiGroup: RBAC, kind: "User", name: user };
}
