import type { PreflightBackend } from "../../domain/routes/preflight.ts";
import { kubeServiceRef, slicesOf } from "../../manifests/routes/object-refs.ts";
import { readKubeService } from "../../manifests/routes/read-kube-services.ts";
import type { Context } from "../context.ts";

/** One kubeService as its cluster says it now; null when there is none of that name. `UNAVAILABLE` when the cluster does not answer. */
export async function lookAtKubeService(
  ctx: Context,
  destination: string,
  place: { readonly namespace: string; readonly name: string },
): Promise<PreflightBackend["found"]> {
  const kube = ctx.kube.cluster(destination);
  const options = { signal: ctx.signal };
  const [service, slices] = await Promise.all([kube.find(kubeServiceRef(place), options), kube.list(slicesOf(place), options)]);
  if (service === null) return null;
  const { ports, ipFamilies, headless, external, readyPods } = readKubeService(service, slices);
  return { ports: ports.map(({ port }) => port), ipFamilies, headless, external, readyPods };
}
