import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import type { CallOptions } from "./port.ts";
import { readStrictKubeconfig, type StrictKubeconfig } from "./strict-kubeconfig.ts";

const Owner = z.object({
  spec: z.object({ controlPlaneEndpoint: z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535) }) }),
});
const KubeconfigSecret = z.object({ type: z.literal("cluster.x-k8s.io/secret"), data: z.object({ value: z.base64() }) });

export type TenantReader = {
  find(ref: ObjectRef, options?: CallOptions): Promise<KubeObject | null>;
  readonly managementCluster: string;
  readonly tenantEndpointCidrs: readonly string[];
};
export type TenantName = { readonly namespace: string; readonly name: string };

/** Endpoint and CA of a tenant cluster; nothing of the credential leaves this function. Errors as `readTenantKubeconfig`. */
export async function readTenantEndpoint(
  reader: TenantReader,
  cluster: TenantName,
  options?: CallOptions,
): Promise<{ readonly server: string; readonly caData: string }> {
  const { server, caData } = await readTenantKubeconfig(reader, cluster, options);
  return { server, caData };
}

/**
 * How to reach a tenant cluster: the Cluster says where its control plane is, the Secret `<name>-kubeconfig` (cluster-api.md §6.3) must agree.
 * No text of the Secret is in an error. `NOT_FOUND` `kubernetes.objectMissing` without Cluster, `kubernetes.kubeconfigMissing` without endpoint
 * or Secret; `PRECONDITION` `kubernetes.kubeconfigRefused` when the strict reader refuses it. The answer stays inside the adapter.
 */
export async function readTenantKubeconfig(reader: TenantReader, cluster: TenantName, options?: CallOptions): Promise<StrictKubeconfig> {
  const { namespace, name } = cluster;
  const values = { cluster: reader.managementCluster, namespace, name };
  const owner = await reader.find({ apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster", namespace, name }, options);
  if (!owner) throw new PortalError("NOT_FOUND", "kubernetes.objectMissing", { ...values, kind: "Cluster" });
  const endpoint = Owner.safeParse(owner);
  if (!endpoint.success) throw new PortalError("NOT_FOUND", "kubernetes.kubeconfigMissing", values);
  const secret = await reader.find({ apiVersion: "v1", kind: "Secret", namespace, name: `${name}-kubeconfig` }, options);
  if (!secret) throw new PortalError("NOT_FOUND", "kubernetes.kubeconfigMissing", values);
  const parsed = KubeconfigSecret.safeParse(secret);
  if (!parsed.success) throw new PortalError("PRECONDITION", "kubernetes.kubeconfigRefused", { ...values, rule: "secret" });
  const { host, port } = endpoint.data.spec.controlPlaneEndpoint;
  const text = Buffer.from(parsed.data.data.value, "base64").toString("utf8");
  const read = readStrictKubeconfig(text, { controlPlane: { host, port }, allowedCidrs: reader.tenantEndpointCidrs });
  if (!read.ok) throw new PortalError("PRECONDITION", "kubernetes.kubeconfigRefused", { ...values, rule: read.rule });
  return read.kubeconfig;
}
