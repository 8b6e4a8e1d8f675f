import type { KubeObject } from "../../domain/requests/plan.ts";
import type { ExportFact } from "../../domain/routes/provider-facts.ts";
import { REQUEST } from "../keys.ts";
import { countAt, dateAt, flagAt, listAt, textAt, textMapAt, valueAt } from "../safe-read.ts";
import type { ReadKubeService } from "./read-kube-services.ts";
import { EXPORTED_SERVICE, FEDERATION } from "./route-keys.ts";

/** What stands around the exports of a namespace. */
export type ExportSurroundings = { readonly kubeServices: readonly ReadKubeService[]; readonly policies: readonly KubeObject[] };

/**
 * ServiceExport (v1alpha1) with its kubeService and the TargetGroupPolicy on it (lattice.md §1.7, §1.9). `protocol` is the target group's protocol
 * version as its tag says it (`HTTP1`, `HTTP2`, `GRPC`), null for TCP. `healthCheck` is null without a policy: the defaults of §1.9. Never throws.
 */
export function readExport(object: KubeObject, { kubeServices, policies }: ExportSurroundings): ExportFact {
  const namespace = object.metadata.namespace ?? "";
  const { name } = object.metadata;
  const annotations = textMapAt(object, "metadata", "annotations");
  const exported = listAt(object, "spec", "exportedPorts")[0];
  const routeType = textAt(exported, "routeType");
  const serviceName = annotations[EXPORTED_SERVICE] ?? name;
  const kubeService = kubeServices.find((one) => one.namespace === namespace && one.name === serviceName) ?? null;
  const policy = policyOf(policies, namespace, name);
  return {
    namespace,
    name,
    uid: textAt(object, "metadata", "uid") ?? "",
    createdAt: toInstant(dateAt(object, "metadata", "creationTimestamp")),
    deletingSince: toInstant(dateAt(object, "metadata", "deletionTimestamp")),
    hasFinalizers: listAt(object, "metadata", "finalizers").length > 0,
    federated: annotations[FEDERATION] === "amazon-vpc-lattice",
    request: annotations[REQUEST] ?? null,
    port: countAt(exported, "port"),
    routeType,
    kubeService: kubeService && {
      ports: kubeService.ports.map(({ port }) => port),
      ipFamilies: [...kubeService.ipFamilies],
      readyPods: kubeService.readyPods,
    },
    podAddresses: [...(kubeService?.podAddresses ?? [])],
    healthCheck: policy && readHealthCheck(policy, routeType),
    protocol: protocolVersionOf(policy, routeType),
  };
}

/** The oldest policy on the export counts (lattice.md §1.9, §1.11); a policy that is on its way out still does. */
function policyOf(policies: readonly KubeObject[], namespace: string, exportName: string): KubeObject | null {
  const own = policies.filter((policy) => {
    const isIt =
      textAt(policy, "spec", "targetRef", "kind") === "ServiceExport" && textAt(policy, "spec", "targetRef", "name") === exportName;
    return isIt && (policy.metadata.namespace ?? "") === namespace;
  });
  return own.sort((one, other) => ageOf(one) - ageOf(other))[0] ?? null;
}

function ageOf(object: KubeObject): number {
  return dateAt(object, "metadata", "creationTimestamp")?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function protocolVersionOf(policy: KubeObject | null, routeType: string | null): string | null {
  if (routeType === "GRPC") return "GRPC";
  if (routeType === "TLS" || textAt(policy, "spec", "protocol") === "TCP") return null;
  return textAt(policy, "spec", "protocolVersion") ?? "HTTP1";
}

/** Checks are on by default for HTTP1 alone (lattice.md §1.9). */
function readHealthCheck(policy: KubeObject, routeType: string | null): NonNullable<ExportFact["healthCheck"]> {
  const isSaid = valueAt(policy, "spec", "healthCheck", "enabled") !== undefined;
  const enabled = isSaid ? flagAt(policy, "spec", "healthCheck", "enabled") : protocolVersionOf(policy, routeType) === "HTTP1";
  return { enabled, path: textAt(policy, "spec", "healthCheck", "path") };
}

function toInstant(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
