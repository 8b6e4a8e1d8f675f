import type { ClusterPort } from "../../adapters/kubernetes/port.ts";
import { isPortalError } from "../../domain/portal-error.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import type { ExportFact } from "../../domain/routes/provider-facts.ts";
import { ENDPOINT_SLICES, EVENTS, SERVICE_EXPORTS, SERVICES, TARGET_GROUP_POLICIES } from "../../manifests/routes/provider-kinds.ts";
import { readExport } from "../../manifests/routes/read-export.ts";
import { readKubeServices } from "../../manifests/routes/read-kube-services.ts";

/** Kinds whose Events explain what became of an export (lattice.md §1.7, §1.9). */
const EVENT_SUBJECTS = ["ServiceExport", "TargetGroupPolicy"];

export type ProviderNamespace = { readonly exports: readonly ExportFact[]; readonly events: readonly KubeObject[] };

/** One namespace of a provider cluster, asked now. A cluster without the gateway controller's kinds has no exports. Throws what the port throws. */
export async function readProviderNamespace(cluster: ClusterPort, namespace: string, signal: AbortSignal): Promise<ProviderNamespace> {
  const list = (kind: { readonly apiVersion: string; readonly kind: string }, fields: Readonly<Record<string, string>> = {}) =>
    cluster.list({ ...kind, namespace, fields }, { signal });
  const exports = await list(SERVICE_EXPORTS).catch(noneWhenNotServed);
  const events = Promise.all(EVENT_SUBJECTS.map((kind) => list(EVENTS, { "involvedObject.kind": kind })));
  if (exports.length === 0) return { exports: [], events: (await events).flat() };
  const [services, slices, policies, said] = await Promise.all([
    list(SERVICES),
    list(ENDPOINT_SLICES),
    list(TARGET_GROUP_POLICIES).catch(noneWhenNotServed),
    events,
  ]);
  const kubeServices = readKubeServices(services, slices);
  return { exports: exports.map((one) => readExport(one, { kubeServices, policies })), events: said.flat() };
}

function noneWhenNotServed(error: unknown): readonly KubeObject[] {
  if (isPortalError(error) && error.key === "kubernetes.kindMissing") return [];
  throw error;
}
