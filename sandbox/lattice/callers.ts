import { z } from "zod";

const account = z.string().regex(/^\d{12}$/);

/** Who an access key belongs to. The secret is not checked: the emulator listens on the loopback and verifies no signature. */
export const KnownCaller = z.strictObject({ accessKeyId: z.string().min(1), caller: z.string().min(1), account });
export type KnownCaller = z.infer<typeof KnownCaller>;

/** A role that may be assumed. `caller` names its calls in the log; a role with access `read` is refused every write. */
export const KnownRole = z.strictObject({
  arn: z.string().regex(/^arn:aws:iam::\d{12}:role\/.+$/),
  externalId: z.nullable(z.string()),
  caller: z.string().min(1),
  access: z.enum(["read", "full"]),
  /** Names of the callers that may take it; absent: everybody known. */
  trusted: z.array(z.string()).optional(),
});
export type KnownRole = z.infer<typeof KnownRole>;

/** The one who calls, once the credentials are known. */
export type Caller = {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly access: "read" | "full";
};

export function accountOfRole(roleArn: string): string {
  return roleArn.split(":")[4] ?? "";
}
