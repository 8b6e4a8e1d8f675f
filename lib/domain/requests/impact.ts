import { z } from "zod";
import { Message } from "../message.ts";

/** What depends on something that somebody wants to delete: shown before the request, stored beside the approval, never hashed. */
export const Impact = z.strictObject({
  sentence: Message,
  /** Teams that would feel it, sorted; the owner's own team too when its things depend on it. */
  teams: z.array(z.string()),
  dependents: z.array(
    z.strictObject({
      kind: z.enum(["route", "consumer", "cluster", "kube-service"]),
      name: z.string(),
      team: z.nullable(z.string()),
      /** Names its page; null when it has none. */
      ref: z.nullable(z.strictObject({ namespace: z.string(), name: z.string() })),
      /** Why it would feel it: "loses its only target group", "calls orders". */
      sentence: Message,
    }),
  ),
  /** When this was computed. */
  at: z.iso.datetime(),
});
export type Impact = z.infer<typeof Impact>;
