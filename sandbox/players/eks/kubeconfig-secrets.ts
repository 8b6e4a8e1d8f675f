import { stringify } from "yaml";
import { z } from "zod";
import type { WorkloadServer } from "../../cluster/workload-pool.ts";
import { apiVersionOf, resourcePath, resources } from "../../kube/kube-object.ts";
import type { ControlPlane } from "./eks-objects.ts";
import type { EksWorld } from "./eks-world.ts";

export const tokenSeconds = 900;
const tokenRefreshMs = 5 * 60_000;
const refreshedAt = new Map<string, number>();
const TokenAnswer = z.looseObject({ status: z.looseObject({ token: z.string() }) });

/** What CAPA writes for Cluster API: a kubeconfig with an embedded token of a quarter of an hour, rewritten long before it ends. */
export async function writeKubeconfigSecret(
  world: EksWorld,
  controlPlane: ControlPlane,
  clusterName: string,
  server: WorkloadServer,
): Promise<void> {
  const token = await shortToken(server, "capa-controller");
  const name = controlPlane.spec.eksClusterName ?? controlPlane.metadata.name;
  const data = {
    value: kubeconfig(world, name, server, `${name}-capi-admin`, { token }),
    relative: kubeconfig(world, name, server, `${name}-capi-admin`, { tokenFile: "./token-file" }),
    "token-file": token,
  };
  await writeSecret(world, controlPlane, clusterName, `${clusterName}-kubeconfig`, data);
}

/** Rewrites it when its token is a third through. */
export async function freshKubeconfig(world: EksWorld, controlPlane: ControlPlane, clusterName: string, slot: number): Promise<void> {
  const uid = controlPlane.metadata.uid ?? "";
  if (world.now().getTime() - (refreshedAt.get(uid) ?? 0) <= tokenRefreshMs) return;
  await writeKubeconfigSecret(world, controlPlane, clusterName, await world.pool.server(slot));
  refreshedAt.set(uid, world.now().getTime());
}

/** What CAPA writes for people: no secret inside, written once and never refreshed. */
export async function writeUserKubeconfigSecret(
  world: EksWorld,
  controlPlane: ControlPlane,
  clusterName: string,
  server: WorkloadServer,
): Promise<void> {
  const ref = { namespace: controlPlane.metadata.namespace, name: `${clusterName}-user-kubeconfig` };
  if (await world.client.find(resources.secret, ref)) return;
  const name = controlPlane.spec.eksClusterName ?? controlPlane.metadata.name;
  const plugin =
    controlPlane.spec.tokenMethod === "aws-cli"
      ? { command: "aws", args: ["eks", "get-token", "--cluster-name", name] }
      : { command: "aws-iam-authenticator", args: ["token", "-i", name] };
  const value = kubeconfig(world, name, server, `${name}-user`, {
    exec: { apiVersion: "client.authentication.k8s.io/v1beta1", ...plugin },
  });
  await writeSecret(world, controlPlane, clusterName, ref.name, { value });
}

/** A real token of the workload API server that ends by itself, for a service account that may do everything there. */
export async function shortToken(server: WorkloadServer, account: string): Promise<string> {
  const ref = { namespace: "kube-system", name: account };
  await server.client.apply(resources.serviceAccount, { apiVersion: "v1", kind: "ServiceAccount", metadata: ref });
  await server.client.apply(resources.clusterRoleBinding, {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: account },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", ...ref }],
  });
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: tokenSeconds } };
  const answer = await server.client.call("POST", `${resourcePath(resources.serviceAccount, ref)}/token`, { body: request });
  return TokenAnswer.parse(answer).status.token;
}

async function writeSecret(
  world: EksWorld,
  controlPlane: ControlPlane,
  clusterName: string,
  name: string,
  stringData: Record<string, string>,
): Promise<void> {
  const owner = {
    apiVersion: apiVersionOf(resources.managedControlPlane),
    kind: resources.managedControlPlane.kind,
    name: controlPlane.metadata.name,
    uid: controlPlane.metadata.uid ?? "",
    controller: true,
    blockOwnerDeletion: true,
  };
  const data = Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, Buffer.from(value).toString("base64")]));
  await world.client.apply(resources.secret, {
    apiVersion: "v1",
    kind: "Secret",
    type: "cluster.x-k8s.io/secret",
    metadata: {
      name,
      namespace: controlPlane.metadata.namespace,
      labels: { "cluster.x-k8s.io/cluster-name": clusterName },
      ownerReferences: [owner],
    },
    data,
  });
}

function kubeconfig(world: EksWorld, name: string, server: WorkloadServer, user: string, credentials: object): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: { server: `https://127.0.0.1:${server.port}`, "certificate-authority-data": Buffer.from(world.ca).toString("base64") },
      },
    ],
    contexts: [{ name: `${user}@${name}`, context: { cluster: name, user } }],
    "current-context": `${user}@${name}`,
    users: [{ name: user, user: credentials }],
  });
}
