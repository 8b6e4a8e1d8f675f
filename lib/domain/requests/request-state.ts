import { PortalError } from "../portal-error.ts";
import type { RequestState } from "./request.ts";

export const REQUEST_EVENTS = [
  "approve",
  "send-back",
  "reject",
  "withdraw",
  "expire",
  "resubmit",
  "start",
  "finish",
  "fail",
  "retry",
  "restart",
] as const;
/**
 * What can happen to a request. `approve` is the approval that fills the last slot. `fail` stops a delivery (also before its first step);
 * `retry` goes on with the same bytes, `restart` does so when no step has begun, so that freshness is asked again.
 */
export type RequestEvent = (typeof REQUEST_EVENTS)[number];

const NEXT: Readonly<Record<RequestState, Partial<Readonly<Record<RequestEvent, RequestState>>>>> = {
  waiting: {
    approve: "approved",
    "send-back": "sent-back",
    reject: "rejected",
    withdraw: "withdrawn",
    expire: "expired",
    resubmit: "waiting",
  },
  "sent-back": { resubmit: "waiting", withdraw: "withdrawn", expire: "expired" },
  approved: { start: "delivering", fail: "failed" },
  delivering: { finish: "delivered", fail: "failed" },
  failed: { retry: "delivering", restart: "approved", withdraw: "withdrawn" },
  delivered: {},
  rejected: {},
  withdrawn: {},
  expired: {},
};

/** The state after an event, or null when the event has no place in this state (product.md §4). */
export function nextState(state: RequestState, event: RequestEvent): RequestState | null {
  return NEXT[state][event] ?? null;
}

/** As `nextState`; `CONFLICT` `requests.wrongState` with the state it is in now. */
export function requireNextState(state: RequestState, event: RequestEvent): RequestState {
  const next = nextState(state, event);
  if (next === null) throw wrongState(state, event);
  return next;
}

/** `CONFLICT`: what somebody wants has no place in the state the request is in. The state's word is spelled for ICU, which knows no hyphens. */
export function wrongState(state: RequestState, event: RequestEvent | "decide"): PortalError {
  return new PortalError("CONFLICT", "requests.wrongState", { state: state === "sent-back" ? "sentBack" : state, event });
}

/** States in which a request counts as the one that acts on its target. */
export function isActive(state: RequestState): boolean {
  return state === "approved" || state === "delivering";
}
