import { customFetch, type NextAuthConfig } from "next-auth";
import { isOver, readProfile, readToken, SESSION_SECONDS, type SessionToken } from "./claims.ts";
import type { IdentitySettings } from "./port.ts";

const COOKIES = ["sessionToken", "callbackUrl", "csrfToken", "pkceCodeVerifier", "state", "nonce"] as const;
const PROVIDER_TIMEOUT_MS = 8000;
export type CookieNames = Readonly<Record<(typeof COOKIES)[number], string>>;

/** Cookies ignore ports, so every name carries the installation. */
export function cookieNames(installationId: string): CookieNames {
  const name = (cookie: (typeof COOKIES)[number]) => `trellis-${installationId}.${cookie}`;
  return {
    sessionToken: name("sessionToken"),
    callbackUrl: name("callbackUrl"),
    csrfToken: name("csrfToken"),
    pkceCodeVerifier: name("pkceCodeVerifier"),
    state: name("state"),
    nonce: name("nonce"),
  };
}

/** One OpenID Connect provider, an encrypted cookie with our four claims, and nothing of the provider that a script could read. */
export function authConfig(settings: IdentitySettings): NextAuthConfig {
  const names = cookieNames(settings.installationId);
  return {
    basePath: "/api/auth",
    secret: settings.secret,
    trustHost: true,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    cookies: Object.fromEntries(COOKIES.map((cookie) => [cookie, { name: names[cookie] }])),
    logger: {
      error: (error) => settings.onProblem("identity.error", { name: error.name, message: error.message, cause: causeOf(error) }),
      warn: (code) => settings.onProblem("identity.warning", { code }),
      debug: () => undefined,
    },
    providers: [
      {
        id: "oidc",
        name: "OpenID Connect",
        type: "oidc",
        issuer: settings.issuer,
        clientId: settings.clientId,
        clientSecret: settings.clientSecret,
        checks: ["pkce", "state", "nonce"],
        authorization: { params: { scope: settings.scopes.join(" ") } },
        // Discovery, token and key requests of the library: a provider that hangs must not hold the sign-in.
        [customFetch]: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS) }),
      },
    ],
    callbacks: {
      jwt: async ({ token, account, profile }) => {
        const nowSeconds = Math.floor(Date.now() / 1000);
        if (account !== null && account !== undefined) {
          const person = readProfile(profile ?? {}, settings.groupsClaim);
          const sid = await settings.onSignIn(person);
          return {
            iss: person.issuer,
            sub: person.subject,
            sid,
            loginAt: nowSeconds,
            ...(account.id_token === undefined ? {} : { idToken: account.id_token }),
          } satisfies SessionToken;
        }
        const ours = readToken(token, nowSeconds);
        return ours === null || isOver(ours, nowSeconds) ? null : { ...ours };
      },
      // Whatever this returns is readable by scripts at /api/auth/session.
      session: ({ session, token }) => {
        const ours = readToken(token, Date.now() / 1000);
        return { expires: session.expires, ...(ours === null ? {} : { iss: ours.iss, sub: ours.sub, sid: ours.sid }) };
      },
      redirect: ({ url, baseUrl }) =>
        url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : url.startsWith(`${baseUrl}/`) ? url : baseUrl,
    },
  };
}

function causeOf(error: Error): string | undefined {
  const cause: unknown = error.cause;
  if (cause instanceof Error) return cause.message;
  if (typeof cause === "object" && cause !== null && "err" in cause && cause.err instanceof Error) return cause.err.message;
  return undefined;
}
