// The whole portal without its web server, for tests that kill it: `node test/delivery/headless-portal.ts` with the portal's environment and an IPC channel.
// It boots as the product boots, says when it is ready, and answers questions of people with bearer tokens.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isPortalError, PortalError } from "../../lib/domain/portal-error.ts";
import { boot } from "../../lib/server/boot.ts";
import { portal } from "../../lib/server/composition.ts";
import type { Context } from "../../lib/services/context.ts";
import { personFromToken } from "../../lib/services/tenancy/person-from-token.ts";
import { PORTAL_OPERATIONS, Question, type Refusal, type Saying } from "./portal-operations.ts";

const LOOK_MS = 50;

async function answer(question: Question): Promise<Saying> {
  const { id, operation, input } = question;
  try {
    return { id, output: await PORTAL_OPERATIONS[operation].execute(input, await contextOf(question)) };
  } catch (error) {
    return { id, refusal: toRefusal(error) };
  }
}

async function contextOf({ token }: Question): Promise<Context> {
  const running = portal();
  const { db, clock } = running;
  const person = await personFromToken(db, createHash("sha256").update(token).digest("hex"), clock.now());
  if (person === null) throw new PortalError("UNAUTHENTICATED", "unauthenticated");
  return running.contextFor(person, AbortSignal.timeout(60_000));
}

function toRefusal(error: unknown): Refusal {
  if (!isPortalError(error))
    return { code: "INTERNAL", key: error instanceof Error ? (error.stack ?? error.message) : "internal", values: {}, fields: [] };
  return { code: error.code, key: error.key, values: error.values, fields: error.fields.map((field) => ({ ...field })) };
}

function say(saying: Saying): void {
  process.send?.(saying);
}

// Nobody is left to kill it when the test that started it has gone.
process.on("disconnect", () => process.exit(0));
process.on("message", (raw) => {
  const question = Question.parse(raw);
  void answer(question).then(say);
});

boot();
while (!portal().readiness.report().ready) await sleep(LOOK_MS);
say({ ready: true });
