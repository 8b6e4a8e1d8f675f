import { z } from "zod";
import type { JsonObject } from "../json.ts";

/** What a command says happened. `detail` never holds a secret; `target` is a stable key such as `request/R-12` or `cluster/team-a/b`. */
export type AuditEntry = {
  readonly at: Date;
  readonly action: string;
  readonly outcome: "ok" | "refused";
  readonly actor: { readonly type: "person" | "system" | "wall"; readonly id: string; readonly name: string; readonly via: string };
  readonly teamId: string | null;
  readonly target: string;
  readonly detail: JsonObject;
};

/** One link of the chain. `mac` is HMAC-SHA-256 over the canonical row and the previous mac, lower-case hex, made with key `keyId`. */
export type AuditRow = AuditEntry & { readonly seq: number; readonly prevMac: string; readonly mac: string; readonly keyId: string };

/** The head with a MAC of its own, so that a truncated table is found by comparing it with an earlier signed head. */
export const SignedHead = z.strictObject({
  seq: z.int().nonnegative(),
  mac: z.string(),
  keyId: z.string(),
  at: z.iso.datetime(),
  signature: z.string(),
});
export type SignedHead = z.infer<typeof SignedHead>;
