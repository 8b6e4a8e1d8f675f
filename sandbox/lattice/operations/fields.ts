import { z } from "zod";

// The constraints of the service model that an input meets before anything is looked up (lattice.md §3.3).

export const identifier = z.string().min(3).max(2_048);
export const authType = z.enum(["AWS_IAM", "NONE"]);
export const clientToken = z.string().min(1).max(64).optional();
export const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!aws:)/, "keys that begin with aws: are reserved");
export const tags = z.record(tagKey, z.string().max(256)).refine((all) => Object.keys(all).length <= 200, "at most 200 tags");
export const priority = z.int().min(1).max(2_000);
export const port = z.int().min(1).max(65_535);
export const vpcId = z.string().regex(/^vpc-(([0-9a-z]{8})|([0-9a-z]{17}))$/);
export const securityGroupIds = z.array(z.string().regex(/^sg-(([0-9a-z]{8})|([0-9a-z]{17}))$/)).max(5);
export const certificateArn = z
  .string()
  .max(2_048)
  .regex(/^(arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-z-]+)?$/);

/** Lower case letters, digits and single hyphens inside; the prefix of the resource's own ids is not allowed. */
export function resourceName(min: number, max: number, forbiddenPrefix: string) {
  return z
    .string()
    .min(min)
    .max(max)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower case letters, digits and single hyphens inside")
    .refine((name) => !name.startsWith(forbiddenPrefix), `must not begin with ${forbiddenPrefix}`);
}

/** Members of the query string arrive as text. */
export const paging = {
  maxResults: z.coerce.number().int().min(1).max(100).optional(),
  nextToken: z.string().min(1).max(2_048).optional(),
};

const weighted = z.object({ targetGroupIdentifier: identifier, weight: z.int().min(0).max(999).default(100) });
const forward = z.strictObject({ forward: z.object({ targetGroups: z.array(weighted).min(1).max(10) }) });
const fixedResponse = z.strictObject({
  fixedResponse: z.object({ statusCode: z.union([z.literal(404), z.literal(500)], "only 404 and 500") }),
});
export const ruleAction = z.union(
  [forward, fixedResponse],
  "exactly one of forward (1 to 10 target groups, weights 0 to 999) and fixedResponse",
);

const path = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\/[a-zA-Z0-9@:%_+.~#?&/=-]*$/);
const text = z.string().min(1).max(200);
const httpMatch = z
  .object({
    method: z.string().max(16).optional(),
    pathMatch: z
      .object({
        match: z.union([z.strictObject({ exact: path }), z.strictObject({ prefix: path })]),
        caseSensitive: z.boolean().default(false),
      })
      .optional(),
    headerMatches: z
      .array(
        z.object({
          name: z.string().min(1).max(40),
          match: z.union([z.strictObject({ exact: text }), z.strictObject({ prefix: text }), z.strictObject({ contains: text })]),
          caseSensitive: z.boolean().default(false),
        }),
      )
      .min(1)
      .max(5)
      .optional(),
  })
  .refine((match) => Object.keys(match).length > 0, "method, pathMatch or headerMatches must be given");
export const ruleMatch = z.strictObject({ httpMatch });

/** 0 stands for the default, as in the service model. */
const orDefault = (min: number, max: number) =>
  z.int().refine((value) => value === 0 || (value >= min && value <= max), `0 or ${min} to ${max}`);
export const healthCheck = z.object({
  enabled: z.boolean().optional(),
  protocol: z.enum(["HTTP", "HTTPS", "TCP"]).optional(),
  protocolVersion: z.enum(["HTTP1", "HTTP2"]).optional(),
  port: z.int().min(0).max(65_535).optional(),
  path: z
    .string()
    .max(2_048)
    .regex(/^(\/[a-zA-Z0-9@:%_+.~#?&/=-]*)?$/)
    .optional(),
  healthCheckIntervalSeconds: orDefault(5, 300).optional(),
  healthCheckTimeoutSeconds: orDefault(1, 120).optional(),
  healthyThresholdCount: orDefault(2, 10).optional(),
  unhealthyThresholdCount: orDefault(2, 10).optional(),
  matcher: z
    .strictObject({
      httpCode: z
        .string()
        .max(2_000)
        .regex(/^[0-9-,]*$/),
    })
    .optional(),
});
export type HealthCheckInput = z.infer<typeof healthCheck>;

export const targets = z
  .array(z.object({ id: z.string().min(1).max(200), port: port.optional() }))
  .min(1)
  .max(100);
