import type { ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style.ts";
import { Kbd } from "./kbd.tsx";
import { QuietLink as Link } from "./quiet-link.tsx";

type Props = {
  readonly href: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly children: ReactNode;
};

/** A link to another page that looks like a button. */
export function ButtonLink({ href, variant = "default", size = "normal", icon, shortcut, children }: Props) {
  return (
    <Link href={href} className={buttonStyle(variant, size, false)} aria-keyshortcuts={shortcut}>
      {icon}
      {children}
      {shortcut !== undefined && <Kbd onButton>{shortcut}</Kbd>}
    </Link>
  );
}
