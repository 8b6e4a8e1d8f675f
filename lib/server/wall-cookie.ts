/** The doors that take a screen's cookie. The browser gets it once a path, so that it never travels anywhere else. */
export const WALL_PATHS = ["/topology", "/api/v1/topology", "/api/live"] as const;

/** One per installation, like the session cookie. */
export function wallCookieName(installationId: string): string {
  return `trellis-${installationId}.wall`;
}

type Cookie = { readonly installationId: string; readonly secret: string; readonly expiresAt: Date; readonly secure: boolean };

/** `Set-Cookie` of one path: unreadable for scripts, sent by no other site, gone with the link. */
export function wallSetCookie({ installationId, secret, expiresAt, secure }: Cookie, path: string): string {
  const parts = [
    `${wallCookieName(installationId)}=${secret}`,
    `Path=${path}`,
    `Expires=${expiresAt.toUTCString()}`,
    "HttpOnly",
    "SameSite=Strict",
    ...(secure ? ["Secure"] : []),
  ];
  return parts.join("; ");
}

/** The secret that a request carries, of whatever shape; null without one. */
export function readWallCookie(headers: Headers, installationId: string): string | null {
  const start = `${wallCookieName(installationId)}=`;
  const pair = (headers.get("cookie") ?? "")
    .split(";")
    .map((one) => one.trim())
    .find((one) => one.startsWith(start));
  return pair === undefined ? null : pair.slice(start.length);
}
