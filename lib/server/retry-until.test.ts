import { describe, expect, it } from "vitest";
import { retryUntil } from "./retry-until.ts";

describe("retryUntil", () => {
  it("tries until it succeeds, and tells each failure", async () => {
    const failures: unknown[] = [];
    let left = 2;
    const attempt = async () => {
      if (left-- > 0) throw new Error(`fails, ${left} left`);
    };
    expect(await retryUntil(attempt, { signal: new AbortController().signal, onFailure: (error) => failures.push(error) })).toBe(true);
    expect(failures).toHaveLength(2);
  });

  it("gives up at once when the process is stopping", async () => {
    const stopping = new AbortController();
    const attempts = retryUntil(() => Promise.reject(new Error("away")), { signal: stopping.signal, onFailure: () => stopping.abort() });
    expect(await attempts).toBe(false);
  });
});
