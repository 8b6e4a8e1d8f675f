import { type NextRequest, NextResponse } from "next/server";
import { env } from "../config/env.ts";
import { apiPaths, paths } from "../paths.ts";
import { securityHeaders } from "./security-headers.ts";
import { sessionCookieName } from "./session-cookie.ts";
import { wallCookieName } from "./wall-cookie.ts";

const WALL = "/wall";
/** Says to next.config.js that /wall/screen answers, without the portal around the map. A rewrite from here would leave the process: Next compares host names, and 127.0.0.1 is not localhost. */
const SCREEN_MARK = "x-trellis-screen";
/** A screen tells nobody where it came from, and its pages stay in no cache. Not for people: with this policy their forms would not say where they come from. */
const SCREEN_HEADERS = { "referrer-policy": "no-referrer", "cache-control": "no-store" } as const;
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** Runs before every page and door: one host name, security headers with a fresh nonce, and no page without a session cookie. Whether the session is good is asked by the door itself. */
export function guard(request: NextRequest): NextResponse {
  const settings = env();
  const base = new URL(settings.AUTH_URL);
  const { pathname, search } = request.nextUrl;
  const isPage = !pathname.startsWith("/api/");
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const headers = securityHeaders({
    nonce,
    issuerOrigin: new URL(settings.OIDC_ISSUER).origin,
    development: settings.NODE_ENV === "development",
    secure: base.protocol === "https:",
  });

  if ((isPage || pathname.startsWith("/api/auth/")) && isOtherLoopback(request.headers.get("host"), base))
    return withHeaders(NextResponse.rewrite(new URL(apiPaths.rightHost(`${pathname}${search}`), request.url)), headers);
  const isSignedIn = hasSessionCookie(request, sessionCookieName(settings.TRELLIS_INSTALLATION_ID));
  if (isScreen(request, wallCookieName(settings.TRELLIS_INSTALLATION_ID)))
    return pass(request, { headers: { ...headers, ...SCREEN_HEADERS }, nonce, pathname, screen: true });
  if (pathname === WALL) return pass(request, { headers: { ...headers, ...SCREEN_HEADERS }, nonce, pathname, screen: false });
  if (isPage && pathname !== "/sign-in" && !isSignedIn) {
    const next = request.method === "GET" && pathname !== "/" ? { next: `${pathname}${search}` } : {};
    return withHeaders(NextResponse.redirect(new URL(paths.signIn(next), base), 303), headers);
  }

  return pass(request, { headers, nonce, pathname, screen: false });
}

type Passing = {
  readonly headers: Readonly<Record<string, string>>;
  readonly nonce: string;
  readonly pathname: string;
  readonly screen: boolean;
};

function pass(request: NextRequest, { headers, nonce, pathname, screen }: Passing): NextResponse {
  const forwarded = new Headers(request.headers);
  forwarded.set("x-nonce", nonce);
  forwarded.set("x-pathname", pathname);
  // Next reads the nonce for its own scripts from this request header.
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  // A caller's own mark never counts.
  forwarded.delete(SCREEN_MARK);
  if (screen) forwarded.set(SCREEN_MARK, "1");
  return withHeaders(NextResponse.next({ request: { headers: forwarded } }), headers);
}

/** The sign-in's state cookies belong to one host name; 127.0.0.1 and localhost are two. A redirect from here would be made relative by Next and run in a circle, so a door does it. */
function isOtherLoopback(host: string | null, base: URL): boolean {
  if (host === null || host === base.host || !LOOPBACK.has(base.hostname)) return false;
  return LOOPBACK.has(host.replace(/:\d+$/, ""));
}

/** The wall of the map, asked for by a browser with a wall cookie. Whether the cookie is good is asked by the page. */
function isScreen({ nextUrl, cookies }: NextRequest, cookieName: string): boolean {
  return nextUrl.pathname === paths.topology() && nextUrl.searchParams.has("wall") && cookies.has(cookieName);
}

function hasSessionCookie(request: NextRequest, name: string): boolean {
  return request.cookies.has(name) || request.cookies.has(`${name}.0`);
}

function withHeaders(response: NextResponse, headers: Readonly<Record<string, string>>): NextResponse {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
