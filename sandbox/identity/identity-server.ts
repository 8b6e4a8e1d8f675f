import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import Provider, { type GrantContext, type PageContext } from "oidc-provider";
import { z } from "zod";
import { findJson, type SandboxFolder, writePrivateJson } from "../state/sandbox-folder.ts";
import type { Secrets } from "../state/secrets.ts";
import { languageOf, loginPage, type Page, problemPage, signedOutPage, signOutPage } from "./pages.ts";
import { findPersona } from "./personas.ts";

export const clientId = "trellis";
const hour = 3_600;
const Jwks = z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1) });

/** The issuer of this sandbox. Its port is kept, because the issuer is half of everybody's identity. */
export function issuerOf(port: number): string {
  return `http://localhost:${port}`;
}

/** Starts a real OpenID Connect provider whose login page lists the personas: no passwords, no consent page, sign-out at the provider. */
export async function startIdentityServer(options: {
  folder: SandboxFolder;
  port: number;
  secrets: Secrets;
  say: (line: string) => void;
}): Promise<{ stop: () => Promise<void> }> {
  const provider = new Provider(issuerOf(options.port), configuration(options.folder, options.secrets));
  allowAnyPortOnThisMachine(provider);
  provider.on("server_error", (_context, error) => options.say(`identity: ${String(error)}`));
  const callback = provider.callback();
  const server = createServer((request, response) => {
    const interaction = /^\/login\/([A-Za-z0-9_-]+)(?:\/([a-z-]+))?$/.exec(request.url ?? "");
    if (!interaction) return callback(request, response);
    void login(provider, request, response, interaction[2] ?? null);
  });
  await new Promise<void>((done, failed) => server.once("error", failed).listen(options.port, "127.0.0.1", () => done()));
  return {
    stop: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** GET shows the personas; POST with a persona finishes the sign-in as that one. */
async function login(provider: Provider, request: IncomingMessage, response: ServerResponse, personaId: string | null): Promise<void> {
  const language = languageOf(request.headers["accept-language"]);
  try {
    const interaction = await provider.interactionDetails(request, response);
    if (request.method === "POST" && personaId !== null) {
      const persona = findPersona(personaId);
      if (!persona) return send(response, 404, problemPage(`unknown persona ${personaId}`, language));
      return await provider.interactionFinished(
        request,
        response,
        { login: { accountId: persona.id } },
        { mergeWithLastSubmission: false },
      );
    }
    const hint = typeof interaction.params.login_hint === "string" ? interaction.params.login_hint : null;
    send(response, 200, loginPage({ uid: interaction.uid, hint, language }));
  } catch (error) {
    send(response, 400, problemPage(error instanceof Error ? error.message : String(error), language));
  }
}

function send(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, page.headers).end(page.html);
}

/** The portal's port differs from folder to folder and may change; its host and path may not. */
function allowAnyPortOnThisMachine(provider: Provider): void {
  const isLocal = (uri: string) => {
    const url = URL.canParse(uri) ? new URL(uri) : null;
    return url !== null && url.protocol === "http:" && url.hostname === "localhost" && url.username === "" ? url : null;
  };
  provider.Client.prototype.redirectUriAllowed = (uri) => isLocal(uri)?.pathname === "/api/auth/callback/oidc";
  provider.Client.prototype.postLogoutRedirectUriAllowed = (uri) => isLocal(uri) !== null;
}

function configuration(folder: SandboxFolder, secrets: Secrets): Record<string, unknown> {
  const cookie = (name: string) => `trellis-${secrets.installationId}-issuer.${name}`;
  const write = (context: PageContext, page: Page) => {
    for (const [name, value] of Object.entries(page.headers)) context.set(name, value);
    context.body = page.html;
  };
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: secrets.clientSecret,
        redirect_uris: ["http://localhost:3000/api/auth/callback/oidc"],
        post_logout_redirect_uris: ["http://localhost:3000/"],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: keptKeys(folder),
    cookies: {
      keys: [secrets.cookieKey],
      names: { session: cookie("session"), interaction: cookie("interaction"), resume: cookie("resume") },
    },
    scopes: ["openid", "profile", "email", "groups"],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email"], groups: ["groups"] },
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, id: string) => account(id),
    loadExistingGrant: grantWithoutAsking,
    interactions: { url: (_context: unknown, interaction: { uid: string }) => `/login/${interaction.uid}` },
    pkce: { required: () => false },
    ttl: { AccessToken: hour, AuthorizationCode: 120, Grant: 12 * hour, IdToken: hour, Interaction: hour, Session: 12 * hour },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context: PageContext, form: string) => write(context, signOutPage(form, languageOf(context.get("accept-language")))),
        postLogoutSuccessSource: (context: PageContext) => write(context, signedOutPage(languageOf(context.get("accept-language")))),
      },
    },
    renderError: (context: PageContext, out: { error: string; error_description?: string }) =>
      write(
        context,
        problemPage(`${out.error}${out.error_description ? `: ${out.error_description}` : ""}`, languageOf(context.get("accept-language"))),
      ),
  };
}

function account(id: string) {
  const persona = findPersona(id);
  if (!persona) return undefined;
  const claims = {
    sub: persona.id,
    name: persona.name,
    preferred_username: persona.id,
    email: `${persona.id}@sandbox.invalid`,
    groups: [...persona.groups],
  };
  return { accountId: persona.id, claims: async () => claims };
}

/** No consent page: what the client asks for is granted, once per session. */
async function grantWithoutAsking({ oidc }: GrantContext) {
  const accountId = oidc.session?.accountId;
  if (accountId === undefined) return undefined;
  const known = oidc.session?.grantIdFor(oidc.client.clientId);
  const existing = known === undefined ? undefined : await oidc.provider.Grant.find(known);
  const grant = existing ?? new oidc.provider.Grant({ accountId, clientId: oidc.client.clientId });
  grant.addOIDCScope(typeof oidc.params.scope === "string" ? oidc.params.scope : "openid");
  await grant.save();
  return grant;
}

/** A signing key of its own, kept: a fresh one at each start would break sign-out, which shows an older ID token. */
function keptKeys(folder: SandboxFolder) {
  const file = folder.at("identity", "jwks.json");
  const kept = findJson(file, Jwks);
  if (kept) return kept;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwks = { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "sandbox" }] };
  writePrivateJson(file, jwks);
  return jwks;
}
