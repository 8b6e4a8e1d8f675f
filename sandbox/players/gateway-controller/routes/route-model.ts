import type { ListenerProtocol, RuleMatch } from "@aws-sdk/client-vpc-lattice";
import { annotations } from "../controller-keys.ts";
import { annotation } from "../controller-world.ts";
import type { Route } from "../network-objects.ts";
import type { RouteKind } from "../network-resources.ts";
import type { Tags } from "../tag-reader.ts";
import type { TargetGroupModel } from "../target-groups/target-group-model.ts";

/** Which groups an import may resolve to: narrowed by as much as its annotations say (lattice.md §1.8). */
export type ImportFilter = { exportName: string; namespace: string; clusterName: string | null; vpcId: string | null };
export type BackendModel =
  | { kind: "group"; group: TargetGroupModel; weight: number }
  | { kind: "import"; filter: ImportFilter; weight: number }
  | { kind: "arn"; arn: string; weight: number }
  | { kind: "invalid" };
export type RuleModel = { match: RuleMatch | null; priority: number; backends: BackendModel[] };
export type ListenerModel = { port: number; protocol: ListenerProtocol };
/** What a route asks of Lattice. */
export type RouteModel = {
  route: { namespace: string; name: string; type: "http" | "grpc" | "tls" };
  serviceName: string;
  customDomainName: string | null;
  certificateArn: string | null;
  /** Names of the Gateways, which are names or ids of service networks; none for a standalone route. */
  networks: string[];
  takeoverFrom: string | null;
  extraTags: Tags;
  listeners: ListenerModel[];
  rules: RuleModel[];
};

export const routeTypes = { httpRoute: "http", grpcRoute: "grpc", tlsRoute: "tls" } as const satisfies Record<RouteKind, string>;

/** The Lattice service's name: the override, else 20 characters of the route's and 18 of the namespace's name. */
export function latticeServiceName(route: Route): string {
  const override = annotation(route, annotations.serviceNameOverride);
  return override ?? `${cut(route.metadata.name, 20)}-${cut(route.metadata.namespace ?? "", 18)}`;
}

export function listenerName(route: RouteModel["route"], listener: ListenerModel): string {
  // Lattice takes no underscore in a name.
  const protocol = listener.protocol === "TLS_PASSTHROUGH" ? "tls" : listener.protocol.toLowerCase();
  return `${cut(route.name, 20)}-${cut(route.namespace, 18)}-${listener.port}-${protocol}`;
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/^-+|-+$/g, "");
}
