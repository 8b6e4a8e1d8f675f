import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ENDED_STATES, REQUEST_STATES, type RequestState } from "./request.ts";
import { isActive, nextState, REQUEST_EVENTS, type RequestEvent, requireNextState } from "./request-state.ts";

const walk = fc.array(fc.constantFrom(...REQUEST_EVENTS), { maxLength: 30 });

function states(events: readonly RequestEvent[]): RequestState[] {
  const seen: RequestState[] = ["waiting"];
  for (const event of events) {
    const next = nextState(seen.at(-1) ?? "waiting", event);
    if (next !== null) seen.push(next);
  }
  return seen;
}

describe("request state", () => {
  it("never leaves an ended state", () => {
    for (const state of ENDED_STATES) for (const event of REQUEST_EVENTS) expect(nextState(state, event)).toBeNull();
  });

  it("reaches delivering only through approved", () => {
    fc.assert(
      fc.property(walk, (events) => {
        const seen = states(events);
        const delivering = seen.indexOf("delivering");
        if (delivering >= 0) expect(seen.slice(0, delivering)).toContain("approved");
      }),
    );
  });

  it("never becomes active again once it waits or ends, except by a new approval or a retry", () => {
    fc.assert(
      fc.property(walk, (events) => {
        let state: RequestState = "waiting";
        for (const event of events) {
          const next = nextState(state, event);
          if (next !== null && isActive(next) && !isActive(state)) expect(["approve", "retry", "restart"]).toContain(event);
          state = next ?? state;
        }
      }),
    );
  });

  it("can reach every state", () => {
    const reached = new Set<RequestState>(["waiting"]);
    for (let round = 0; round < REQUEST_STATES.length; round += 1)
      for (const state of [...reached]) for (const event of REQUEST_EVENTS) reached.add(nextState(state, event) ?? state);
    expect([...reached].sort()).toEqual([...REQUEST_STATES].sort());
  });

  it("names the state that forbids an event", () => {
    expect(() => requireNextState("withdrawn", "approve")).toThrow(
      expect.objectContaining({ code: "CONFLICT", key: "requests.wrongState", values: { state: "withdrawn", event: "approve" } }),
    );
  });
});
