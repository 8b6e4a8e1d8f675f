import { z } from "zod";

/** What an error of the SDK, of its HTTP handler or of Node says, whatever class it has. */
const Spoken = z.object({
  name: z.string().catch(""),
  message: z.string().catch(""),
  code: z.string().optional().catch(undefined),
  retryAfterSeconds: z.number().optional().catch(undefined),
  status: z.number().optional().catch(undefined),
});

export type SdkError = z.infer<typeof Spoken>;

const THROTTLING = new Set([
  "ThrottlingException",
  "Throttling",
  "ThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "SlowDown",
]);

export function readSdkError(error: unknown): SdkError {
  if (typeof error !== "object" || error === null) return Spoken.parse({});
  const metadata = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) }).safeParse(error);
  const { name, message, code, retryAfterSeconds } = {
    name: undefined,
    message: undefined,
    code: undefined,
    retryAfterSeconds: undefined,
    ...pick(error),
  };
  return Spoken.parse({ name, message, code, retryAfterSeconds, status: metadata.data?.$metadata.httpStatusCode });
}

export function throttlesUs(error: unknown): boolean {
  const { name, status } = readSdkError(error);
  return THROTTLING.has(name) || status === 429;
}

/** The modelled field, else the header. */
export function retryAfterSecondsOf(error: unknown): number | null {
  const { retryAfterSeconds } = readSdkError(error);
  if (retryAfterSeconds !== undefined) return clamp(retryAfterSeconds);
  const answer = z.object({ $response: z.object({ headers: z.record(z.string(), z.string()) }) }).safeParse(error);
  const header = answer.success ? Number(answer.data.$response.headers["retry-after"]) : Number.NaN;
  return Number.isFinite(header) ? clamp(header) : null;
}

/** A wrong header must not silence an account for a day. */
function clamp(seconds: number): number {
  return Math.min(300, Math.max(0, seconds));
}

// `name` and `message` of an Error stand on its prototype or are not enumerable: spreading would lose them.
function pick(error: object): Partial<Record<"name" | "message" | "code" | "retryAfterSeconds", unknown>> {
  const read = (key: string): unknown => (key in error ? Reflect.get(error, key) : undefined);
  return { name: read("name"), message: read("message"), code: read("code"), retryAfterSeconds: read("retryAfterSeconds") };
}
