import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isPortalError } from "../../lib/domain/portal-error.ts";
import type { RequestView } from "../../lib/domain/requests/request-view.ts";
import type { RouteState, RouteView } from "../../lib/domain/routes/route-view.ts";
import type { PersonaId } from "../../sandbox/identity/personas.ts";
import { findPersonaToken } from "../../sandbox/seed/persona-tokens.ts";
import type { SandboxFolder } from "../../sandbox/state/sandbox-folder.ts";
import type { OperationName, Question } from "./portal-operations.ts";
import { type Output, type PortalProcess, startPortalProcess } from "./portal-process.ts";

const LOOK_MS = 150;
const PATIENCE_MS = 150_000;
const DECIDERS: readonly PersonaId[] = ["payments-lead", "admin", "admin-two"];
export type Input = Question["input"];
export type PlannedStep = RequestView["plan"][number];

/** A portal of its own process that a test may kill at any moment and start again, and the people of the sandbox who use it. */
export async function startKillablePortal(folder: SandboxFolder, env: Readonly<Record<string, string>>, logFile: string) {
  let running: PortalProcess = await startPortalProcess(env, logFile);

  async function ask<Name extends OperationName>(persona: PersonaId, operation: Name, input: Input): Promise<Output<Name>> {
    const token = findPersonaToken(folder, persona);
    if (token === null) throw new Error(`${persona} has no token`);
    return running.ask(token, operation, input);
  }

  /** Asks until `wanted` says yes, and says what it saw last when that takes too long. */
  async function until<T>(what: string, look: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = await look();
      if (wanted(seen)) return seen;
      if (Date.now() > end) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}; last seen: ${inShort(seen)}`);
      await sleep(LOOK_MS);
    }
  }

  const request = (id: string) => ask("payments-dev", "getRequest", { id });

  /** The request at the moment when `wanted` is true of it; a delivery that stopped is an error. */
  async function untilRequest(id: string, what: string, wanted: (seen: RequestView) => boolean): Promise<RequestView> {
    return until(
      `${id} ${what}`,
      async () => {
        const seen = await request(id);
        if (seen.state === "failed") throw new Error(`${id} stopped before it ${what}: ${JSON.stringify(seen.failure)}`);
        return seen;
      },
      wanted,
    );
  }

  /** Submits as payments' developer and lets everybody decide who may, until no slot is open. */
  async function approved(kind: string, input: Input, purpose: string): Promise<RequestView> {
    const { id, contentHash } = await ask("payments-dev", "submitRequest", { kind, team: "payments", purpose, input });
    for (const persona of DECIDERS) {
      const { can } = await ask(persona, "getRequest", { id });
      if (can.approve.allowed) await ask(persona, "approveRequest", { id, contentHash });
    }
    return request(id);
  }

  return {
    ask,
    until,
    request,
    approved,
    kill: () => running.kill(),
    start: async () => {
      running = await startPortalProcess(env, logFile);
    },
    untilDelivered: (id: string) => untilRequest(id, "is delivered", ({ state }) => state === "delivered"),
    /** Until the delivery waits at exactly this step of the plan. */
    untilWaitsAt: (id: string, what: string, isIt: (step: PlannedStep) => boolean) =>
      untilRequest(id, `waits at ${what}`, ({ plan, steps }) => {
        const wanted = plan.find(isIt);
        return wanted !== undefined && steps.some(({ n, state, problem }) => n === wanted.n && state !== "done" && problem !== null);
      }),
    untilRouteIs: (route: Input, state: RouteState): Promise<RouteView> =>
      until(
        `the route is ${state}`,
        () => ask("payments-dev", "getRoute", route),
        (seen) => seen.status.state === state,
      ),
    /** `NOT_FOUND` and the like: what the portal refuses with, or null. */
    refusal: async (persona: PersonaId, operation: OperationName, input: Input): Promise<string | null> => {
      try {
        await ask(persona, operation, input);
        return null;
      } catch (error) {
        if (isPortalError(error)) return error.code;
        throw error;
      }
    },
  };
}
export type KillablePortal = Awaited<ReturnType<typeof startKillablePortal>>;

const Steps = z.looseObject({ steps: z.array(z.looseObject({ state: z.string() })) });

/** Of a request only what it waits for: the rest is what the test sent. */
function inShort(seen: unknown): string {
  const request = Steps.safeParse(seen);
  const waits = request.success ? request.data.steps.filter(({ state }) => state !== "done") : seen;
  return JSON.stringify({ seen: waits }).slice(0, 3_000);
}
