import { createHash } from "node:crypto";

const jitter = 0.2;
const hurry = 8;

/** Time in the sandbox: realistic durations divided by the speed, each moved a little by a number that depends only on the object and the step. */
export function pace(speed: number, now: () => number = Date.now) {
  const started = new Map<string, number>();
  const hurried = new Set<string>();
  return {
    /** Whether a step of `seconds` has had its time. It starts when first asked about, or at `since` when that is known from the object. */
    isDue(uid: string, step: string, seconds: number, since: string | null = null): boolean {
      const key = `${uid}/${step}`;
      const start = started.get(key) ?? (since === null ? now() : Math.min(Date.parse(since), now()));
      started.set(key, start);
      const wanted = (seconds * 1_000 * (1 - jitter + 2 * jitter * fraction(key))) / (hurried.has(uid) ? speed * hurry : speed);
      return now() - start >= wanted;
    },
    /** This object's steps take an eighth of their time, until `calm`. */
    hurry(uid: string): void {
      hurried.add(uid);
    },
    calm(uid: string): void {
      hurried.delete(uid);
    },
    /** The step may start anew (a fault was lifted, a second scaling begins). */
    restart(uid: string, step: string): void {
      started.delete(`${uid}/${step}`);
    },
    forget(uid: string): void {
      for (const key of started.keys()) if (key.startsWith(`${uid}/`)) started.delete(key);
    },
  };
}
export type Pace = ReturnType<typeof pace>;

/** A number between 0 and 1 that is always the same for the same text. */
export function fraction(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 0xffffffff;
}

/** An AWS-looking id that is always the same for the same text: `vpc-0a1b…`. */
export function awsId(prefix: string, text: string): string {
  return `${prefix}-0${createHash("sha256").update(`${prefix}/${text}`).digest("hex").slice(0, 16)}`;
}
