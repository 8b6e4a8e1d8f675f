import clsx from "clsx";

export type ButtonVariant = "primary" | "default" | "quiet" | "danger" | "danger-solid";
export type ButtonSize = "normal" | "small" | "large";

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-ink bg-ink text-on-ink hover:bg-ink-hover",
  default: "border-line-strong bg-surface text-text hover:bg-hover",
  quiet: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-text",
  danger: "border-failed bg-surface text-failed hover:bg-failed-bg",
  "danger-solid": "border-failed bg-failed text-surface hover:opacity-90",
};

const SIZE: Readonly<Record<ButtonSize, string>> = {
  small: "min-h-[1.625rem] px-[9px] text-caption",
  normal: "min-h-8 px-3 text-table",
  large: "min-h-10 w-full px-4 text-body",
};

/** The classes of a button, shared by buttons and links that look like one. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize, refused: boolean): string {
  return clsx(
    "inline-flex items-center justify-center gap-[7px] rounded-md border py-0.5 text-center font-medium no-underline transition-colors duration-(--tr-fast)",
    SIZE[size],
    refused ? "cursor-not-allowed border-line bg-sunken text-faint" : VARIANT[variant],
  );
}
