import { annotations, parseTags } from "../controller-keys.ts";
import { annotation, type ControllerWorld } from "../controller-world.ts";
import type { Service, ServiceExport } from "../network-objects.ts";
import { findService, findTargets, serviceRefusal } from "./find-targets.ts";
import { findTargetGroupPolicy, healthCheckOf } from "./health-check.ts";
import type { TargetGroupModel } from "./target-group-model.ts";

const legacyPort = { port: null, routeType: "HTTP" } as const;

/** The groups of an export: one for each exported port, or in the legacy mode one for all ports. Throws when the Service does not fit. */
export function buildExportGroups(world: ControllerWorld, object: ServiceExport): TargetGroupModel[] {
  const ports = object.spec?.exportedPorts ?? [];
  return (ports.length > 0 ? ports : [legacyPort]).map((port) => buildExportGroup(world, object, port));
}

/** The group of one exported port. An export on its way out needs no Service. */
export function buildExportGroup(
  world: ControllerWorld,
  object: ServiceExport,
  exported: { port: number | null; routeType: string } = object.spec?.exportedPorts?.[0] ?? legacyPort,
): TargetGroupModel {
  const namespace = object.metadata.namespace ?? "";
  const leaving = object.metadata.deletionTimestamp !== undefined;
  const service = exportedService(world, object);
  if (!service && !leaving) throw new Error(notFoundWords(object, namespace));
  const refusal = service && !leaving ? serviceRefusal(service) : null;
  if (refusal) throw new Error(refusalWords(refusal));
  const policy = findTargetGroupPolicy(world, { kind: "ServiceExport", namespace, name: object.metadata.name });
  const protocols = exportProtocols(exported.routeType, policy?.spec);
  return {
    of: { namespace, name: object.metadata.name },
    source: { kind: "ServiceExport", route: null },
    ...protocols,
    ipAddressType: service?.spec.ipFamilies?.[0] === "IPv6" ? "IPV6" : "IPV4",
    healthCheck: healthCheckOf(policy),
    extraTags: parseTags(annotation(object, annotations.tags)),
    targets: service && !leaving ? findTargets(world, service, exported.port) : [],
  };
}

/** The Service behind an export: the one it names, else the one of its own name. */
export function exportedServiceName(object: ServiceExport): string {
  return annotation(object, annotations.serviceName) ?? object.metadata.name;
}

function exportedService(world: ControllerWorld, object: ServiceExport): Service | null {
  return findService(world, { namespace: object.metadata.namespace ?? "", name: exportedServiceName(object) });
}

function exportProtocols(
  routeType: string,
  wanted: { protocol?: string | undefined; protocolVersion?: string | undefined } | undefined,
): Pick<TargetGroupModel, "protocol" | "protocolVersion"> {
  if (routeType === "TLS" || wanted?.protocol === "TCP") return { protocol: "TCP", protocolVersion: null };
  const protocol = wanted?.protocol === "HTTPS" ? "HTTPS" : "HTTP";
  if (routeType === "GRPC") return { protocol, protocolVersion: "GRPC" };
  return { protocol, protocolVersion: wanted?.protocolVersion === "HTTP2" ? "HTTP2" : "HTTP1" };
}

function notFoundWords(object: ServiceExport, namespace: string): string {
  const name = exportedServiceName(object);
  return `failed to find corresponding k8sService ${namespace}/${name}, error :Service "${name}" not found`;
}

function refusalWords(refusal: "dual-stack" | "headless" | "external-name"): string {
  const words = {
    "dual-stack": "Lattice Target Group only supports single stack IP addresses",
    headless: "headless services are not supported",
    "external-name": "services of type ExternalName are not supported",
  };
  return words[refusal];
}
