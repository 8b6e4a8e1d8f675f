import { z } from "zod";
import { isPortalError, PortalError } from "../../domain/portal-error.ts";

/** What a driver says of a failure; the failing row's values (`detail`) are left behind on purpose. */
type Failure = { readonly sqlState: string; readonly text: string; readonly constraint: string | null };

const DriverFailure = z.object({
  originalCode: z.string(),
  originalMessage: z.string(),
  constraint: z.optional(z.looseObject({ index: z.optional(z.string()) })),
});
const PrismaError = z.object({
  code: z.optional(z.string()),
  meta: z.optional(
    z.looseObject({
      operation: z.optional(z.unknown()),
      driverAdapterError: z.optional(z.looseObject({ cause: z.optional(z.unknown()) })),
    }),
  ),
});
const NodeError = z.object({ code: z.string() });

const COLUMN_OF: Readonly<Record<string, string>> = {
  requests_reserved_name: "reservedName",
  requests_reserved_aws_name: "reservedAwsName",
  requests_active_target_key: "activeTargetKey",
  approvals_one_vote: "vote",
  approvals_one_per_slot: "slot",
};
const LOST = /^(08|57P0|53|3D000|28)/;
const LOST_WORDS = /connection|ECONN|socket|terminat|timeout exceeded/i;

/**
 * The one place that reads driver errors, by SQLSTATE and never by Prisma's own codes, which differ between the engines.
 * The cause that is kept holds no values: a CHECK's detail is the whole failing row.
 */
export function translateError(error: unknown): PortalError {
  if (isPortalError(error)) return error;
  const failure = readFailure(error);
  if (failure !== null) return fromSqlState(failure);
  const { code, meta } = PrismaError.safeParse(error).data ?? {};
  if (code === "P2028")
    return new PortalError(
      "UNAVAILABLE",
      meta?.operation === undefined ? "database.busy" : "database.tooSlow",
      {},
      { cause: slim(code, "transaction") },
    );
  if (code === "P2034") return new PortalError("UNAVAILABLE", "database.busy", {}, { cause: slim(code, "conflict") });
  if (isLost(error, code)) return unavailable(code ?? "connection");
  return new PortalError("INTERNAL", "database.unexpected", {}, { cause: slim(code ?? nameOf(error), lastLine(error)) });
}

/** True when the transaction never started: nothing was written, so it may be tried again. */
export function isNeverStarted(error: unknown): boolean {
  const { code, meta } = PrismaError.safeParse(error).data ?? {};
  return code === "P2028" && meta?.operation === undefined;
}

function readFailure(error: unknown): Failure | null {
  const cause = PrismaError.safeParse(error).data?.meta?.driverAdapterError?.cause;
  const driver = DriverFailure.safeParse(cause ?? (error instanceof Error ? error.cause : undefined)).data;
  if (driver === undefined) return null;
  // The constraint is named last, after the table, in whatever language the server speaks.
  const quoted = /"([^"]+)"[^"]*$/.exec(driver.originalMessage)?.[1] ?? null;
  return { sqlState: driver.originalCode, text: driver.originalMessage, constraint: driver.constraint?.index ?? quoted };
}

function fromSqlState({ sqlState, text, constraint }: Failure): PortalError {
  const cause = slim(sqlState, constraint ?? "");
  if (sqlState === "TR001") return new PortalError("FORBIDDEN", text, {}, { cause });
  if (sqlState === "TR002") return new PortalError("CONFLICT", text, {}, { cause });
  if (sqlState === "TR003") return new PortalError("INTERNAL", text, {}, { cause });
  if (sqlState === "23505")
    return new PortalError("CONFLICT", "database.taken", { constraint: COLUMN_OF[constraint ?? ""] ?? constraint ?? "" }, { cause });
  if (sqlState === "22P05" || sqlState === "22021" || sqlState === "22P02")
    return new PortalError("INVALID", "database.text", {}, { cause });
  if (sqlState === "40001" || sqlState === "40P01" || sqlState === "55P03")
    return new PortalError("UNAVAILABLE", "database.busy", {}, { cause });
  if (sqlState === "57014") return new PortalError("UNAVAILABLE", "database.tooSlow", {}, { cause });
  if (LOST.test(sqlState)) return unavailable(sqlState);
  return new PortalError("INTERNAL", "database.unexpected", {}, { cause });
}

function isLost(error: unknown, prismaCode: string | undefined): boolean {
  if (prismaCode?.startsWith("P10") === true || prismaCode === "P2024") return true;
  const code = NodeError.safeParse(error).data?.code ?? "";
  if (LOST.test(code) || code.startsWith("E")) return true;
  return (
    prismaCode === undefined && error instanceof Error && error.name !== "PrismaClientValidationError" && LOST_WORDS.test(error.message)
  );
}

/** `UNAVAILABLE` `database.unavailable`. */
export function unavailable(why: string): PortalError {
  return new PortalError("UNAVAILABLE", "database.unavailable", {}, { cause: slim(why, "lost") });
}

function slim(code: string, what: string): Error {
  return new Error(`database ${code} ${what}`.trim());
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

// Prisma's validation errors quote the whole call with its values; their last line names the argument only.
function lastLine(error: unknown): string {
  const lines = error instanceof Error ? error.message.split("\n").filter((line) => line.trim() !== "") : [];
  return (lines.at(-1) ?? "").slice(0, 300);
}
