import type { z } from "zod";

/** A method whose input is checked however it is called: typed in the process, or `untyped` with what came over the wire. */
export function controlMethod<Input extends z.ZodType, Output>(schema: Input, run: (input: z.output<Input>) => Output) {
  const typed = (...[input]: undefined extends z.input<Input> ? [input?: z.input<Input>] : [input: z.input<Input>]): Output =>
    run(schema.parse(input));
  return Object.assign(typed, { untyped: (input: unknown): unknown => run(schema.parse(input)) });
}
