import { z } from "zod";
import { Visibility } from "../clusters/cluster-view.ts";
import { TeamId } from "../ids.ts";

const DnsLabel = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
/** `team-<team>/<cluster>`: a tenant cluster as its URL says it. */
export const ClusterKey = z.string().regex(/^team-[a-z0-9-]+\/[a-z0-9-]+$/);

/** Name of a route: of the HTTPRoute and, where free, of the Lattice service. */
export const RouteName = z.string().regex(/^[a-z]([-a-z0-9]{1,38}[a-z0-9])$/);

export const RouteProtocol = z.enum(["http", "grpc", "tls"]);
export type RouteProtocol = z.infer<typeof RouteProtocol>;

/** One port of one kubeService in one tenant cluster, and its share of a rule's calls (Lattice: 0 to 999). */
export const RouteBackend = z.strictObject({
  cluster: ClusterKey,
  namespace: DnsLabel,
  kubeService: DnsLabel,
  port: z.int().min(1).max(65_535),
  weight: z.int().min(0).max(999),
});
export type RouteBackend = z.infer<typeof RouteBackend>;

/** What Lattice can match (lattice.md §1.4): one path, one method, up to five exact headers. Absent everything: any call. */
export const RouteMatch = z.strictObject({
  path: z.exactOptional(z.strictObject({ type: z.enum(["exact", "prefix"]), value: z.string().min(1).max(200) })),
  method: z.exactOptional(z.enum(["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"])),
  headers: z.array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().min(1).max(200) })).max(5),
  /** gRPC only: a service, or a service and its method. */
  grpc: z.exactOptional(z.strictObject({ service: z.string().min(1).max(200), method: z.exactOptional(z.string().min(1).max(200)) })),
});
export type RouteMatch = z.infer<typeof RouteMatch>;

/** Rules are tried in the order of the list: the first that matches answers; none: 404. */
export const RouteRule = z.strictObject({ match: RouteMatch, backends: z.array(RouteBackend).min(1).max(10) });
export type RouteRule = z.infer<typeof RouteRule>;

export const RouteHealthCheck = z.strictObject({
  enabled: z.boolean(),
  path: z.string().min(1).max(200),
  intervalSeconds: z.int().min(5).max(300),
  timeoutSeconds: z.int().min(1).max(120),
  healthyThreshold: z.int().min(2).max(10),
  unhealthyThreshold: z.int().min(2).max(10),
  statusMatch: z.string().regex(/^[0-9]{3}(-[0-9]{3})?(,[0-9]{3}(-[0-9]{3})?)*$/),
  /** Only when the probe's port is not the target's. */
  port: z.exactOptional(z.int().min(1).max(65_535)),
});
export type RouteHealthCheck = z.infer<typeof RouteHealthCheck>;

/** Who may call: a role by ARN (signed calls), or every pod of a cluster's VPC (unsigned calls pass too: weaker, and said so). */
export const RouteCaller = z.strictObject({
  team: TeamId,
  /** What the caller is called in lists: "cart". */
  name: DnsLabel,
  principal: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("role"), roleArn: z.string().regex(/^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]{1,512}$/) }),
    z.strictObject({ type: z.literal("cluster"), cluster: ClusterKey }),
  ]),
  /** Empty: every method. */
  methods: z.array(z.enum(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])).max(7),
  /** Paths with `*` at the end as Lattice's Resource takes them: "/v1/*". Empty: every path. */
  paths: z
    .array(
      z
        .string()
        .regex(/^\/[a-zA-Z0-9@:%_+.~#?&/=*-]*$/)
        .max(200),
    )
    .max(20),
});
export type RouteCaller = z.infer<typeof RouteCaller>;

/** Who may call at all: listed callers, a JSON policy written by hand (parsed, explained and checked), or everybody in the network. */
export const RouteAccess = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("callers"), callers: z.array(RouteCaller).min(1).max(50) }),
  z.strictObject({ type: z.literal("policy"), policy: z.string().min(2).max(10_240) }),
  z.strictObject({ type: z.literal("network") }),
]);
export type RouteAccess = z.infer<typeof RouteAccess>;

/** Everything a team decides about a route; the same for create and change. */
export const RouteSpec = z.strictObject({
  /** Name of the service network. Fixed for life. */
  network: z.string().min(3).max(63),
  /** Fixed for life. */
  protocol: RouteProtocol,
  /** Name of the Gateway's listener that takes the calls: "https". */
  listener: DnsLabel,
  /** A domain of the team's own; immutable in Lattice, so fixed for life. Mandatory for tls. */
  hostname: z.exactOptional(z.string().min(3).max(253)),
  /** The Lattice service's name; fixed for life. Absent: allotted from team and route name. */
  serviceName: z.exactOptional(z.string().min(3).max(40)),
  rules: z.array(RouteRule).min(1).max(16),
  healthCheck: RouteHealthCheck,
  access: RouteAccess,
  /** S3 bucket, CloudWatch log group or Firehose stream. */
  accessLogs: z.exactOptional(z.strictObject({ destinationArn: z.string().min(10).max(2048) })),
  visibility: Visibility,
  description: z.exactOptional(z.string().trim().min(1).max(500)),
});
export type RouteSpec = z.infer<typeof RouteSpec>;

export const CreateRouteInput = z.strictObject({ name: RouteName, ...RouteSpec.shape });
export type CreateRouteInput = z.infer<typeof CreateRouteInput>;

/** Where a route stands: `namespace` is `team-<team>` of its owner. */
export const RouteRef = z.strictObject({ namespace: z.string().regex(/^team-[a-z0-9-]+$/), name: RouteName });
export type RouteRef = z.infer<typeof RouteRef>;

/** The owner says the whole new spec; another team asks to become one more caller of an organisation-visible route. */
export const ChangeRouteInput = z.union([
  z.strictObject({ ...RouteRef.shape, spec: RouteSpec }),
  z.strictObject({ ...RouteRef.shape, addCaller: RouteCaller }),
]);
export type ChangeRouteInput = z.infer<typeof ChangeRouteInput>;

export const DeleteRouteInput = z.strictObject({ ...RouteRef.shape });
export type DeleteRouteInput = z.infer<typeof DeleteRouteInput>;
