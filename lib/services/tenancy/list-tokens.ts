import { z } from "zod";
import type { TokenRecord, UserRecord } from "../../adapters/database/port.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { TokenView } from "../../domain/tenancy/tenancy-view.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { isPlatformAdmin, requirePerson } from "./require-person.ts";

/** The caller's bearer tokens without their values; everybody's for a platform admin. */
export const listTokens = query({
  name: "token.list",
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(TokenView), nextCursor: z.null() }),
  permission: "self.read",
  scope: async () => ({ type: "installation" }),
  run: async (_, ctx) => {
    const person = requirePerson(ctx.actor);
    const tokens = await ctx.db.read.people.listTokens(isPlatformAdmin(person) ? null : person.userId);
    const owners = await ownersOf(ctx, tokens);
    const items = tokens.flatMap((token) => {
      const owner = owners.get(token.userId);
      return owner === undefined ? [] : [toTokenView(token, owner, person)];
    });
    return { items, nextCursor: null };
  },
});

export function toTokenView(
  { id, name, scopes, expiresAt, revokedAt, lastUsedAt }: TokenRecord,
  owner: UserRecord,
  reader: Person,
): TokenView {
  const times = {
    expiresAt: expiresAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
  return { id, name, owner: owner.name, own: owner.id === reader.userId, scopes: [...scopes], ...times };
}

async function ownersOf({ db }: Context, tokens: readonly TokenRecord[]): Promise<ReadonlyMap<string, UserRecord>> {
  const ids = [...new Set(tokens.map(({ userId }) => userId))];
  const users = await Promise.all(ids.map((id) => db.read.people.findUser(id)));
  return new Map(users.flatMap((user) => (user === null ? [] : [[user.id, user]])));
}
