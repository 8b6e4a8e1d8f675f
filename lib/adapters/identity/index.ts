import { cookies } from "next/headers";
import NextAuth from "next-auth";
import { getToken } from "next-auth/jwt";
import { z } from "zod";
import { authConfig, cookieNames } from "./auth-config.ts";
import { readToken } from "./claims.ts";
import { endSessionUrl } from "./end-session.ts";
import type { IdentityPort, IdentitySettings, RouteHandler } from "./port.ts";

export type { IdentityPort } from "./port.ts";

/** The only module that imports the sign-in library; everything above speaks `IdentityPort`. */
export function createIdentity(settings: IdentitySettings): IdentityPort {
  const auth = NextAuth(authConfig(settings));
  const names = cookieNames(settings.installationId);

  // Only the cookie counts: the library would also take the token from an Authorization header.
  const tokenOf = async (headers: Headers, now: Date) => {
    const cookie = new Headers({ cookie: headers.get("cookie") ?? "" });
    const raw = await getToken({
      req: { headers: cookie },
      secret: settings.secret,
      cookieName: names.sessionToken,
      salt: names.sessionToken,
      secureCookie: settings.baseUrl.startsWith("https:"),
    });
    return readToken(raw, now.getTime() / 1000);
  };

  return {
    handlers: { GET: asHandler(auth.handlers.GET), POST: asHandler(auth.handlers.POST) },
    sessionCookie: names.sessionToken,
    signIn: async ({ redirectTo, loginHint }) => {
      const hint = loginHint === undefined ? {} : { login_hint: loginHint, prompt: "login" };
      return z.url().parse(await auth.signIn("oidc", { redirectTo, redirect: false }, hint));
    },
    readSession: async (headers, now) => {
      const token = await tokenOf(headers, now);
      return token === null ? null : { issuer: token.iss, subject: token.sub, sessionId: token.sid };
    },
    signOut: async (headers, { returnTo, signal }) => {
      const token = await tokenOf(headers, new Date());
      const jar = await cookies();
      for (const { name } of jar.getAll()) if (name.startsWith(`${names.sessionToken}.`) || name === names.sessionToken) jar.delete(name);
      return endSessionUrl(settings, { idToken: token?.idToken ?? null, returnTo, signal });
    },
  };
}

// The library types its handlers for NextRequest; Next passes one to every route handler, so the narrower type holds.
function asHandler(handler: (request: never) => Promise<Response>): RouteHandler {
  return handler as RouteHandler;
}
