import { z } from "zod";
import type { IdentitySettings } from "./port.ts";

const Discovery = z.object({ issuer: z.string(), end_session_endpoint: z.url({ protocol: /^https?$/ }).optional() });
const TIMEOUT_MS = 3000;

/**
 * Where the browser must go so that the provider forgets its session too (OpenID Connect RP-Initiated Logout 1.0 §2).
 * Null when there is no such address, no ID token, or no answer in time: our own session is ended in any case.
 */
export async function endSessionUrl(
  settings: Pick<IdentitySettings, "issuer" | "clientId" | "onProblem">,
  { idToken, returnTo, signal }: { idToken: string | null; returnTo: string; signal: AbortSignal },
): Promise<string | null> {
  if (idToken === null) return null;
  const endpoint = await discoverEndSession(settings, signal);
  if (endpoint === null) return null;
  const url = new URL(endpoint);
  url.searchParams.set("id_token_hint", idToken);
  url.searchParams.set("client_id", settings.clientId);
  url.searchParams.set("post_logout_redirect_uri", returnTo);
  return url.href;
}

async function discoverEndSession(
  { issuer, onProblem }: Pick<IdentitySettings, "issuer" | "onProblem">,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const answer = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      redirect: "error",
    });
    if (!answer.ok) return null;
    const found = Discovery.safeParse(await answer.json());
    return found.success && found.data.issuer === issuer ? (found.data.end_session_endpoint ?? null) : null;
  } catch (error) {
    onProblem("identity.endSessionUnknown", { message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}
