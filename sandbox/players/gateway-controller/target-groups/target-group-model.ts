import type { HealthCheckConfig, TargetGroupProtocol, TargetGroupProtocolVersion } from "@aws-sdk/client-vpc-lattice";
import type { ObjectRef } from "../../../kube/kube-object.ts";
import { tagKeys } from "../controller-keys.ts";
import type { ControllerIdentity } from "../controller-world.ts";
import type { Tags } from "../tag-reader.ts";

export type TargetAddress = { id: string; port: number };
/** One target group as the controller wants it. */
export type TargetGroupModel = {
  /** The export's or the Service's namespace and name: two of the tags, and part of the name. */
  of: { namespace: string; name: string };
  /** The kind of the object that asks for it; a route names itself. */
  source: { kind: string; route: { namespace: string; name: string } | null };
  protocol: TargetGroupProtocol;
  /** Null for TCP groups, which have none. */
  protocolVersion: TargetGroupProtocolVersion | null;
  ipAddressType: "IPV4" | "IPV6";
  /** What a TargetGroupPolicy says; null when there is none. */
  healthCheck: HealthCheckConfig | null;
  extraTags: Tags;
  targets: TargetAddress[];
};

/** The tags by which the controller finds its group again. */
export function identifyingTags(model: TargetGroupModel, identity: ControllerIdentity): Tags {
  return {
    [tagKeys.clusterName]: identity.clusterName,
    [tagKeys.serviceName]: model.of.name,
    [tagKeys.serviceNamespace]: model.of.namespace,
    [tagKeys.sourceType]: model.source.kind,
    ...(model.protocolVersion === null ? {} : { [tagKeys.protocolVersion]: model.protocolVersion }),
    ...(model.source.route === null
      ? {}
      : { [tagKeys.routeName]: model.source.route.name, [tagKeys.routeNamespace]: model.source.route.namespace }),
  };
}

/** `k8s-<namespace>-<service>`, the part of the name that is not random. */
export function targetGroupName(ref: ObjectRef): string {
  return `k8s-${cut(ref.namespace ?? "", 55)}-${cut(ref.name, 55)}`;
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/^-+|-+$/g, "");
}
