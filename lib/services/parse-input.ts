import type { z } from "zod";
import { type FieldProblem, PortalError } from "../domain/portal-error.ts";

/** Parses outside data by a schema. `INVALID` with one problem per refused field; a custom issue may carry `params.key` and `params.values`. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new PortalError(
    "INVALID",
    "input.refused",
    { count: parsed.error.issues.length },
    { fields: parsed.error.issues.flatMap(toProblems), cause: parsed.error },
  );
}

function toProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: path === "" ? key : `${path}.${key}`, key: "input.unknownField" }));
  if (issue.code === "custom" && typeof issue.params?.["key"] === "string")
    return [{ path, key: issue.params["key"], ...(isValues(issue.params["values"]) ? { values: issue.params["values"] } : {}) }];
  if (issue.code === "too_small")
    return [
      {
        path,
        key: `input.tooSmall.${issue.origin === "string" || issue.origin === "array" ? issue.origin : "number"}`,
        values: { minimum: Number(issue.minimum) },
      },
    ];
  if (issue.code === "too_big")
    return [
      {
        path,
        key: `input.tooBig.${issue.origin === "string" || issue.origin === "array" ? issue.origin : "number"}`,
        values: { maximum: Number(issue.maximum) },
      },
    ];
  if (issue.code === "invalid_value") return [{ path, key: "input.notAChoice", values: { choices: issue.values.map(String).join(", ") } }];
  if (issue.code === "invalid_type" && issue.input === undefined) return [{ path, key: "input.missing" }];
  if (issue.code === "invalid_format") return [{ path, key: "input.wrongFormat", values: { format: issue.format } }];
  return [{ path, key: "input.wrongShape", values: { expected: issue.code === "invalid_type" ? issue.expected : "another shape" } }];
}

function isValues(values: unknown): values is Readonly<Record<string, string | number>> {
  return (
    typeof values === "object" &&
    values !== null &&
    Object.values(values).every((value) => typeof value === "string" || typeof value === "number")
  );
}
