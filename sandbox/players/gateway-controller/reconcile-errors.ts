/** "Come back in so many seconds", which is no failure: the queue forgets earlier failures (lattice.md §10.3). */
export class RequeueAfter extends Error {
  readonly seconds: number;
  constructor(detail = "LATTICE_RETRY", seconds = 10) {
    super(`requeue needed after ${seconds}s: ${detail}`);
    this.name = "RequeueAfter";
    this.seconds = seconds;
  }
}

/** Something in Lattice belongs to somebody else. */
export class OwnershipConflict extends Error {
  constructor(what: string, why: string) {
    super(`${what} had a conflict: ${why}`);
    this.name = "OwnershipConflict";
  }
}

/** What is asked for does not exist in Lattice. */
export class LatticeNotFound extends Error {
  constructor(what: string) {
    super(`not found, ${what}`);
    this.name = "LatticeNotFound";
  }
}

/** No issued ACM certificate fits; asked again each minute. */
export class CertificateNotFound extends Error {
  constructor(hostname: string) {
    super(`no matching ACM certificate found for hostname ${hostname}`);
    this.name = "CertificateNotFound";
  }
}

/** Puts the controller's words before an error's and keeps what it was. */
export function because(words: string, error: unknown): Error {
  return new Error(`${words} ${messageOf(error)}`, { cause: error });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first error of this class in the chain of causes. */
export function findCause<T extends Error>(error: unknown, kind: abstract new (...args: never[]) => T): T | null {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof kind) return at;
  return null;
}

/** Runs a step; a failure carries the step's words. */
export async function step<T>(words: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw because(words, error);
  }
}
