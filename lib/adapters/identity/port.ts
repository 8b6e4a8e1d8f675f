/** What the provider said about the person who just signed in; parsed, never trusted further than that. */
export type SignedIn = {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
  readonly groups: readonly string[];
};

/** What the session cookie says. The rights of the person are not in it: they are read from the database at every call. */
export type SessionClaims = { readonly issuer: string; readonly subject: string; readonly sessionId: string };

export type IdentitySettings = {
  readonly installationId: string;
  readonly baseUrl: string;
  readonly secret: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  readonly groupsClaim: string;
  /** Records the sign-in and answers the id of the new session. Throwing refuses the sign-in. */
  readonly onSignIn: (person: SignedIn) => Promise<string>;
  readonly onProblem: (event: string, fields: Readonly<Record<string, unknown>>) => void;
};

/** Sign-in at the one OpenID Connect provider of this installation (issue 3 §4). */
export interface IdentityPort {
  /** The route handlers of `/api/auth/*`: callback, session, csrf. */
  readonly handlers: { readonly GET: RouteHandler; readonly POST: RouteHandler };
  /** Starts a sign-in: sets its cookies and answers the provider's address. `loginHint` preselects a person and makes the provider ask again. */
  signIn(options: { readonly redirectTo: string; readonly loginHint?: string }): Promise<string>;
  /** Reads the cookie of a request. Null when it is absent, forged, of another installation, or older than 60 minutes. */
  readSession(headers: Headers, now: Date): Promise<SessionClaims | null>;
  /** Clears our cookies and answers the provider's end-session address (`id_token_hint`), or null when the provider has none or does not answer. */
  signOut(headers: Headers, options: { readonly returnTo: string; readonly signal: AbortSignal }): Promise<string | null>;
  /** The name of the session cookie; long values continue in `<name>.0`, `<name>.1`… */
  readonly sessionCookie: string;
}

export type RouteHandler = (request: Request) => Promise<Response>;
