import { env } from "../config/env.ts";
import { answer } from "./run-handler.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { startSignIn, startSignOut } from "./sign-in.ts";

/** A plain form post that leaves for the provider: no script fetches the provider, so `connect-src 'self'` holds and it works without scripts. */
export function signInDoor(request: Request): Promise<Response> {
  return answer(request, "sign-in", async () => {
    requireSameOrigin(request, env().AUTH_URL);
    const form = await request.formData();
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
