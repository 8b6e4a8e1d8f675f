import { z } from "zod";
import { PortalError } from "../domain/portal-error.ts";
import { hashOfSecret, newWallSecret, WallSecret } from "../domain/tenancy/wall-link.ts";
import { paths } from "../paths.ts";
import { exchangeWallLink } from "../services/tenancy/exchange-wall-link.ts";
import { mayTryWallLink } from "../services/tenancy/may-try-wall-link.ts";
import { portal } from "./composition.ts";
import { addressOf } from "./peer.ts";
import { readJsonBody } from "./read-json-body.ts";
import { answer } from "./run-handler.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { WALL_PATHS, wallSetCookie } from "./wall-cookie.ts";

const Body = z.strictObject({ token: WallSecret });

/**
 * Exchanges the token of a wall link for a cookie, once (ADR 0016). The token comes in the body: an address would stand in logs. Every
 * token that does not open reads the same.
 */
export function wallDoor(request: Request): Promise<Response> {
  return answer(request, "wall", async (_translate, signal) => {
    const world = portal();
    const { db, clock, settings, randomId, metrics } = world;
    requireSameOrigin(request, settings.baseUrl);
    if (!(await mayTryWallLink(db, addressOf(request.headers), clock.now()))) {
      metrics.count("trellis_wall_exchanges_total", { outcome: "limited" });
      throw new PortalError("UNAVAILABLE", "wall.tooOften");
    }
    const body = Body.safeParse(await readJsonBody(request));
    const tokenHash = body.success ? await hashOfSecret(body.data.token) : null;
    const link = tokenHash === null ? null : await db.read.wall.findByToken(tokenHash);
    if (tokenHash === null || link === null) {
      metrics.count("trellis_wall_exchanges_total", { outcome: "unknown" });
      throw new PortalError("CONFLICT", "wall.spent");
    }
    const secret = newWallSecret(randomId);
    const input = { id: link.id, tokenHash, cookieHash: await hashOfSecret(secret) };
    const { filter, expiresAt } = await exchangeWallLink.execute(input, world.systemContext("wall", signal));
    metrics.count("trellis_wall_exchanges_total", { outcome: "exchanged" });
    const headers = new Headers({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    const cookie = { installationId: settings.installationId, secret, expiresAt, secure: settings.baseUrl.startsWith("https:") };
    for (const path of WALL_PATHS) headers.append("set-cookie", wallSetCookie(cookie, path));
    return Response.json({ next: paths.topology({ ...filter, wall: "on" }) }, { headers });
  });
}
