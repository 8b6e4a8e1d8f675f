import type { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { storeProblem } from "./delivery-problem.ts";

/** How one attempt at a step ended. `released`: this process is stopping, somebody else goes on. */
export type StepOutcome =
  | { readonly state: "done"; readonly result: JsonObject }
  | { readonly state: "waiting"; readonly retryInMs: number; readonly problem: JsonObject }
  | { readonly state: "failed"; readonly problem: JsonObject }
  | { readonly state: "released" };

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;

/** An outage waits and says so; everything else that is expected stops the delivery; a bug stops it too, without its words. */
export function outcomeOfError(error: unknown, attempts: number): StepOutcome {
  if (error instanceof PortalError && error.code === "UNAVAILABLE")
    return { state: "waiting", retryInMs: backOff(attempts), problem: storeProblem(error) };
  return { state: "failed", problem: storeProblem(error instanceof PortalError ? error : new PortalError("INTERNAL", "internal")) };
}

/** Waits that double with each attempt, up to five seconds: an API server that comes back is noticed soon. */
export function backOff(attempts: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 10));
}
