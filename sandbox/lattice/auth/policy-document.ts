import { z } from "zod";
import { conditionOperator } from "./condition-operator.ts";

const list = z.union([z.string(), z.array(z.string())]).transform((given) => (typeof given === "string" ? [given] : given));
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const values = z.union([scalar.transform((one) => [one]), z.array(scalar)]);
const Principal = z.union([
  z.literal("*").transform(() => ["*"]),
  z
    .strictObject({ AWS: list.optional(), Service: list.optional(), Federated: list.optional(), CanonicalUser: list.optional() })
    // Nobody but AWS principals signs calls to Lattice.
    .transform((given) => given.AWS ?? []),
]);
const Condition = z.record(
  z.string().refine((name) => conditionOperator(name) !== null, "no such condition operator"),
  z.record(z.string(), values),
);
const Statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(["Allow", "Deny"]),
    Principal: Principal.optional(),
    NotPrincipal: Principal.optional(),
    Action: list.optional(),
    NotAction: list.optional(),
    Resource: list.optional(),
    NotResource: list.optional(),
    Condition: Condition.default({}),
  })
  .refine((one) => (one.Action === undefined) !== (one.NotAction === undefined), "exactly one of Action and NotAction")
  .refine((one) => (one.Resource === undefined) !== (one.NotResource === undefined), "exactly one of Resource and NotResource")
  .refine((one) => one.Principal === undefined || one.NotPrincipal === undefined, "Principal or NotPrincipal");
export type PolicyStatement = z.output<typeof Statement>;

const Policy = z.strictObject({
  Version: z.enum(["2008-10-17", "2012-10-17"]).default("2008-10-17"),
  Id: z.string().optional(),
  Statement: z.union([z.array(Statement), Statement.transform((one) => [one])]),
});
export type PolicyDocument = z.output<typeof Policy>;

/** A policy in IAM's grammar, or null where IAM would call it malformed. */
export function parsePolicy(text: string): PolicyDocument | null {
  try {
    return Policy.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
