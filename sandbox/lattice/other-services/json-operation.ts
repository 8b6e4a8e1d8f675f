import type { z } from "zod";
import { LatticeError } from "../lattice-error.ts";
import type { Call } from "../operations/call.ts";
import type { Access } from "../operations/operation.ts";

/** One operation of a JSON 1.1 API, addressed by its `X-Amz-Target`. */
export type JsonOperation = {
  readonly name: string;
  readonly target: string;
  readonly access: Access;
  readonly run: (call: Call, body: Readonly<Record<string, unknown>>) => object;
};

export function jsonOperation<Input extends z.ZodType>(definition: {
  target: string;
  access: Access;
  /** The type under which the API refuses an input. */
  invalid: string;
  input: Input;
  run: (call: Call, input: z.output<Input>) => object;
}): JsonOperation {
  return {
    name: definition.target.slice(definition.target.lastIndexOf(".") + 1),
    target: definition.target,
    access: definition.access,
    run: (call, body) => {
      const parsed = definition.input.safeParse(body);
      if (!parsed.success) throw new LatticeError(400, definition.invalid, parsed.error.issues.map((issue) => issue.message).join("; "));
      return definition.run(call, parsed.data);
    },
  };
}
