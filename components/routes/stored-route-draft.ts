import { z } from "zod";
import type { RouteDraft } from "./route-draft.ts";

const text = z.string();

// What an older version of this page stored may have another shape: it is read as untrusted.
const StoredDraft: z.ZodType<RouteDraft> = z.object({
  team: text,
  name: text,
  network: text,
  protocol: z.enum(["http", "grpc", "tls"]),
  listener: text,
  hostname: text,
  serviceName: text,
  sides: z.array(z.object({ key: text, cluster: text, namespace: text, kubeService: text, port: text })).min(1),
  rules: z.array(
    z.object({
      key: text,
      method: text,
      pathType: z.enum(["any", "exact", "prefix"]),
      path: text,
      headers: z.array(z.object({ key: text, name: text, value: text })),
      grpcService: text,
      grpcMethod: text,
      weights: z.record(text, text),
    }),
  ),
  health: z.object({
    enabled: z.boolean(),
    path: text,
    intervalSeconds: text,
    timeoutSeconds: text,
    healthyThreshold: text,
    unhealthyThreshold: text,
    statusMatch: text,
    port: text,
  }),
  access: z.enum(["callers", "policy", "network"]),
  callers: z.array(
    z.object({
      key: text,
      team: text,
      name: text,
      type: z.enum(["cluster", "role"]),
      cluster: text,
      roleArn: text,
      methods: z.array(text),
      paths: text,
    }),
  ),
  policy: text,
  accessLogs: text,
  visibility: z.enum(["team", "organisation"]),
  description: text,
  purpose: text,
});

/** The draft that was kept, or null when it has another shape. */
export function readStoredDraft(stored: unknown): RouteDraft | null {
  return StoredDraft.safeParse(stored).data ?? null;
}
