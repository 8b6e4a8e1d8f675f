import type { z } from "zod";
import { invalid } from "../lattice-error.ts";
import type { Call } from "./call.ts";

export type Access = "read" | "write";

/** One operation of a REST-JSON API: how it is addressed and what it does with the path, query and body members put together. */
export type Operation = {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly access: Access;
  readonly status: number;
  readonly run: (call: Call, members: Readonly<Record<string, unknown>>) => object;
};

export function operation<Input extends z.ZodType>(definition: {
  name: string;
  route: `${Operation["method"]} /${string}`;
  access: Access;
  status?: number;
  input: Input;
  run: (call: Call, input: z.output<Input>) => object;
}): Operation {
  const [method, path] = splitRoute(definition.route);
  return {
    name: definition.name,
    method,
    path,
    access: definition.access,
    status: definition.status ?? 200,
    run: (call, members) => definition.run(call, parseMembers(definition.input, members)),
  };
}

/** Refuses as Lattice does: every field that is wrong, with its reason. */
export function parseMembers<Input extends z.ZodType>(schema: Input, members: unknown): z.output<Input> {
  const parsed = schema.safeParse(members);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ name: issue.path.join("."), message: issue.message }));
  const listed = fields.map(({ name, message }) => `Value at '${name}' failed to satisfy constraint: ${message}`).join("; ");
  throw invalid(`${fields.length} validation error${fields.length === 1 ? "" : "s"} detected: ${listed}`, fields);
}

function splitRoute(route: string): [Operation["method"], string] {
  const [method, path] = route.split(" ");
  for (const known of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const) if (method === known && path !== undefined) return [known, path];
  throw new Error(`not a route: ${route}`);
}
