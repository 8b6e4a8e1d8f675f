import { z } from "zod";
import type { LatticeAccount } from "./port.ts";

/** Renewed when less than this is left. */
const MARGIN_MS = 5 * 60 * 1000;
/** A refusal is remembered so long: a sweep of a thousand calls must not ask STS a thousand times. */
const REFUSED_MS = 10_000;
const SESSION_SECONDS = 3_600;

const Answer = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string(), Expiration: z.date() }),
});

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
};

export type AssumeRoleInput = {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds: number;
  readonly ExternalId?: string;
};

/** Keeps the temporary credentials of one account until shortly before they end; askers at the same moment share one call. */
export function createAssumedRole({
  account,
  assume,
  now,
}: {
  readonly account: LatticeAccount;
  readonly assume: (input: AssumeRoleInput) => Promise<unknown>;
  readonly now: () => number;
}): () => Promise<Credentials> {
  let held: Credentials | null = null;
  let asking: Promise<Credentials> | null = null;
  let refused: { readonly error: Error; readonly until: number } | null = null;

  async function ask(): Promise<Credentials> {
    try {
      const answer = await assume({
        RoleArn: account.roleArn,
        RoleSessionName: "trellis",
        DurationSeconds: SESSION_SECONDS,
        ...(account.externalId === null ? {} : { ExternalId: account.externalId }),
      });
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Answer.parse(answer).Credentials;
      held = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiration: Expiration };
      refused = null;
      return held;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error("AssumeRole failed", { cause: error });
      refused = { error: failure, until: now() + REFUSED_MS };
      throw failure;
    } finally {
      asking = null;
    }
  }

  return () => {
    if (held !== null && held.expiration.getTime() - now() > MARGIN_MS) return Promise.resolve(held);
    if (refused !== null && now() < refused.until) return Promise.reject(refused.error);
    asking ??= ask();
    return asking;
  };
}
