import { AsyncLocalStorage } from "node:async_hooks";
import type { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import type { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { LogPort, MetricsPort } from "../telemetry/port.ts";
import { createAssumedRole } from "./assumed-role.ts";
import { type CallQueue, createCallQueue } from "./call-queue.ts";
import type { LatticeAccount, LatticeCallOptions } from "./port.ts";
import { loadSdk } from "./sdk.ts";
import { retryAfterSecondsOf, throttlesUs } from "./sdk-error.ts";
import { type GivenUp, translateError } from "./translate-error.ts";

/** From its first turn a call with its retries may last so long; before it, it may wait so long for that turn. */
const CALL_MS = 30_000;
const QUEUE_MS = 120_000;
const CONNECT_MS = 3_000;
const ATTEMPT_MS = 10_000;
const MAX_ATTEMPTS = 5;

export type Aws = Awaited<ReturnType<typeof loadSdk>> & {
  readonly latticeClient: VPCLatticeClient;
  readonly taggingClient: ResourceGroupsTaggingAPIClient;
};
export type Send = (aws: Aws, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;

/** Everything that reads one account and Region: three SDK clients, the role's credentials, the queue they share. */
export type AccountClient = {
  /** Sends one request with the SDK's retries. `what` says what is asked for, for "gone" errors. */
  call(operation: string, options: LatticeCallOptions | undefined, send: Send): Promise<unknown>;
  readonly queue: CallQueue;
  close(): void;
};

/** What one call carries through the SDK's retry loop to the pacing middleware. */
type Scope = { readonly operation: string; readonly urgent: boolean; readonly signal: AbortSignal; readonly begin: () => void };

export type AccountClientOptions = {
  readonly account: LatticeAccount;
  readonly endpoint: string | undefined;
  readonly log: LogPort;
  readonly metrics: MetricsPort;
  readonly clock: { now(): Date };
};

export function createAccountClient({ account, endpoint, log, metrics, clock }: AccountClientOptions): AccountClient {
  const scopes = new AsyncLocalStorage<Scope>();
  const queue = createCallQueue({ callsPerSecond: account.callsPerSecond, wallClock: clock });
  let opening: Promise<Aws & { close(): void }> | undefined;

  /** Sits inside the retry loop: each attempt waits for its turn and says how it ended. */
  function paced<Args, Output>(next: (args: Args) => Promise<Output>): (args: Args) => Promise<Output> {
    return async (args) => {
      const scope = scopes.getStore();
      if (scope === undefined) return next(args);
      const asked = performance.now();
      const release = await queue.take(scope);
      scope.begin();
      metrics.observe("trellis_lattice_wait_seconds", (performance.now() - asked) / 1000, { urgent: String(scope.urgent) });
      const count = (outcome: string) =>
        metrics.count("trellis_lattice_calls_total", { account: account.id, operation: scope.operation, outcome });
      try {
        const output = await next(args);
        count("ok");
        return output;
      } catch (error) {
        const throttled = throttlesUs(error);
        if (throttled) {
          const seconds = retryAfterSecondsOf(error) ?? 1;
          queue.throttled(seconds * 1000);
          log.warn("lattice.throttled", { account: account.id, operation: scope.operation, seconds });
        }
        count(throttled ? "throttled" : "error");
        throw error;
      } finally {
        release();
      }
    };
  }

  async function open(): Promise<Aws & { close(): void }> {
    const sdk = await loadSdk();
    const shared = {
      region: account.region,
      ...(endpoint === undefined ? {} : { endpoint }),
      maxAttempts: MAX_ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ATTEMPT_MS, throwOnRequestTimeout: true },
    };
    const stsClient = new sdk.sts.STSClient({ ...shared, maxAttempts: 2 });
    const credentials = createAssumedRole({
      account,
      assume: async (input) => {
        const count = (outcome: string) =>
          metrics.count("trellis_lattice_calls_total", { account: account.id, operation: "AssumeRole", outcome });
        try {
          const answer = await stsClient.send(new sdk.sts.AssumeRoleCommand(input), { abortSignal: AbortSignal.timeout(ATTEMPT_MS) });
          count("ok");
          return answer;
        } catch (error) {
          count("error");
          throw new AssumeRoleFailed(error);
        }
      },
      now: () => clock.now().getTime(),
    });
    const latticeClient = new sdk.lattice.VPCLatticeClient({ ...shared, retryMode: "adaptive", credentials });
    const taggingClient = new sdk.tagging.ResourceGroupsTaggingAPIClient({ ...shared, retryMode: "adaptive", credentials });
    const place = { relation: "after", toMiddleware: "retryMiddleware", name: "trellisPace" } as const;
    latticeClient.middlewareStack.addRelativeTo(paced, place);
    taggingClient.middlewareStack.addRelativeTo(paced, place);
    return {
      ...sdk,
      latticeClient,
      taggingClient,
      close: () => {
        for (const client of [latticeClient, taggingClient, stsClient]) client.destroy();
      },
    };
  }

  function opened(): Promise<Aws & { close(): void }> {
    opening ??= open();
    return opening;
  }

  return {
    queue,
    async call(operation, options, send) {
      const aws = await opened();
      const deadline = startDeadline();
      const signal = options?.signal === undefined ? deadline.signal : AbortSignal.any([options.signal, deadline.signal]);
      const scope: Scope = { operation, urgent: options?.urgent === true, signal, begin: deadline.begin };
      try {
        return await scopes.run(scope, () => send(aws, { abortSignal: signal }));
      } catch (error) {
        const givenUp: GivenUp = options?.signal?.aborted === true ? "aborted" : deadline.signal.aborted ? "timeout" : null;
        const sent = error instanceof AssumeRoleFailed ? { error: error.cause, operation: "AssumeRole" } : { error, operation };
        throw translateError({ ...sent, account: account.id, givenUp, pausedSeconds: Math.ceil(queue.pausedMs() / 1000) });
      } finally {
        deadline.end();
      }
    },
    close: () => void opening?.then((aws) => aws.close()).catch(() => undefined),
  };
}

class AssumeRoleFailed extends Error {
  constructor(cause: unknown) {
    super("AssumeRole failed", { cause });
  }
}

/** Waiting for a turn and being at work have limits of their own. */
function startDeadline(): { readonly signal: AbortSignal; readonly begin: () => void; readonly end: () => void } {
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  let timer = setTimeout(giveUp, QUEUE_MS);
  let hasBegun = false;
  return {
    signal: controller.signal,
    begin: () => {
      if (hasBegun) return;
      hasBegun = true;
      clearTimeout(timer);
      timer = setTimeout(giveUp, CALL_MS);
    },
    end: () => clearTimeout(timer),
  };
}
