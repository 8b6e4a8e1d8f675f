import { annotations, ownGroup, parseTags } from "../controller-keys.ts";
import { annotation, type ControllerWorld } from "../controller-world.ts";
import type { BackendRef, Route, Service } from "../network-objects.ts";
import { networkResources, type RouteKind } from "../network-resources.ts";
import { findService, findTargets, serviceRefusal } from "../target-groups/find-targets.ts";
import { findTargetGroupPolicy, healthCheckOf } from "../target-groups/health-check.ts";
import type { TargetGroupModel } from "../target-groups/target-group-model.ts";
import type { BackendModel } from "./route-model.ts";

type OfRoute = { kind: RouteKind; route: Route };
export type BackendProblem = {
  reason: "InvalidKind" | "BackendNotFound" | "InvalidExternalTargetGroup" | "ConflictingServiceImportAnnotations";
  message: string;
};
const namespaceOf = (route: Route, ref: BackendRef) => ref.namespace ?? route.metadata.namespace ?? "";
const arnPattern = /targetgroup\/tg-[0-9a-z]{17}$/;

/** What is wrong with a reference as far as this cluster can tell; null when nothing is. ReferenceGrants are not asked for (lattice.md §0). */
export function backendProblem(world: ControllerWorld, route: Route, ref: BackendRef): BackendProblem | null {
  const key = { namespace: namespaceOf(route, ref), name: ref.name };
  const kind = ref.kind ?? "Service";
  if (kind !== "Service" && kind !== "ServiceImport") return { reason: "InvalidKind", message: `backendRef kind: ${kind}` };
  if (kind === "Service")
    return world.cache.service.find(key) ? null : { reason: "BackendNotFound", message: `backendRef name: ${ref.name}` };
  const found = world.cache.serviceImport.find(key);
  if (!found) return { reason: "BackendNotFound", message: `backendRef name: ${ref.name}` };
  const arn = annotation(found, annotations.targetGroupArn);
  if (arn === undefined) return null;
  if (annotation(found, annotations.exportName) !== undefined || annotation(found, annotations.importCluster) !== undefined)
    return { reason: "ConflictingServiceImportAnnotations", message: `ServiceImport ${ref.name} names an export and a target group` };
  return arnPattern.test(arn) ? null : { reason: "InvalidExternalTargetGroup", message: `invalid target group arn: ${arn}` };
}

/** Whether a Service among the backends has two IP families. */
export function hasDualStackBackend(world: ControllerWorld, route: Route): boolean {
  return (route.spec.rules ?? [])
    .flatMap((rule) => rule.backendRefs ?? [])
    .filter((ref) => (ref.kind ?? "Service") === "Service")
    .some((ref) => {
      const service = findService(world, { namespace: namespaceOf(route, ref), name: ref.name });
      return service !== null && serviceRefusal(service) === "dual-stack";
    });
}

export function backendModel(world: ControllerWorld, of: OfRoute, ref: BackendRef): BackendModel {
  const weight = ref.weight ?? 1;
  const key = { namespace: namespaceOf(of.route, ref), name: ref.name };
  if (ref.kind === "ServiceImport" || ref.group === ownGroup) return importModel(world, key, weight);
  if ((ref.kind ?? "Service") !== "Service") return { kind: "invalid" };
  const service = findService(world, key);
  return service ? { kind: "group", group: routeGroup(world, of, service, ref.port ?? null), weight } : { kind: "invalid" };
}

/** An import object that is missing is looked for like one without annotations: the failure is the same as a missing export's (§10.1.5). */
function importModel(world: ControllerWorld, key: { namespace: string; name: string }, weight: number): BackendModel {
  const found = world.cache.serviceImport.find(key);
  const value = (name: string) => (found ? annotation(found, name) : undefined);
  const arn = value(annotations.targetGroupArn);
  if (arn !== undefined) return { kind: "arn", arn, weight };
  return {
    kind: "import",
    filter: {
      exportName: value(annotations.exportName) ?? key.name,
      namespace: key.namespace,
      clusterName: value(annotations.importCluster) ?? null,
      vpcId: value(annotations.importVpc) ?? null,
    },
    weight,
  };
}

/** The group a route makes itself for a Service of its own cluster. */
function routeGroup(world: ControllerWorld, { kind, route }: OfRoute, service: Service, port: number | null): TargetGroupModel {
  const of = { namespace: service.metadata.namespace ?? "", name: service.metadata.name };
  const policy = findTargetGroupPolicy(world, { kind: "Service", ...of });
  const leaving = route.metadata.deletionTimestamp !== undefined;
  return {
    of,
    source: {
      kind: networkResources[kind].kind,
      route: { name: route.metadata.name, namespace: route.metadata.namespace ?? "" },
    },
    ...routeProtocols(kind, policy?.spec),
    ipAddressType: service.spec.ipFamilies?.[0] === "IPv6" ? "IPV6" : "IPV4",
    healthCheck: healthCheckOf(policy),
    extraTags: parseTags(annotation(route, annotations.tags)),
    targets: leaving ? [] : findTargets(world, service, port),
  };
}

function routeProtocols(
  kind: RouteKind,
  wanted: { protocol?: string | undefined; protocolVersion?: string | undefined } | undefined,
): Pick<TargetGroupModel, "protocol" | "protocolVersion"> {
  if (kind === "tlsRoute" || wanted?.protocol === "TCP") return { protocol: "TCP", protocolVersion: null };
  const protocol = wanted?.protocol === "HTTPS" ? "HTTPS" : "HTTP";
  if (kind === "grpcRoute") return { protocol, protocolVersion: "GRPC" };
  return { protocol, protocolVersion: wanted?.protocolVersion === "HTTP2" ? "HTTP2" : "HTTP1" };
}
