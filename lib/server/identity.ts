import { createIdentity, type IdentityPort } from "../adapters/identity/index.ts";
import { env } from "../config/env.ts";
import { startSession } from "../services/tenancy/start-session.ts";
import { portal } from "./composition.ts";

const SIGN_IN_TIMEOUT_MS = 10_000;
let created: IdentityPort | undefined;

/** The sign-in of this installation; made on first use, so that a build needs no settings. It holds no state, so each copy of this module may have its own. */
export function identity(): IdentityPort {
  created ??= create();
  return created;
}

function create(): IdentityPort {
  const settings = env();
  return createIdentity({
    installationId: settings.TRELLIS_INSTALLATION_ID,
    baseUrl: settings.AUTH_URL,
    secret: settings.AUTH_SECRET,
    issuer: settings.OIDC_ISSUER,
    clientId: settings.OIDC_CLIENT_ID,
    clientSecret: settings.OIDC_CLIENT_SECRET,
    scopes: settings.OIDC_SCOPES,
    groupsClaim: settings.OIDC_GROUPS_CLAIM,
    onSignIn: async (person) =>
      (await startSession.execute(person, portal().systemContext("sign-in", AbortSignal.timeout(SIGN_IN_TIMEOUT_MS)))).sessionId,
    onProblem: (event, fields) => portal().log.warn(event, fields),
  });
}
