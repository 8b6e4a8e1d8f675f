import { PortalError } from "../domain/portal-error.ts";

/** Cookies travel with requests that other sites start: a write by cookie must say that it comes from this portal. `FORBIDDEN` `crossOrigin`. */
export function requireSameOrigin(request: Request, baseUrl: string): void {
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== baseUrl) throw new PortalError("FORBIDDEN", "crossOrigin", {});
  const site = request.headers.get("sec-fetch-site");
  if (origin === null && site !== "same-origin") throw new PortalError("FORBIDDEN", "crossOrigin", {});
}
