import type { z } from "zod";
import type { AuditEntry } from "../domain/audit/audit-row.ts";
import { PortalError } from "../domain/portal-error.ts";
import type { PermissionName, Scope } from "../domain/tenancy/permissions.ts";
import { auditActor } from "./audit/audit-actor.ts";
import { auditRefusal } from "./audit/audit-refusal.ts";
import { authorise } from "./authorise.ts";
import type { Context, TransactionContext } from "./context.ts";
import { parseInput } from "./parse-input.ts";

/** What a command's `run` hands back: the answer, and the audit row that is written last in the same transaction. */
export type CommandResult<Output> = {
  readonly output: Output;
  readonly audit: Omit<AuditEntry, "at" | "actor" | "action" | "outcome">;
  readonly afterCommit?: (ctx: Context) => void;
};

export type CommandDefinition<Input extends z.ZodType, Output extends z.ZodType, Prepared> = {
  readonly name: string;
  readonly input: Input;
  readonly output: Output;
  readonly permission: PermissionName;
  /** Finds the owner of what the input names. `null` reads as NOT_FOUND. Called before `prepare` and again inside the transaction. */
  readonly scope: (input: z.output<Input>, reads: TransactionContext) => Promise<Scope | null>;
  /** Outside any transaction: the only place of a command that may call other systems. */
  readonly prepare?: (input: z.output<Input>, ctx: Context) => Promise<Prepared>;
  readonly run: (input: z.output<Input>, ctx: TransactionContext, prepared: Prepared) => Promise<CommandResult<z.input<Output>>>;
};

export type Command<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly type: "command";
  readonly name: string;
  readonly input: Input;
  readonly output: Output;
  readonly permission: PermissionName;
  readonly execute: (raw: unknown, ctx: Context) => Promise<z.output<Output>>;
};

/**
 * One thing somebody can do: parse → authorise → prepare (adapters allowed) → short transaction (authorise again, run, audit row last).
 * A refusal by right leaves an audit row of its own transaction.
 */
export function command<Input extends z.ZodType, Output extends z.ZodType, Prepared = undefined>(
  definition: CommandDefinition<Input, Output, Prepared>,
): Command<Input, Output> {
  return {
    type: "command",
    name: definition.name,
    input: definition.input,
    output: definition.output,
    permission: definition.permission,
    execute: (raw, ctx) => execute(definition, raw, ctx),
  };
}

async function execute<Input extends z.ZodType, Output extends z.ZodType, Prepared>(
  definition: CommandDefinition<Input, Output, Prepared>,
  raw: unknown,
  ctx: Context,
): Promise<z.output<Output>> {
  const input = parseInput(definition.input, raw);
  try {
    await authorise(definition, input, { ...ctx, tx: ctx.db.read });
    const prepared = await prepareOf(definition, input, ctx);
    const result = await ctx.db.transaction(async (tx) => {
      const inside = { actor: ctx.actor, clock: ctx.clock, settings: ctx.settings, kinds: ctx.kinds, randomId: ctx.randomId, tx };
      await authorise(definition, input, inside);
      const done = await definition.run(input, inside, prepared);
      await tx.audit.append({ ...done.audit, at: ctx.clock.now(), action: definition.name, outcome: "ok", actor: auditActor(ctx.actor) });
      return done;
    });
    result.afterCommit?.(ctx);
    ctx.metrics.count("trellis_commands_total", { command: definition.name, outcome: "ok" });
    return definition.output.parse(result.output);
  } catch (error) {
    ctx.metrics.count("trellis_commands_total", {
      command: definition.name,
      outcome: error instanceof PortalError ? error.code : "INTERNAL",
    });
    await auditRefusal(definition.name, input, error, ctx);
    throw error;
  }
}

// A command without `prepare` is typed with Prepared = undefined, which its `run` then receives.
async function prepareOf<Input extends z.ZodType, Output extends z.ZodType, Prepared>(
  definition: CommandDefinition<Input, Output, Prepared>,
  input: z.output<Input>,
  ctx: Context,
): Promise<Prepared> {
  return definition.prepare === undefined ? (undefined as Prepared) : definition.prepare(input, ctx);
}
