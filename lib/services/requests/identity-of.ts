import { z } from "zod";
import type { KubeObject } from "../../domain/requests/plan.ts";

const Identity = z.object({ uid: z.string().min(1), resourceVersion: z.string().min(1) });

/** Which object, in which version: every object that an API server hands out says both. */
export function identityOf(live: KubeObject): z.infer<typeof Identity> {
  return Identity.parse(live.metadata);
}
