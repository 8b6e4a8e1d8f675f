import { env } from "../config/env.ts";
import { PortalError } from "../domain/portal-error.ts";
import { answer } from "./run-handler.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { startSignIn, startSignOut } from "./sign-in.ts";

const FORM_LIMIT_BYTES = 16 * 1024;

/** A plain form post that leaves for the provider: no script fetches the provider, so `connect-src 'self'` holds and it works without scripts. */
export function signInDoor(request: Request): Promise<Response> {
  return answer(request, "sign-in", async () => {
    requireSameOrigin(request, env().AUTH_URL);
    const form = await readSmallForm(request);
    return seeOther(await startSignIn({ next: form.get("next"), loginHint: form.get("loginHint") }));
  });
}

/** Ends the session here and leaves through the provider, so that its session ends too. */
export function signOutDoor(request: Request): Promise<Response> {
  return answer(request, "sign-out", async () => {
    requireSameOrigin(request, env().AUTH_URL);
    return seeOther(await startSignOut());
  });
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

/** Anybody may call the sign-in door, so it reads no more than such a form can hold. */
async function readSmallForm(request: Request): Promise<FormData> {
  const length = request.headers.get("content-length");
  if (length === null || Number(length) > FORM_LIMIT_BYTES)
    throw new PortalError("INVALID", "input.bodyTooLarge", { limit: FORM_LIMIT_BYTES / 1024 });
  return request.formData().catch((error: unknown) => {
    throw new PortalError(
      "INVALID",
      "input.contentType",
      { type: request.headers.get("content-type")?.slice(0, 80) ?? "–" },
      { cause: error },
    );
  });
}
