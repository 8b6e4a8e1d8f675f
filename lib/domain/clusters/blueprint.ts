import { z } from "zod";

/** How a field may change after the cluster exists (look/README §8). */
export const Mutability = z.enum(["editable", "one-way", "replace-only", "fixed"]);
export type Mutability = z.infer<typeof Mutability>;

/** Text of a blueprint in both languages; it is data, so it is not a message key. */
export const BlueprintText = z.strictObject({ en: z.string(), ja: z.string() });

const field = { mutability: Mutability, help: z.exactOptional(BlueprintText) };
const Choice = <T extends z.ZodType<string | boolean>>(value: T) =>
  z.strictObject({ ...field, choices: z.array(value).min(1), default: value });
const Bounds = z.strictObject({ ...field, min: z.int(), max: z.int(), default: z.int() });

/**
 * A platform-made, versioned recipe: what a team may choose, within which bounds, and the rest fixed.
 * The shape of every field follows cluster-api.md §2.2; §10.5–10.6 and §11.3 say which values must be pinned.
 */
export const BlueprintData = z.strictObject({
  title: BlueprintText,
  summary: BlueprintText,
  /** Usual minutes until ready, for people. */
  usualMinutes: z.strictObject({ low: z.int().positive(), high: z.int().positive() }),
  network: z.discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("managed"), zones: z.int().min(2).max(3), cidr: z.strictObject({ ...field, default: z.string() }) }),
    z.strictObject({ mode: z.literal("existing"), minimumSubnets: z.int().min(2), ...field }),
  ]),
  fields: z.strictObject({
    kubernetesVersion: Choice(z.string()),
    endpointAccess: Choice(z.enum(["public", "public-and-private", "private"])),
    publicCidrs: z.exactOptional(z.strictObject({ ...field, default: z.array(z.string()), forbidOpen: z.boolean() })),
    poolCount: z.strictObject({ min: z.int().min(1), max: z.int().min(1) }),
    instanceType: Choice(z.string()),
    capacityType: Choice(z.enum(["onDemand", "spot"])),
    nodesPerPool: Bounds,
    diskSizeGiB: Bounds,
    visibility: Choice(z.enum(["team", "organisation"])),
  }),
  fixed: z.strictObject({
    amiType: z.string(),
    authenticationMode: z.literal("api"),
    upgradePolicy: z.enum(["standard", "extended"]),
    logging: z.strictObject({
      apiServer: z.boolean(),
      audit: z.boolean(),
      authenticator: z.boolean(),
      controllerManager: z.boolean(),
      scheduler: z.boolean(),
    }),
    encryption: z.boolean(),
    nodeRepair: z.boolean(),
    maxUnavailable: z.int().min(1),
    /** Exact versions per Kubernetes minor (`"1.33"`): unlisted add-ons are deleted by CAPA, so this is the whole list. */
    addons: z.record(z.string(), z.array(z.strictObject({ name: z.string(), version: z.string() })).min(1)),
  }),
  /** A whole, acceptable `cluster.create` input except for account and name, which the query fills for the caller's team. */
  example: z.record(z.string(), z.json()),
});
export type BlueprintData = z.infer<typeof BlueprintData>;
