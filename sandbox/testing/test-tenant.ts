import type { KubeClient } from "../kube/kube-client.ts";
import { apiVersionOf, type KubeObject, resources } from "../kube/kube-object.ts";

const { cluster, managedCluster, managedControlPlane, machinePool, managedMachinePool, roleIdentity, namespace } = resources;

/** A tenant of its own for one test. */
export async function testTenant(admin: KubeClient, name: string) {
  await admin.apply(namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "trellis.internal/tenant": "true" } } });
  const identity = `trellis-${name}-dev`;
  await admin.apply(roleIdentity, roleIdentityObject(identity, [name]));
  return {
    namespace: name,
    identity,
    /** Applies the whole graph of a cluster. */
    async applyCluster(clusterName: string, options: { identity?: string; network?: object } = {}): Promise<void> {
      for (const [resource, object] of clusterGraph(name, clusterName, { identity, ...options })) await admin.apply(resource, object);
    },
    /** Deletes as delivery does: annotation first. */
    async deleteCluster(clusterName: string): Promise<void> {
      const ref = { namespace: name, name: clusterName };
      await admin.merge(cluster, ref, { metadata: { annotations: { "trellis.internal/delete-request": "test" } } });
      await admin.delete(cluster, ref);
    },
  };
}
export type TestTenant = Awaited<ReturnType<typeof testTenant>>;

export function roleIdentityObject(
  name: string,
  namespaces: string[],
  source = { kind: "AWSClusterControllerIdentity", name: "default" },
): KubeObject {
  return {
    apiVersion: apiVersionOf(roleIdentity),
    kind: roleIdentity.kind,
    metadata: { name },
    spec: { roleARN: "arn:aws:iam::444455556666:role/trellis-capa", sourceIdentityRef: source, allowedNamespaces: { list: namespaces } },
  };
}

export function controlPlaneObject(namespace: string, name: string, spec: object): KubeObject {
  const base = { region: "ap-northeast-1", version: "v1.34", eksClusterName: `${namespace}-${name}` };
  return {
    apiVersion: apiVersionOf(managedControlPlane),
    kind: managedControlPlane.kind,
    metadata: { name, namespace },
    spec: { ...base, ...spec },
  };
}

/** The graph of one EKS cluster with one node group of two nodes. */
export function clusterGraph(namespace: string, name: string, options: { identity: string; network?: object }) {
  const metadata = (object: string) => ({ name: object, namespace, labels: { "cluster.x-k8s.io/cluster-name": name } });
  const pool = `${name}-general`;
  return [
    [
      cluster,
      {
        apiVersion: apiVersionOf(cluster),
        kind: cluster.kind,
        metadata: { name, namespace },
        spec: {
          infrastructureRef: { apiGroup: managedCluster.group, kind: managedCluster.kind, name },
          controlPlaneRef: { apiGroup: managedControlPlane.group, kind: managedControlPlane.kind, name },
        },
      },
    ],
    [managedCluster, { apiVersion: apiVersionOf(managedCluster), kind: managedCluster.kind, metadata: metadata(name), spec: {} }],
    [
      managedControlPlane,
      controlPlaneObject(namespace, name, {
        identityRef: { kind: "AWSClusterRoleIdentity", name: options.identity },
        addons: [
          { name: "vpc-cni", version: "v1.20.4-eksbuild.2" },
          { name: "coredns", version: "v1.12.4-eksbuild.1" },
        ],
        ...(options.network ? { network: options.network } : {}),
      }),
    ],
    [
      machinePool,
      {
        apiVersion: apiVersionOf(machinePool),
        kind: machinePool.kind,
        metadata: metadata(pool),
        spec: {
          clusterName: name,
          replicas: 2,
          template: {
            spec: {
              clusterName: name,
              version: "v1.34.0",
              bootstrap: { dataSecretName: "" },
              infrastructureRef: { apiGroup: managedMachinePool.group, kind: managedMachinePool.kind, name: pool },
            },
          },
        },
      },
    ],
    [
      managedMachinePool,
      {
        apiVersion: apiVersionOf(managedMachinePool),
        kind: managedMachinePool.kind,
        metadata: metadata(pool),
        spec: {
          eksNodegroupName: `${namespace}-${pool}`,
          amiType: "AL2023_x86_64_STANDARD",
          instanceType: "m7i.large",
          scaling: { minSize: 1, maxSize: 4 },
        },
      },
    ],
  ] as const;
}
