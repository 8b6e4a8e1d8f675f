import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";

const box =
  "w-full rounded-md border border-line-strong bg-surface text-table placeholder:text-faint aria-invalid:border-failed aria-invalid:shadow-[inset_0_0_0_1px_var(--tr-failed)] disabled:border-line disabled:bg-sunken disabled:text-muted";

type Look = { readonly mono?: boolean; readonly dense?: boolean };
const sized = (dense: boolean | undefined) => (dense === true ? "h-7 px-2" : "h-8 px-2.5");

export function TextInput({
  mono,
  dense,
  ...rest
}: Omit<InputHTMLAttributes<HTMLInputElement>, "className"> & Look & { readonly ref?: Ref<HTMLInputElement> }) {
  return (
    <input
      autoComplete="off"
      spellCheck={mono === true ? false : undefined}
      {...rest}
      className={clsx(box, sized(dense), mono === true && "font-mono")}
    />
  );
}

export function TextArea({
  mono,
  dense: _dense,
  ...rest
}: Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "className"> & Look & { readonly ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea {...rest} className={clsx(box, "min-h-14 resize-y px-2.5 py-[7px]", mono === true && "font-mono")} />;
}

/** The browser's own list: it works with every keyboard, reader and phone. */
export function SelectInput({
  mono,
  dense,
  children,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, "className"> &
  Look & { readonly children: ReactNode; readonly ref?: Ref<HTMLSelectElement> }) {
  return (
    <span className="relative block">
      <select {...rest} className={clsx(box, sized(dense), "appearance-none truncate pr-7", mono === true && "font-mono")}>
        {children}
      </select>
      <ChevronDown size={16} aria-hidden="true" className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-faint" />
    </span>
  );
}
