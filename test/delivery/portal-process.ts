import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import type { z } from "zod";
import { PortalError } from "../../lib/domain/portal-error.ts";
import { type OperationName, PORTAL_OPERATIONS, type PortalOperations, type Question, type Refusal, Saying } from "./portal-operations.ts";

export type Output<Name extends OperationName> = z.output<PortalOperations[Name]["output"]>;
export type PortalProcess = {
  /** Asks as the owner of the token. Throws what the portal refused with. */
  ask<Name extends OperationName>(token: string, operation: Name, input: Question["input"]): Promise<Output<Name>>;
  /** kill -9; resolves when the system has buried it. */
  kill(): Promise<void>;
};
type Waiting = { readonly resolve: (output: unknown) => void; readonly reject: (error: Error) => void };

/** Starts a portal of its own process and resolves when it is ready for traffic: migrated, watching, its bootstrap delivered. */
export async function startPortalProcess(env: Readonly<Record<string, string>>, logFile: string): Promise<PortalProcess> {
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, ["test/delivery/headless-portal.ts"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const exited = once(child, "exit");
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  child.on("message", (raw) => {
    const saying = Saying.parse(raw);
    if ("id" in saying) settle(waiting, saying);
  });
  let isGone = false;
  void exited.then(() => {
    isGone = true;
    for (const one of waiting.values()) one.reject(new Error(`the portal's process ended: ${lastWords(logFile)}`));
  });
  await Promise.race([
    untilReady(child),
    exited.then(() => Promise.reject(new Error(`the portal's process ended before it was ready: ${lastWords(logFile)}`))),
  ]);
  return {
    ask: async (token, operation, input) => {
      if (isGone) throw new Error("the portal's process is not running");
      asked += 1;
      const question: Question = { id: asked, token, operation, input };
      const output = new Promise<unknown>((resolve, reject) => waiting.set(question.id, { resolve, reject }));
      child.send(question);
      return parseOutput(operation, await output);
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function lastWords(logFile: string): string {
  return readFileSync(logFile, "utf8").slice(-2_000);
}

function settle(waiting: Map<number, Waiting>, saying: Extract<Saying, { id: number }>): void {
  const one = waiting.get(saying.id);
  waiting.delete(saying.id);
  if ("output" in saying) one?.resolve(saying.output);
  else one?.reject(toError(saying.refusal));
}

function toError({ code, key, values, fields }: Refusal): Error {
  if (code === "INTERNAL") return new Error(`the portal broke: ${key}`);
  const problems = fields.map(({ path, key: field }) => ({ path, key: field }));
  return new PortalError(codeOf(code), key, values, { fields: problems });
}

// The refusal was made from a PortalError in the other process.
function codeOf(code: string): PortalError["code"] {
  return code as PortalError["code"];
}

// Every output schema reads what it wrote, so the answer has the type that belongs to the operation's name.
function parseOutput<Name extends OperationName>(operation: Name, output: unknown): Output<Name> {
  return PORTAL_OPERATIONS[operation].output.parse(output) as Output<Name>;
}

async function untilReady(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => {
    child.on("message", (raw) => {
      if ("ready" in Saying.parse(raw)) resolve();
    });
  });
}
