import { z } from "zod";
import { findCause } from "./reconcile-errors.ts";

const AwsError = z.looseObject({
  name: z.string(),
  message: z.string(),
  code: z.string().optional(),
  $metadata: z.looseObject({ httpStatusCode: z.number().optional(), requestId: z.string().optional() }).optional(),
});

/** A failed call in the words of the controller's SDK, which end up in Events (lattice.md §10.2). */
export class AwsCallError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(api: string, operation: string, error: unknown, attempts: number | null) {
    const parsed = AwsError.safeParse(error);
    const known = parsed.success ? parsed.data : null;
    const status = known?.$metadata?.httpStatusCode ?? 0;
    const tries = attempts === null ? "" : `exceeded maximum number of attempts, ${attempts}, `;
    const end =
      status === 0
        ? `request send failed, ${known?.message ?? String(error)}`
        : `${known?.name ?? "UnknownError"}: ${known?.message ?? ""}`;
    super(
      `operation error ${api}: ${operation}, ${tries}https response error StatusCode: ${status}, RequestID: ${known?.$metadata?.requestId ?? ""}, ${end}`,
    );
    this.name = "AwsCallError";
    this.type = known?.name ?? "UnknownError";
    this.status = status;
  }
}

/** Throttled, broken on AWS's side, or no answer at all. */
export function isRetryable(error: unknown): boolean {
  const parsed = AwsError.safeParse(error);
  if (!parsed.success) return true;
  const status = parsed.data.$metadata?.httpStatusCode ?? 0;
  return status === 0 || status === 429 || status >= 500;
}

export function isNotFoundAnswer(error: unknown): boolean {
  return findCause(error, AwsCallError)?.type === "ResourceNotFoundException";
}

export function isConflictAnswer(error: unknown): boolean {
  return findCause(error, AwsCallError)?.type === "ConflictException";
}
