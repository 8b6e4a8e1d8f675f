"use client";
import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style.ts";
import { Kbd } from "./kbd.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { Tooltip } from "./tooltip.tsx";

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled" | "className"> & {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  /** Why it cannot be pressed now: the rule and who can. The button stays focusable and says it. */
  readonly refusal?: string | null | undefined;
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** Verb and object. A refused button stays focusable and names the rule; a busy one says so and takes no second press. */
export function Button({
  variant = "default",
  size = "normal",
  icon,
  shortcut,
  refusal = null,
  busy = false,
  children,
  onClick,
  type = "button",
  ...rest
}: Props) {
  const reasonId = useId();
  const refused = refusal !== null && refusal !== "";
  const inert = refused || busy;
  const button = (
    <button
      {...rest}
      type={type}
      className={buttonStyle(variant, size, refused)}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      aria-keyshortcuts={shortcut}
      aria-describedby={refused ? reasonId : rest["aria-describedby"]}
      onClick={(event) => {
        if (inert) return event.preventDefault();
        onClick?.(event);
      }}
    >
      {busy ? <StatusGlyph glyph="progressing" /> : icon}
      {children}
      {shortcut !== undefined && !refused && <Kbd onButton>{shortcut}</Kbd>}
    </button>
  );
  if (!refused) return button;
  return (
    <span className="contents">
      <Tooltip text={refusal}>{button}</Tooltip>
      <span id={reasonId} className="sr-only">
        {refusal}
      </span>
    </span>
  );
}
