/** Paths of a cluster's request that have a field of their own in the form. */
export const PLACED_FIELDS =
  /^(?:team|blueprint|name|account|purpose|description|visibility|kubernetesVersion|endpointAccess|publicCidrs|network|network\.(?:cidr|vpcId|subnetIds)|pools|pools\.\d+\.(?:name|instanceType|capacityType|min|max|desired|diskSizeGiB)|advice\.\w+)(?:\.\d+)?$/;
