import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import type { CallOptions } from "./port.ts";
import { readStrictKubeconfig } from "./strict-kubeconfig.ts";

const Owner = z.object({
  spec: z.object({ controlPlaneEndpoint: z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535) }) }),
});
const KubeconfigSecret = z.object({ type: z.literal("cluster.x-k8s.io/secret"), data: z.object({ value: z.base64() }) });

type Reader = {
  find(ref: ObjectRef, options?: CallOptions): Promise<KubeObject | null>;
  readonly managementCluster: string;
  readonly tenantEndpointCidrs: readonly string[];
};

/**
 * Endpoint and CA of a tenant cluster: the Cluster says where its control plane is, the Secret `<name>-kubeconfig` (cluster-api.md §6.3) must agree.
 * Nothing of the credential leaves this function, nor any text of the Secret in an error.
 */
export async function readTenantEndpoint(
  reader: Reader,
  cluster: { readonly namespace: string; readonly name: string },
  options?: CallOptions,
): Promise<{ readonly server: string; readonly caData: string }> {
  const values = { cluster: reader.managementCluster, ...cluster };
  const owner = await reader.find({ apiVersion: "cluster.x-k8s.io/v1beta2", kind: "Cluster", ...cluster }, options);
  if (!owner) throw new PortalError("NOT_FOUND", "kubernetes.objectMissing", { ...values, kind: "Cluster" });
  const endpoint = Owner.safeParse(owner);
  if (!endpoint.success) throw new PortalError("NOT_FOUND", "kubernetes.kubeconfigMissing", values);
  const secret = await reader.find(
    { apiVersion: "v1", kind: "Secret", namespace: cluster.namespace, name: `${cluster.name}-kubeconfig` },
    options,
  );
  if (!secret) throw new PortalError("NOT_FOUND", "kubernetes.kubeconfigMissing", values);
  const parsed = KubeconfigSecret.safeParse(secret);
  if (!parsed.success) throw new PortalError("PRECONDITION", "kubernetes.kubeconfigRefused", { ...values, rule: "secret" });
  const { host, port } = endpoint.data.spec.controlPlaneEndpoint;
  const text = Buffer.from(parsed.data.data.value, "base64").toString("utf8");
  const read = readStrictKubeconfig(text, { controlPlane: { host, port }, allowedCidrs: reader.tenantEndpointCidrs });
  if (!read.ok) throw new PortalError("PRECONDITION", "kubernetes.kubeconfigRefused", { ...values, rule: read.rule });
  return { server: read.kubeconfig.server, caData: read.kubeconfig.caData };
}
