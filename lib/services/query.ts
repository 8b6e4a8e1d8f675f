import type { z } from "zod";
import type { PermissionName, Scope } from "../domain/tenancy/permissions.ts";
import { authorise } from "./authorise.ts";
import type { Context, TransactionContext } from "./context.ts";
import { parseInput } from "./parse-input.ts";

export type QueryDefinition<Input extends z.ZodType, Output extends z.ZodType> = {
  readonly name: string;
  readonly input: Input;
  readonly output: Output;
  readonly permission: PermissionName;
  readonly scope: (
    input: z.output<Input>,
    reads: TransactionContext & Pick<Context, "clusters" | "routes" | "facts">,
  ) => Promise<Scope | null>;
  readonly run: (input: z.output<Input>, ctx: Context) => Promise<z.output<Output>>;
};

export type Query<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly type: "query";
  readonly name: string;
  readonly input: Input;
  readonly output: Output;
  readonly permission: PermissionName;
  readonly execute: (raw: unknown, ctx: Context) => Promise<z.output<Output>>;
};

/** One thing somebody can read. Its output schema is the contract of REST; tests parse answers with it. */
export function query<Input extends z.ZodType, Output extends z.ZodType>(definition: QueryDefinition<Input, Output>): Query<Input, Output> {
  return {
    type: "query",
    name: definition.name,
    input: definition.input,
    output: definition.output,
    permission: definition.permission,
    execute: async (raw, ctx) => {
      const input = parseInput(definition.input, raw);
      const started = performance.now();
      await authorise(
        {
          ...definition,
          scope: (value, reads) => definition.scope(value, { ...reads, clusters: ctx.clusters, routes: ctx.routes, facts: ctx.facts }),
        },
        input,
        {
          ...ctx,
          tx: ctx.db.read,
        },
      );
      const output = await definition.run(input, ctx);
      ctx.metrics.observe("trellis_queries_seconds", (performance.now() - started) / 1000, { query: definition.name });
      return output;
    },
  };
}
