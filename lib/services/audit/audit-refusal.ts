import { PortalError } from "../../domain/portal-error.ts";
import type { Context } from "../context.ts";
import { auditActor } from "./audit-actor.ts";

const AUDITED_CODES = ["FORBIDDEN", "CONFLICT"] as const;

/** Refusals by right, four-eyes and stale content leave a row of their own transaction; other failures leave none. */
export async function auditRefusal(action: string, input: unknown, error: unknown, ctx: Context): Promise<void> {
  if (!(error instanceof PortalError) || !AUDITED_CODES.some((code) => code === error.code)) return;
  await ctx.db.transaction(async (tx) => {
    await tx.audit.append({
      at: ctx.clock.now(),
      action,
      outcome: "refused",
      actor: auditActor(ctx.actor),
      teamId: null,
      target: targetOf(action, input),
      detail: { code: error.code, key: error.key },
    });
  });
}

const TARGET_OF: Readonly<Record<string, string>> = { request: "request", token: "token", wallLink: "wall-link" };

function targetOf(action: string, input: unknown): string {
  const kind = TARGET_OF[action.slice(0, action.indexOf("."))];
  if (kind === undefined || typeof input !== "object" || input === null || !("id" in input) || typeof input.id !== "string")
    return "unknown";
  return `${kind}/${input.id}`;
}
