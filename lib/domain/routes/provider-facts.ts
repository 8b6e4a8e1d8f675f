import { z } from "zod";

const instant = z.iso.datetime();

/** One export of a provider cluster as stored between replicas (source `provider/<destination>`, key `namespace/name`). */
export const ExportFact = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  createdAt: z.nullable(instant),
  deletingSince: z.nullable(instant),
  hasFinalizers: z.boolean(),
  federated: z.boolean(),
  request: z.nullable(z.string()),
  port: z.nullable(z.int()),
  routeType: z.nullable(z.string()),
  kubeService: z.nullable(z.strictObject({ ports: z.array(z.int()), ipFamilies: z.array(z.string()), readyPods: z.int() })),
  podAddresses: z.array(z.string()),
  healthCheck: z.nullable(z.strictObject({ enabled: z.boolean(), path: z.nullable(z.string()) })),
  protocol: z.nullable(z.string()),
});
export type ExportFact = z.infer<typeof ExportFact>;

/** The last look at a provider cluster (source `provider/<destination>`, key `look`). `error` is a message key; facts are then older than `at`. */
export const ProviderLookFact = z.strictObject({ freshAt: z.nullable(instant), error: z.nullable(z.string()) });
export type ProviderLookFact = z.infer<typeof ProviderLookFact>;

/** A controller's Event, kept when Kubernetes forgets it (source `events/<destination>`, key: uid of the Event). */
export const RouteEventFact = z.strictObject({
  object: z.strictObject({ kind: z.string(), namespace: z.string(), name: z.string() }),
  type: z.enum(["Normal", "Warning"]),
  reason: z.string().max(200),
  message: z.string().max(4000),
  count: z.int(),
  combined: z.boolean(),
  firstAt: instant,
  lastAt: instant,
});
export type RouteEventFact = z.infer<typeof RouteEventFact>;
