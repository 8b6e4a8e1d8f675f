import { expect, it } from "vitest";
import { createCircuitBreaker } from "./circuit-breaker.ts";

function breakerAt(start = 0) {
  let now = start;
  const breaker = createCircuitBreaker<"timeout" | "tls">(() => now);
  return { breaker, pass: (ms: number) => void (now += ms) };
}

it("lets one failure pass and opens after two in a row", () => {
  const { breaker } = breakerAt();
  breaker.failed("timeout");
  expect(breaker.refusal()).toBeNull();
  breaker.failed("tls");
  expect(breaker.refusal()).toBe("tls");
});

it("lets one trial through after the pause, and the others after its success", () => {
  const { breaker, pass } = breakerAt();
  breaker.failed("timeout");
  breaker.failed("timeout");
  pass(4_000);
  expect([breaker.refusal(), breaker.refusal()]).toEqual([null, "timeout"]);
  breaker.succeeded();
  expect([breaker.refusal(), breaker.refusal()]).toEqual([null, null]);
});

it("pauses longer after each failed trial, and never longer than its limit", () => {
  const { breaker, pass } = breakerAt();
  breaker.failed("timeout");
  breaker.failed("timeout");
  const pauses = Array.from({ length: 5 }, () => {
    let waited = 0;
    while (breaker.refusal() !== null) {
      pass(1_000);
      waited += 1;
    }
    breaker.failed("timeout");
    return waited;
  });
  expect(pauses).toEqual([4, 8, 16, 16, 16]);
});

it("counts calls that failed together as one", () => {
  const { breaker, pass } = breakerAt();
  for (let call = 0; call < 9; call++) breaker.failed("timeout");
  pass(4_000);
  expect(breaker.refusal()).toBeNull();
});

it("gives the trial to the next caller when this one gave up", () => {
  const { breaker, pass } = breakerAt();
  breaker.failed("timeout");
  breaker.failed("timeout");
  pass(4_000);
  expect(breaker.refusal()).toBeNull();
  breaker.undecided();
  expect(breaker.refusal()).toBeNull();
});
