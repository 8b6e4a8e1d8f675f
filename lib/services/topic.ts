import type { z } from "zod";
import type { PermissionName, Scope } from "../domain/tenancy/permissions.ts";
import { authorise } from "./authorise.ts";
import type { Context, TransactionContext } from "./context.ts";
import { parseInput } from "./parse-input.ts";

/** What a topic pushes. `set` replaces one keyed item of the view, `remove` takes it out, `resync` says: read the query again. */
export type TopicEvent =
  | { readonly type: "set"; readonly key: string; readonly view: unknown }
  | { readonly type: "remove"; readonly key: string }
  | { readonly type: "resync" };

export type TopicDefinition<Input extends z.ZodType> = {
  readonly name: string;
  readonly input: Input;
  readonly permission: PermissionName;
  readonly scope: (
    input: z.output<Input>,
    reads: TransactionContext & Pick<Context, "clusters" | "routes" | "facts">,
  ) => Promise<Scope | null>;
  /** Subscribes; must check each event again with `ctx.actor`. Returns the unsubscribe function. */
  readonly open: (input: z.output<Input>, ctx: Context, push: (event: TopicEvent) => void) => () => void;
};

export type Topic = {
  readonly type: "topic";
  readonly name: string;
  readonly input: z.ZodType;
  readonly permission: PermissionName;
  readonly subscribe: (raw: unknown, ctx: Context, push: (event: TopicEvent) => void) => Promise<() => void>;
};

/** A live query: `/api/live` only opens topics. */
export function topic<Input extends z.ZodType>(definition: TopicDefinition<Input>): Topic {
  return {
    type: "topic",
    name: definition.name,
    input: definition.input,
    permission: definition.permission,
    subscribe: async (raw, ctx, push) => {
      const input = parseInput(definition.input, raw);
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
      return definition.open(input, ctx, push);
    },
  };
}
