import { z } from "zod";
import { BlueprintData } from "../clusters/blueprint.ts";
import { TeamId } from "../ids.ts";
import { Slot } from "../requests/request.ts";
import { GLOBAL_ROLES, TEAM_ROLES, TOKEN_SCOPES } from "./actor.ts";
import { Networking } from "./networking.ts";

const TeamRoleName = z.enum(TEAM_ROLES);
const GlobalRoleName = z.enum(GLOBAL_ROLES);
const Subject = z.strictObject({ issuer: z.url(), subject: z.string().min(1), name: z.exactOptional(z.string()) });

/** An AWS account + Region a team may use. The numbers the cost estimate and the plan need stand in `data`. */
export const BootstrapAccount = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  awsAccountId: z.string().regex(/^[0-9]{12}$/),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-[0-9]$/),
  roleArn: z.string().regex(/^arn:aws[a-z-]*:iam::[0-9]{12}:role\/.+$/),
  externalId: z.exactOptional(z.string()),
  teams: z.array(TeamId),
  kmsKeyArn: z.string(),
  platformPrincipalArn: z.string(),
  /** IAM roles that become access entries of the team's clusters. */
  teamPrincipals: z.record(z.string(), z.strictObject({ developer: z.string(), lead: z.string() })),
  zones: z.array(z.string()).min(2),
  /** For blueprints that bring their own VPC. */
  vpcs: z.array(
    z.strictObject({
      id: z.string().regex(/^vpc-[0-9a-f]+$/),
      cidr: z.string(),
      subnets: z.array(z.strictObject({ id: z.string().regex(/^subnet-[0-9a-f]+$/), zone: z.string(), cidr: z.string() })).min(2),
    }),
  ),
});
export type BootstrapAccount = z.infer<typeof BootstrapAccount>;

/** Monthly figures in US dollars; `assumptions` are said beside every estimate. Instance prices are per hour. */
export const Prices = z.strictObject({
  asOf: z.iso.date(),
  controlPlaneHour: z.number(),
  natGatewayHour: z.number(),
  gp3GiBMonth: z.number(),
  spotFactor: z.number().min(0).max(1),
  instances: z.record(z.string(), z.strictObject({ hour: z.number(), vcpu: z.int(), memoryGiB: z.number() })),
});
export type Prices = z.infer<typeof Prices>;

/** The file behind `TRELLIS_BOOTSTRAP`: who exists and what they may use. Applied at start, idempotently, and audited. */
export const BootstrapFile = z.strictObject({
  apiVersion: z.literal("trellis.internal/v1"),
  teams: z.array(
    z.strictObject({
      id: TeamId,
      description: z.string(),
      quota: z.strictObject({ clusters: z.int().min(0) }),
      groups: z.array(z.strictObject({ group: z.string(), role: TeamRoleName })).default([]),
      members: z.array(z.strictObject({ ...Subject.shape, role: TeamRoleName })).default([]),
    }),
  ),
  globalRoles: z.strictObject({
    groups: z.array(z.strictObject({ group: z.string(), role: GlobalRoleName })).default([]),
    members: z.array(z.strictObject({ ...Subject.shape, role: GlobalRoleName })).default([]),
  }),
  accounts: z.array(BootstrapAccount),
  policies: z.array(z.strictObject({ name: z.string(), slots: z.array(Slot).min(1) })),
  blueprints: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]+$/),
      version: z.int().positive(),
      policy: z.string(),
      withdrawn: z.boolean().default(false),
      data: BlueprintData,
    }),
  ),
  /** Which policy decides kinds without a blueprint, by request kind. */
  kindPolicies: z.record(z.string(), z.string()),
  prices: Prices,
  networking: Networking.default({ lattice: [], serviceNetworks: [] }),
  tokens: z
    .array(
      z.strictObject({
        name: z.string(),
        owner: Subject,
        hash: z.string().regex(/^[0-9a-f]{64}$/),
        scopes: z.array(z.enum(TOKEN_SCOPES)).min(1),
        expiresAt: z.iso.datetime(),
      }),
    )
    .default([]),
});
export type BootstrapFile = z.infer<typeof BootstrapFile>;
