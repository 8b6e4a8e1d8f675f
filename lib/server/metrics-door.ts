import { PortalError } from "../domain/portal-error.ts";
import { holds } from "../domain/tenancy/permissions.ts";
import { getActor } from "./actor.ts";
import { portal } from "./composition.ts";
import { isLocalPeer } from "./peer.ts";
import { answer } from "./run-handler.ts";

/** Prometheus text. For callers on this machine, and for platform admins (session or token) from anywhere. */
export function metricsDoor(request: Request): Promise<Response> {
  return answer(request, "metrics", async () => {
    if (!isLocalPeer(request.headers)) await requirePlatformAdmin(request.headers);
    return new Response(await portal().metrics.render(), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
    });
  });
}

async function requirePlatformAdmin(headers: Headers): Promise<void> {
  if (!holds(await getActor(headers), "audit.read", { type: "installation" }))
    throw new PortalError("FORBIDDEN", "forbidden", { permission: "audit.read" });
}
