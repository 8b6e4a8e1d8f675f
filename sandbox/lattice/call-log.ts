import { matchesName, type NamePattern } from "./faults/name-pattern.ts";
import type { Access } from "./operations/operation.ts";

/** One call as it was answered. `status` 0: there was no answer. */
export type LoggedCall = {
  readonly seq: number;
  readonly at: string;
  readonly caller: string;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly access: Access;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly errorType: string | null;
  readonly message: string | null;
  readonly faults: readonly string[];
  readonly requestId: string;
  readonly durationMs: number;
};

export type CallQuery = {
  readonly since?: number | undefined;
  readonly caller?: NamePattern | undefined;
  readonly operation?: NamePattern | undefined;
  readonly access?: Access | undefined;
  readonly limit?: number | undefined;
};

/** The last calls, oldest first; `capacity` is asked at every call. */
export function createCallLog(capacity: () => number) {
  let ring: LoggedCall[] = [];
  let seq = 0;
  return {
    lastSeq: () => seq,
    add: (call: Omit<LoggedCall, "seq">) => {
      ring.push({ seq: ++seq, ...call });
      // Twice the size before it is cut, so that a call costs the same whether the log is full or not.
      if (ring.length >= 2 * capacity()) ring = ring.slice(-capacity());
    },
    /** What fits, oldest first; with a limit the newest of it. */
    query: ({ since = 0, caller = "*", operation = "*", access, limit }: CallQuery): LoggedCall[] => {
      const found = ring
        .slice(-capacity())
        .filter((call) => call.seq > since && matchesName(caller, call.caller) && matchesName(operation, call.operation))
        .filter((call) => access === undefined || call.access === access);
      return limit === undefined ? found : found.slice(-limit);
    },
    clear: () => {
      ring = [];
    },
  };
}
export type CallLog = ReturnType<typeof createCallLog>;
