/**
 * The name of the EKS cluster in AWS, always sent: CAPA adopts, and later deletes, an EKS cluster of the same name in the same account and
 * Region (cluster-api.md §0 fact 8). Namespace and name are unique over the installation, so this is too. At most 100 characters.
 */
export function eksNameOf(namespace: string, name: string): string {
  return `${namespace}_${name}`;
}

/** What is reserved so that no two requests make the same EKS cluster. */
export function eksNameKey(cluster: { readonly awsAccountId: string; readonly region: string; readonly eksName: string }): string {
  return `${cluster.awsAccountId}/${cluster.region}/${cluster.eksName}`;
}

/** The EKS node group, and the MachinePool and AWSManagedMachinePool behind it; at most 63 characters by the bounds of both names. */
export function poolObjectName(cluster: string, pool: string): string {
  return `${cluster}-${pool}`;
}

export function teamNamespace(team: string): string {
  return `team-${team}`;
}

/** The team of a namespace, or null outside team namespaces. */
export function teamOfNamespace(namespace: string): string | null {
  return /^team-[a-z][a-z0-9-]{0,40}$/.test(namespace) ? namespace.slice("team-".length) : null;
}
