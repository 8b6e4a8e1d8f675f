import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Caller } from "../callers.ts";
import type { EmulatorWorld } from "../emulator-world.ts";
import type { SetLatticeFault } from "../faults/fault-list.ts";
import { resourceNames } from "../faults/resource-names.ts";
import { denied, LatticeError, throttled } from "../lattice-error.ts";
import { newCall, sweepWorld } from "../new-call.ts";
import { type Answer, encodeAnswer, encodeError } from "./encode-answer.ts";
import { type Credential, readCaller, readCredential } from "./read-caller.ts";
import { type ResolvedCall, resolveCall, type WireRequest } from "./resolve-call.ts";

/** `reset` and `silent` are what a lost network looks like from outside. */
export type Outcome = Answer | "reset" | "silent";

/** One call from the wire to its answer: who, which operation, which faults, then the operation itself; logged whatever comes of it. */
export async function handleCall(world: EmulatorWorld, request: WireRequest): Promise<Outcome> {
  const began = performance.now();
  const requestId = randomUUID();
  const resolved = resolveCall(request);
  const credential = readCredential(request.headers);
  const identified = identify(world, credential);
  const caller = identified instanceof LatticeError ? (credential?.accessKeyId ?? "-") : identified.name;
  const faults = world.faults.meet({
    operation: resolved.operation,
    caller,
    arguments: resolved.arguments,
    resourceNames: () =>
      identified instanceof LatticeError ? [] : resourceNames(world.store.region(placeOf(identified, credential)), resolved.arguments),
  });
  for (const { delayMs } of faults) if (delayMs > 0) await sleep(delayMs);
  const lost = faults.find((fault) => fault.network !== undefined)?.network;
  const ended = lost === "reset" || lost === "silent" ? null : attempt(() => run(world, { resolved, credential, identified, faults }));
  const error = ended instanceof LatticeError ? ended : null;
  world.log.add({
    at: new Date(world.clock.now()).toISOString(),
    caller,
    account: identified instanceof LatticeError ? "-" : identified.account,
    region: credential?.region ?? "-",
    service: credential?.service ?? "-",
    operation: resolved.operation,
    access: resolved.access,
    arguments: resolved.arguments,
    status: lost ? 0 : error ? error.status : resolved.status,
    errorType: error?.type ?? null,
    message: error?.message ?? null,
    faults: faults.map(({ id }) => id),
    requestId,
    durationMs: Math.round(performance.now() - began),
  });
  if (ended === null || lost) return lost === "silent" ? "silent" : "reset";
  if (ended instanceof LatticeError) return encodeError(resolved.protocol, ended, requestId);
  return encodeAnswer(resolved.protocol, { operation: resolved.operation, status: resolved.status, output: ended, requestId });

  function attempt(act: () => object): object {
    try {
      return act();
    } catch (error) {
      if (error instanceof LatticeError) return error;
      world.say(`lattice: ${resolved.operation} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return new LatticeError(500, "InternalServerException", "Internal server error");
    }
  }
}

type Attempt = {
  readonly resolved: ResolvedCall;
  readonly credential: Credential | null;
  readonly identified: Caller | LatticeError;
  readonly faults: readonly SetLatticeFault[];
};

function run(world: EmulatorWorld, { resolved, credential, identified, faults }: Attempt): object {
  for (const fault of faults) {
    if (fault.status === undefined) continue;
    const extra = fault.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: fault.retryAfterSeconds };
    throw new LatticeError(fault.status, fault.type ?? "InternalServerException", fault.message ?? fault.type ?? "", extra);
  }
  if (identified instanceof LatticeError) throw identified;
  const place = placeOf(identified, credential);
  const { rate } = world.settings();
  if (!world.mayPass(place, rate, world.clock.now())) throw throttled(rate?.retryAfterSeconds ?? 1);
  if (resolved.access === "write" && identified.access === "read")
    throw denied(`User: ${identified.arn} is not authorized to perform: ${credential?.service ?? "vpc-lattice"}:${resolved.operation}`);
  const store = world.store.region(place);
  sweepWorld(world);
  const output = resolved.run(newCall(world, { store, caller: identified }));
  if (resolved.access === "write" || resolved.operation === "AssumeRole") world.store.changed();
  return output;
}

function placeOf(caller: Caller, credential: Credential | null): { account: string; region: string } {
  return { account: caller.account, region: credential?.region ?? "" };
}

function identify(world: EmulatorWorld, credential: Credential | null): Caller | LatticeError {
  try {
    return readCaller(credential, {
      now: world.clock.now(),
      callers: world.callers,
      roles: world.roles,
      sessions: world.store.sessions,
    });
  } catch (error) {
    if (error instanceof LatticeError) return error;
    throw error;
  }
}
