import { z } from "zod";
import { isPortalError } from "../../domain/portal-error.ts";
import type { AccountClient, Aws, Send } from "./account-client.ts";
import type { LatticeCallOptions } from "./port.ts";
import { unreadable } from "./translate-error.ts";

/** The default page size is not documented: always ask for the largest (lattice.md §3.1). */
export const PAGE = { maxResults: 100 } as const;
const MOST_PAGES = 500;

type Page = { readonly nextToken?: string };

/** The calls of one account, with answers parsed. */
export type Asking = {
  one<Schema extends z.ZodType>(operation: string, schema: Schema, send: Send): Promise<z.output<Schema>>;
  /** Like `one`; null when there is no such thing. */
  find<Schema extends z.ZodType>(operation: string, schema: Schema, send: Send): Promise<z.output<Schema> | null>;
  all<Schema extends z.ZodType>(
    operation: string,
    item: Schema,
    send: (aws: Aws, page: Page, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>,
  ): Promise<z.output<Schema>[]>;
};

export function createAsking(account: string, client: AccountClient, options: LatticeCallOptions | undefined): Asking {
  async function one<Schema extends z.ZodType>(operation: string, schema: Schema, send: Send): Promise<z.output<Schema>> {
    const parsed = schema.safeParse(await client.call(operation, options, send));
    if (!parsed.success) throw unreadable(account, operation, parsed.error);
    return parsed.data;
  }
  return {
    one,
    find: (operation, schema, send) => orNull(one(operation, schema, send)),
    async all(operation, item, send) {
      const schema = z.object({ items: z.array(item).optional(), nextToken: z.string().nullish() });
      const items: z.output<typeof item>[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const from: Page = nextToken === undefined ? {} : { nextToken };
        const answer = await one(operation, schema, (aws, signal) => send(aws, from, signal));
        items.push(...(answer.items ?? []));
        if (answer.nextToken === undefined || answer.nextToken === null || answer.nextToken === "") return items;
        if (answer.nextToken === nextToken) throw unreadable(account, operation, new Error("the same page again"));
        nextToken = answer.nextToken;
      }
      throw unreadable(account, operation, new Error("too many pages"));
    },
  };
}

export async function orNull<Value>(asking: Promise<Value>): Promise<Value | null> {
  try {
    return await asking;
  } catch (error) {
    if (isPortalError(error) && error.key === "lattice.missing") return null;
    throw error;
  }
}
