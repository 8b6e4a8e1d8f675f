import { z } from "zod";
import type { SignedIn } from "./port.ts";

/** Sessions end this long after sign-in, whatever happens meanwhile. */
export const SESSION_SECONDS = 60 * 60;
const MAX_GROUPS = 500;

/** Our own content of the encrypted session cookie. `idToken` is only ever read on the server, to sign out at the provider. */
export const SessionToken = z.object({
  iss: z.string(),
  sub: z.string(),
  sid: z.string(),
  loginAt: z.number(),
  idToken: z.exactOptional(z.string()),
});
export type SessionToken = z.infer<typeof SessionToken>;

export function isOver({ loginAt }: Pick<SessionToken, "loginAt">, nowSeconds: number): boolean {
  return nowSeconds - loginAt >= SESSION_SECONDS;
}

/** Null unless the token is ours, whole, and younger than 60 minutes. */
export function readToken(raw: unknown, nowSeconds: number): SessionToken | null {
  const parsed = SessionToken.safeParse(raw);
  return parsed.success && !isOver(parsed.data, nowSeconds) ? parsed.data : null;
}

const Profile = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
});

/** Reads an ID token's claims. Groups may be one text or a list; anything else in the list is left out. Throws when issuer or subject is missing. */
export function readProfile(raw: Readonly<Record<string, unknown>>, groupsClaim: string): SignedIn {
  const profile = Profile.parse(raw);
  const claimed = raw[groupsClaim];
  const list: readonly unknown[] = Array.isArray(claimed) ? claimed : [claimed];
  const groups = list.filter((group): group is string => typeof group === "string" && group !== "").slice(0, MAX_GROUPS);
  return {
    issuer: profile.iss,
    subject: profile.sub,
    name: profile.name ?? profile.preferred_username ?? profile.email ?? profile.sub,
    email: profile.email ?? null,
    groups,
  };
}
