import { type KubeObject } from "../../kube/kube-object.ts";
import { heldLabel } from "../../players/eks/held.ts";
import { type FleetCluster, type FleetPlan, type FleetRoute, type FleetVpc, namespaceOf } from "./plan-fleet.ts";

const targetsPerGroup = 3;
export const podPort = 8080;

export const groupName = (route: FleetRoute, cluster: FleetCluster) => `k8s-${namespaceOf(cluster)}-${route.name}-fleet`;

/** Addresses in the VPC's own block, a few for each group; the route's number keeps them apart. */
function podAddresses(vpc: FleetVpc, route: number): string[] {
  const [first = "10", second = "64"] = vpc.cidr.split(".");
  return Array.from({ length: targetsPerGroup }, (_, n) => `${first}.${second}.${route % 250}.${Math.floor(route / 250) * 8 + n + 10}`);
}

/** Those of one provider of a route: none where its pods are gone, and null where nobody has exported anything. */
export function exportedAddresses({ routes }: Pick<FleetPlan, "routes">, route: FleetRoute, place: number): string[] | null {
  const provider = route.providers[place];
  if (!provider || (place === 0 && route.health === "missing")) return null;
  return place === 0 && route.health === "empty" ? [] : podAddresses(provider.vpc, routes.indexOf(route));
}

/** What a route's provider clusters run: a kubeService with its pods' addresses, and the export of it. */
export function providerObjects(plan: FleetPlan, route: FleetRoute): KubeObject[] {
  return route.providers.flatMap((cluster, place): KubeObject[] => {
    const addresses = exportedAddresses(plan, route, place);
    if (addresses === null) return [];
    const { name } = route;
    const labels = { "trellis.internal/team": route.team, [heldLabel]: "true" };
    const metadata = { name, namespace: namespaceOf(cluster), labels: { ...labels, "app.kubernetes.io/name": name } };
    return [
      {
        apiVersion: "v1",
        kind: "Service",
        metadata,
        spec: { selector: { "app.kubernetes.io/name": name }, ports: [{ name: "http", port: 80, targetPort: podPort, protocol: "TCP" }] },
      },
      {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { ...metadata, labels: { ...metadata.labels, "kubernetes.io/service-name": name } },
        addressType: "IPv4",
        ports: [{ name: "http", port: podPort, protocol: "TCP" }],
        endpoints: addresses.map((address) => ({
          addresses: [address],
          conditions: { ready: true, serving: true, terminating: false },
        })),
      },
      {
        apiVersion: "application-networking.k8s.aws/v1alpha1",
        kind: "ServiceExport",
        metadata: {
          ...metadata,
          labels: {
            ...labels,
            "app.kubernetes.io/managed-by": "trellis",
            "trellis.internal/account": cluster.vpc.account.id,
            "trellis.internal/route": route.name,
          },
          annotations: { "application-networking.k8s.aws/federation": "amazon-vpc-lattice" },
        },
        spec: { exportedPorts: [{ port: 80, routeType: "HTTP" }] },
      },
    ];
  });
}
