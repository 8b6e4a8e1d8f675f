import { headers } from "next/headers";
import { env } from "../config/env.ts";
import { paths } from "../paths.ts";
import { endSession } from "../services/tenancy/end-session.ts";
import { findActor } from "./actor.ts";
import { portal } from "./composition.ts";
import { identity } from "./identity.ts";
import { safeNext } from "./safe-next.ts";

const TIMEOUT_MS = 5000;

export type SignInSettings = {
  readonly hints: readonly { readonly label: string; readonly loginHint: string }[];
  readonly note: { readonly en: string; readonly ja: string } | null;
  readonly singleNode: boolean;
};

/** What the sign-in page and the shell say about this installation. */
export function signInSettings(): SignInSettings {
  const { SIGN_IN_HINTS, SIGN_IN_NOTE, DATABASE_URL } = env();
  return { hints: SIGN_IN_HINTS, note: SIGN_IN_NOTE ?? null, singleNode: DATABASE_URL === undefined };
}

/** Is somebody signed in? For the sign-in page, which has nothing to offer then. */
export async function isSignedIn(): Promise<boolean> {
  return (await findActor(await headers())) !== null;
}

/** The address of the provider to leave for. `loginHint` counts only when the installation offers it. */
export async function startSignIn({ next, loginHint }: { readonly next: unknown; readonly loginHint: unknown }): Promise<string> {
  const hint = env().SIGN_IN_HINTS.find((offered) => offered.loginHint === loginHint);
  return identity().signIn({ redirectTo: safeNext(next), ...(hint === undefined ? {} : { loginHint: hint.loginHint }) });
}

/** Ends our session and its streams; the address is the provider's end-session one, so that its session ends too. */
export async function startSignOut(): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const requestHeaders = await headers();
  const actor = await findActor(requestHeaders);
  if (actor?.via.door === "session") {
    await endSession.execute({ sessionId: actor.via.sessionId }, portal().contextFor(actor, signal));
    portal().streams.endSession(actor.via.sessionId);
  }
  const signIn = new URL(paths.signIn(), env().AUTH_URL).href;
  return (await identity().signOut(requestHeaders, { returnTo: signIn, signal })) ?? signIn;
}
