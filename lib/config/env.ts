import { z } from "zod";

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

function isLoopback(url: string): boolean {
  return LOOPBACK_HOSTS.includes(new URL(url).hostname);
}

const Origin = z
  .url({ protocol: /^https?$/ })
  .refine((url) => new URL(url).pathname === "/", { error: "must be an origin without a path" })
  .transform((url) => new URL(url).origin);
const Issuer = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith("https:") || isLoopback(url), { error: "must be https, except on loopback" });

/** An environment variable that holds JSON, read by a schema. */
function jsonOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, ctx): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        ctx.addIssue({ code: "custom", message: "is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

const Flag = z.enum(["0", "1", "true", "false"]).transform((text) => text === "1" || text === "true");
const List = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);
const ClusterId = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const ManagementClusters = z
  .array(
    z.union([
      z.strictObject({ id: ClusterId, kubeconfig: z.string().min(1) }),
      z.strictObject({ id: ClusterId, inCluster: z.literal(true) }),
    ]),
  )
  .min(1)
  .refine((clusters) => new Set(clusters.map(({ id }) => id)).size === clusters.length, { error: "has the same id twice" });
const SignInHint = z.strictObject({ label: z.string().min(1), loginHint: z.string().min(1) });
const Text = z.strictObject({ en: z.string(), ja: z.string() });
const Scopes = z.string().transform((text) => text.split(/[\s,]+/).filter((scope) => scope !== ""));

const Variables = z.object({
  NODE_ENV: z.string().default("development"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  AUTH_URL: z.exactOptional(Origin),
  AUTH_SECRET: z.string().min(32),
  TRELLIS_INSTALLATION_ID: z.string().regex(/^[a-z0-9]{4,32}$/),
  OIDC_ISSUER: Issuer,
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_CLIENT_SECRET: z.string().min(1),
  OIDC_SCOPES: Scopes.default(["openid", "profile", "email", "groups"]),
  OIDC_GROUPS_CLAIM: z.string().min(1).default("groups"),
  SIGN_IN_HINTS: jsonOf(z.array(SignInHint)).default([]),
  SIGN_IN_NOTE: z.exactOptional(jsonOf(Text)),
  DATABASE_URL: z.exactOptional(z.url({ protocol: /^postgres(ql)?$/ })),
  TRELLIS_DATA_DIR: z.string().min(1).default(".data/database"),
  TRELLIS_ALLOW_SINGLE_NODE: Flag.default(false),
  MANAGEMENT_CLUSTERS: jsonOf(ManagementClusters),
  TENANT_ENDPOINT_CIDRS: List.default([]),
  LATTICE_ENDPOINT: z.exactOptional(z.url({ protocol: /^https?$/ })),
  TRELLIS_BOOTSTRAP: z.exactOptional(z.string().min(1)),
  TRELLIS_AUDIT_KEYS: z.string().min(1),
  TRELLIS_KUBERNETES_USER: z.string().min(1).default("trellis"),
  TRELLIS_REQUEST_TTL_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  TRELLIS_DELIVERY_LEASE_MS: z.coerce.number().int().min(500).max(600_000).default(15_000),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

/** The portal's settings, parsed once at boot. Paths are relative to the working directory. */
export type Env = Omit<z.output<typeof Variables>, "AUTH_URL"> & { readonly AUTH_URL: string };

/** Reads settings from `variables`; empty texts count as unset. Throws one sentence per wrong variable and never says a value. */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Variables.safeParse(present);
  if (!parsed.success) throw new Error(`The portal's settings are wrong. ${parsed.error.issues.map(toSentence).join(" ")}`);
  const env = { ...parsed.data, AUTH_URL: parsed.data.AUTH_URL ?? `http://localhost:${parsed.data.PORT}` };
  if (env.AUTH_URL.startsWith("http:") && !isLoopback(env.AUTH_URL))
    throw new Error("The portal's settings are wrong. AUTH_URL must be https, except on loopback.");
  if (env.DATABASE_URL === undefined && env.NODE_ENV === "production" && !env.TRELLIS_ALLOW_SINGLE_NODE)
    throw new Error(
      "The portal's settings are wrong. DATABASE_URL is missing: in production the portal needs PostgreSQL, or TRELLIS_ALLOW_SINGLE_NODE=1 for a single node.",
    );
  return env;
}

function toSentence(issue: z.core.$ZodIssue): string {
  const [name, ...rest] = issue.path.map(String);
  const where = [name, ...rest].join(".");
  return issue.code === "invalid_type" && issue.input === undefined
    ? `${where} is missing.`
    : `${where} ${issue.code === "custom" ? issue.message : `is wrong (${issue.message})`}.`;
}

let parsedOnce: Env | undefined;

/** The settings of this process; parsed on first use, so that a build needs none. */
export function env(): Env {
  parsedOnce ??= parseEnv(process.env);
  // The sign-in library reads this variable itself; a default that only we knew would give it another origin.
  process.env["AUTH_URL"] = parsedOnce.AUTH_URL;
  return parsedOnce;
}
