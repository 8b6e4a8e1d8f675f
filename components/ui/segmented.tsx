"use client";

type Props<Value extends string> = {
  readonly label: string;
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
};

/** Two to four views of the same thing; one is on. */
export function Segmented<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <div role="group" aria-label={label} className="inline-flex overflow-hidden rounded-md border border-line-strong">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className="min-h-[30px] bg-surface px-3 text-muted text-table -outline-offset-2 not-first:border-line not-first:border-l aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-text aria-pressed:shadow-[inset_0_-2px_0_var(--tr-accent)]"
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
