import type { FieldErrors } from "./field-errors.ts";
import { Hint } from "./hint.tsx";

/** Why what was sent was refused: the sentence, and what belongs to no field that is shown. */
export function RefusalAlert({ message, errors }: { readonly message: string; readonly errors: FieldErrors }) {
  return (
    <div role="alert" className="grid gap-1">
      <Hint tone="error">{message}</Hint>
      {errors.unplaced.map((text) => (
        <Hint key={text} tone="error">
          {text}
        </Hint>
      ))}
    </div>
  );
}
