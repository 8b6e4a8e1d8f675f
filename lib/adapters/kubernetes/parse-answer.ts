import type { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import type { KubeAnswer } from "./transport.ts";

/** The body of a successful answer. Throws `UNAVAILABLE` `kubernetes.unreadable` when it is not what an API server says. */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: KubeAnswer, cluster: string): T {
  const parsed = schema.safeParse(answer.json);
  if (!parsed.success) throw new PortalError("UNAVAILABLE", "kubernetes.unreadable", { cluster }, { cause: parsed.error });
  return parsed.data;
}
