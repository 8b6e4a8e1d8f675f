/**
 * Ids on the map: `<kind>/<what names it for good>`. Keys of clusters and routes are `managementCluster/namespace/name`; an account is the
 * bootstrap file's id or, outside it, the 12 digits.
 */
export const nodeId = {
  managementCluster: (id: string) => `management-cluster/${id}`,
  account: (account: string) => `account/${account}`,
  vpc: (vpcId: string) => `vpc/${vpcId}`,
  cluster: (key: string) => `cluster/${key}`,
  route: (key: string) => `route/${key}`,
  network: (account: string, name: string) => `network/${account}/${name}`,
  latticeService: (id: string) => `lattice-service/${id}`,
  targetGroup: (id: string) => `target-group/${id}`,
  /** `destination` is the cluster's key; the export's name, which is the kubeService's own in what Trellis writes. */
  kubeService: (destination: string, namespace: string, name: string) => `kube-service/${destination}/${namespace}/${name}`,
  consumer: (identity: string) => `consumer/${identity}`,
} as const;
