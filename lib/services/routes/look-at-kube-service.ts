import type { PreflightBackend } from "../../domain/routes/preflight.ts";
import { readKubeService } from "../../manifests/routes/read-kube-services.ts";
import type { Context } from "../context.ts";

/** Label of an EndpointSlice that names its Service (discovery.k8s.io/v1). */
const SLICE_OF = "kubernetes.io/service-name";
const SERVICE = { apiVersion: "v1", kind: "Service" };
const SLICE = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" };

/** One kubeService as its cluster says it now; null when there is none of that name. `UNAVAILABLE` when the cluster does not answer. */
export async function lookAtKubeService(
  ctx: Context,
  destination: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<PreflightBackend["found"]> {
  const kube = ctx.kube.cluster(destination);
  const options = { signal: ctx.signal };
  const [service, slices] = await Promise.all([
    kube.find({ ...SERVICE, namespace, name }, options),
    kube.list({ ...SLICE, namespace, labels: { [SLICE_OF]: name } }, options),
  ]);
  if (service === null) return null;
  const { ports, ipFamilies, headless, external, readyPods } = readKubeService(service, slices);
  return { ports: ports.map(({ port }) => port), ipFamilies, headless, external, readyPods };
}
