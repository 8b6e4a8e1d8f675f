import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { type PersonaId, personas } from "../identity/personas.ts";
import { findJson, type SandboxFolder, writePrivateJson } from "../state/sandbox-folder.ts";

const lifeMs = 365 * 24 * 3_600_000;
const renewBeforeMs = 30 * 24 * 3_600_000;
const PersonaToken = z.strictObject({ persona: z.string(), token: z.string(), expiresAt: z.iso.datetime() });
export type PersonaToken = z.infer<typeof PersonaToken>;
const TokenFile = z.strictObject({ tokens: z.array(PersonaToken) });

/** One bearer token for each persona: random, kept 0600, renewed before it ends. Only hashes leave this file, into the bootstrap file. */
export function keptPersonaTokens(folder: SandboxFolder, now: Date): PersonaToken[] {
  const kept = findJson(folder.personaTokens, TokenFile)?.tokens ?? [];
  const tokens = personas.map((persona) => {
    const known = kept.find((one) => one.persona === persona.id);
    const isFresh = known && Date.parse(known.expiresAt) - now.getTime() > renewBeforeMs;
    return isFresh
      ? known
      : { persona: persona.id, token: `trl_${randomBytes(24).toString("hex")}`, expiresAt: new Date(now.getTime() + lifeMs).toISOString() };
  });
  writePrivateJson(folder.personaTokens, { tokens });
  return tokens;
}

export function findPersonaToken(folder: SandboxFolder, persona: PersonaId): string | null {
  const file = findJson(folder.personaTokens, TokenFile);
  return file?.tokens.find((one) => one.persona === persona)?.token ?? null;
}

export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
