import clsx from "clsx";
import type { InputHTMLAttributes, ReactNode } from "react";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "className" | "type"> & { readonly children: ReactNode };

const mark = "m-0 size-4 flex-none appearance-none border border-line-strong bg-surface disabled:opacity-55";

export function Checkbox({ children, ...rest }: Props) {
  return (
    <label className="inline-flex items-center gap-2 text-table">
      <span className="relative inline-grid flex-none place-items-center">
        <input {...rest} type="checkbox" className={clsx(mark, "peer rounded-sm checked:border-ink checked:bg-ink")} />
        <svg
          viewBox="0 0 24 24"
          aria-hidden="true"
          className="pointer-events-none absolute size-3 fill-none stroke-[3] stroke-on-ink opacity-0 peer-checked:opacity-100"
        >
          <path d="M20 6 9 17l-5-5" />
        </svg>
      </span>
      <span>{children}</span>
    </label>
  );
}

export function RadioMark(props: Omit<Props, "children">) {
  return <input {...props} type="radio" className={clsx(mark, "rounded-full checked:border-4 checked:border-ink")} />;
}

/** A radio button with more than one line of explanation; stands in a `ChoiceGroup`. */
export function ChoiceCard({ children, ...rest }: Props) {
  return (
    <label className="flex cursor-pointer gap-2.5 px-3.5 py-[11px] text-table not-first:border-line not-first:border-t has-checked:bg-selected has-disabled:cursor-not-allowed has-disabled:text-faint">
      <span className="mt-[3px] flex">
        <RadioMark {...rest} />
      </span>
      <span className="min-w-0">{children}</span>
    </label>
  );
}

export function ChoiceGroup({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <fieldset className="min-w-0 overflow-hidden rounded-md border border-line">
      <legend className="sr-only">{label}</legend>
      {children}
    </fieldset>
  );
}
