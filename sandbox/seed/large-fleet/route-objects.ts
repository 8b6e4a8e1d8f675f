import type { KubeObject } from "../../kube/kube-object.ts";
import { heldLabel } from "../../players/eks/held.ts";
import { type FleetCluster, type FleetRoute, homeAccount, namespaceOf } from "./plan-fleet.ts";

const lattice = { group: "application-networking.k8s.aws", api: "application-networking.k8s.aws/v1alpha1" };
const gateway = { group: "gateway.networking.k8s.io", api: "gateway.networking.k8s.io/v1" };
const key = (name: string) => `${lattice.group}/${name}`;

export const eksNameOf = (cluster: FleetCluster) => `team-${cluster.team}_${cluster.name}`;
const importName = (route: FleetRoute, cluster: FleetCluster) => `${cluster.team}-${cluster.name}-${route.name}`;

/** What a route leaves on the management cluster, as the portal renders it; its ServiceExports stand in the providing clusters. */
export function routeObjects(route: FleetRoute): KubeObject[] {
  const { team, name } = route;
  const namespace = `team-${team}`;
  const labels = {
    "app.kubernetes.io/managed-by": "trellis",
    "trellis.internal/team": team,
    "trellis.internal/account": homeAccount.id,
    "trellis.internal/route": name,
    [heldLabel]: "true",
  };
  return [
    ...route.providers.flatMap((cluster): KubeObject[] => [
      {
        apiVersion: gateway.api,
        kind: "ReferenceGrant",
        metadata: { name: importName(route, cluster), namespace: namespaceOf(cluster), labels },
        spec: {
          from: [{ group: gateway.group, kind: "HTTPRoute", namespace }],
          to: [{ group: lattice.group, kind: "ServiceImport", name: importName(route, cluster) }],
        },
      },
      {
        apiVersion: lattice.api,
        kind: "ServiceImport",
        metadata: {
          name: importName(route, cluster),
          namespace: namespaceOf(cluster),
          labels,
          annotations: {
            [key("export-name")]: name,
            [key("aws-eks-cluster-name")]: eksNameOf(cluster),
            [key("aws-vpc")]: cluster.vpc.id,
          },
        },
        spec: { type: "ClusterSetIP", ports: [{ port: 80, protocol: "TCP" }] },
      },
    ]),
    ...(route.caller ? [policyObject(route, route.caller, labels)] : []),
    {
      apiVersion: gateway.api,
      kind: "HTTPRoute",
      metadata: {
        name,
        namespace,
        labels,
        annotations: {
          [key("service-name-override")]: `${team}-${name}`,
          [key("tags")]: `team=${team},route=${namespace}/${name}`,
          "trellis.internal/visibility": route.visibility,
          "trellis.internal/description": `${name} of ${team}, in ${route.network}`,
          ...(route.caller ? { "trellis.internal/callers": callersText(route.caller) } : {}),
        },
      },
      spec: {
        parentRefs: [{ group: gateway.group, kind: "Gateway", namespace: "lattice", name: route.network, sectionName: "http" }],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/" } }],
            backendRefs: route.providers.map((cluster, place) => ({
              group: lattice.group,
              kind: "ServiceImport",
              namespace: namespaceOf(cluster),
              name: importName(route, cluster),
              weight: route.providers.length === 1 ? 1 : place === 0 ? 90 : 10,
            })),
          },
        ],
      },
    },
  ];
}

const roleOf = (caller: FleetCluster) => `arn:aws:iam::${caller.vpc.account.number}:role/${caller.team}-${caller.name}`;

/** Keys in the order of the alphabet, as the portal writes them. */
function callersText(caller: FleetCluster): string {
  const cluster = { cluster: `team-${caller.team}/${caller.name}`, type: "cluster" };
  return JSON.stringify([
    { methods: ["GET"], name: "reader", paths: ["/v1/*"], principal: { roleArn: roleOf(caller), type: "role" }, team: caller.team },
    { methods: [], name: caller.name, paths: [], principal: cluster, team: caller.team },
  ]);
}

function policyObject(route: FleetRoute, caller: FleetCluster, labels: Record<string, string>): KubeObject {
  const invoke = { Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*" };
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { ...invoke, Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": caller.vpc.id } } },
      {
        ...invoke,
        Principal: { AWS: roleOf(caller) },
        Resource: "arn:aws:vpc-lattice:*:*:service/svc-?????????????????/v1/*",
        Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
      },
    ],
  };
  return {
    apiVersion: lattice.api,
    kind: "IAMAuthPolicy",
    metadata: { name: `${route.name}-allow`, namespace: `team-${route.team}`, labels },
    spec: { policy: JSON.stringify(policy), targetRef: { group: gateway.group, kind: "HTTPRoute", name: route.name } },
  };
}
