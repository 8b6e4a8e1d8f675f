"use client";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Tooltip } from "./tooltip.tsx";

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "aria-label"> & {
  readonly label: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** A small button with an icon; its label is read aloud and shown on focus. */
export function IconButton({ label, children, type = "button", ...rest }: Props) {
  return (
    <Tooltip text={label} side="bottom">
      <button
        {...rest}
        type={type}
        aria-label={label}
        className="relative inline-grid size-7 flex-none place-items-center rounded-md text-muted transition-colors duration-(--tr-fast) hover:bg-hover hover:text-text max-md:size-8"
      >
        {children}
      </button>
    </Tooltip>
  );
}
