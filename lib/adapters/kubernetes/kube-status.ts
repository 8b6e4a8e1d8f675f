import { z } from "zod";

const Cause = z.object({ reason: z.string().catch(""), message: z.string().catch(""), field: z.string().catch("") });
export type KubeCause = z.infer<typeof Cause>;

/** The API server's `Status` (metav1), read leniently: a proxy or a webhook may leave anything out. */
export const KubeStatus = z.object({
  kind: z.literal("Status"),
  code: z.number().catch(0),
  reason: z.string().catch(""),
  message: z.string().catch(""),
  details: z
    .object({
      name: z.string().catch(""),
      kind: z.string().catch(""),
      causes: z.array(Cause).catch([]),
      retryAfterSeconds: z.number().nullable().catch(null),
    })
    .catch({ name: "", kind: "", causes: [], retryAfterSeconds: null }),
});
export type KubeStatus = z.infer<typeof KubeStatus>;
