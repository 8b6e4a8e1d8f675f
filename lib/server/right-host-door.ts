import { env } from "../config/env.ts";

/** Sends a browser that opened 127.0.0.1 to the host name of AUTH_URL; it never leaves this portal. */
export function rightHostDoor(request: Request): Response {
  const base = env().AUTH_URL;
  const wanted = new URL(new URL(request.url).searchParams.get("path") ?? "/", base);
  const location = wanted.origin === base ? wanted.href : base;
  return new Response(null, { status: 307, headers: { location, "cache-control": "no-store" } });
}
