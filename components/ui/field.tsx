import { type ReactNode, useId } from "react";
import type { Mutability } from "../../lib/domain/clusters/blueprint.ts";
import { Hint, type HintTone } from "./hint.tsx";
import { MutabilityMark } from "./mutability-mark.tsx";

/** What the control inside a field must carry. */
export type FieldControl = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
};

type Props = {
  readonly label: ReactNode;
  readonly mutability?: Mutability | undefined;
  readonly note?: ReactNode;
  readonly help?: ReactNode;
  /** What is wrong; the control turns invalid. Several sentences stand one below the other. */
  readonly errors?: readonly string[] | undefined;
  /** The verdict of a check, when nothing is wrong. */
  readonly verdict?: { readonly tone: HintTone; readonly text: ReactNode } | undefined;
  /** Keeps a stable id, for moving the focus to the first field with an error. */
  readonly id?: string | undefined;
  readonly children: (control: FieldControl) => ReactNode;
};

/** Label above, control, help and verdict below, wired for readers. */
export function Field({ label, mutability, note, help, errors = [], verdict, id, children }: Props) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const noteId = `${controlId}-note`;
  const described = errors.length > 0 || help !== undefined || verdict !== undefined;
  return (
    <div className="grid min-w-0 content-start gap-[5px]">
      <div className="flex min-h-5 flex-wrap items-center gap-x-2 font-medium text-table">
        <label htmlFor={controlId}>{label}</label>
        {mutability !== undefined && <MutabilityMark mutability={mutability} />}
        {note !== undefined && <span className="font-normal text-caption text-muted">{note}</span>}
      </div>
      {children({
        id: controlId,
        "aria-describedby": described ? noteId : undefined,
        "aria-invalid": errors.length > 0 ? true : undefined,
      })}
      <div id={noteId} aria-live="polite" className="grid gap-1 empty:hidden">
        {errors.map((text) => (
          <Hint key={text} tone="error">
            {text}
          </Hint>
        ))}
        {errors.length === 0 && verdict !== undefined && <Hint tone={verdict.tone}>{verdict.text}</Hint>}
        {help !== undefined && <Hint>{help}</Hint>}
      </div>
    </div>
  );
}
