import { z } from "zod";
import { BlueprintText } from "../clusters/blueprint.ts";
import { Message } from "../message.ts";
import { Slot } from "../requests/request.ts";
import { GLOBAL_ROLES, TEAM_ROLES, TOKEN_SCOPES } from "./actor.ts";
import { Prices } from "./bootstrap.ts";

const instant = z.iso.datetime();
const role = z.enum(TEAM_ROLES);

/** The answer of `GET /me`: who the reader is and what she may do, as the database says now. */
export const MeView = z.strictObject({
  id: z.string(),
  name: z.string(),
  globalRoles: z.array(z.enum(GLOBAL_ROLES)),
  teams: z.array(z.strictObject({ id: z.string(), role })),
  via: z.enum(["session", "token"]),
  /** When the session ends, hard; null for a token. */
  endsAt: z.nullable(instant),
});
export type MeView = z.infer<typeof MeView>;

/** One team of the list. `clusters` counts against the quota: reserved by requests and observed. */
export const TeamRowView = z.strictObject({
  id: z.string(),
  description: z.string(),
  members: z.int(),
  clusters: z.strictObject({ used: z.int(), limit: z.int() }),
});
export type TeamRowView = z.infer<typeof TeamRowView>;

/** One team with its people; never an e-mail address. `source` says whether the right came from a group of the identity provider. */
export const TeamView = z.strictObject({
  ...TeamRowView.shape,
  people: z.array(z.strictObject({ id: z.string(), name: z.string(), role, source: z.enum(["idp", "manual"]) })),
  groups: z.array(z.strictObject({ group: z.string(), role })),
});
export type TeamView = z.infer<typeof TeamView>;

/** An AWS account and Region with the teams that may use it. */
export const AccountView = z.strictObject({
  id: z.string(),
  awsAccountId: z.string(),
  region: z.string(),
  roleArn: z.string(),
  teams: z.array(z.string()),
  zones: z.array(z.string()),
  vpcs: z.array(
    z.strictObject({
      id: z.string(),
      cidr: z.string(),
      subnets: z.array(z.strictObject({ id: z.string(), zone: z.string(), cidr: z.string() })),
    }),
  ),
});
export type AccountView = z.infer<typeof AccountView>;

/** An approval policy and what it decides: blueprints by id, other kinds by name. */
export const PolicyView = z.strictObject({
  name: z.string(),
  version: z.int(),
  slots: z.array(z.strictObject({ ...Slot.shape, who: Message })),
  blueprints: z.array(z.string()),
  kinds: z.array(z.string()),
});
export type PolicyView = z.infer<typeof PolicyView>;

export const PricesView = Prices;
export type PricesView = Prices;

/** A bearer token without its value. `own` says whether it is the reader's. */
export const TokenView = z.strictObject({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  own: z.boolean(),
  scopes: z.array(z.enum(TOKEN_SCOPES)),
  expiresAt: instant,
  revokedAt: z.nullable(instant),
  lastUsedAt: z.nullable(instant),
});
export type TokenView = z.infer<typeof TokenView>;

/** One line of the blueprint list, for Settings and for the form. */
export const BlueprintRowView = z.strictObject({
  id: z.string(),
  version: z.int(),
  title: BlueprintText,
  summary: BlueprintText,
  policy: z.string(),
  withdrawn: z.boolean(),
  usualMinutes: z.strictObject({ low: z.int(), high: z.int() }),
});
export type BlueprintRowView = z.infer<typeof BlueprintRowView>;
