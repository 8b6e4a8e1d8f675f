import clsx from "clsx";
import type { ReactNode } from "react";

/** A list without columns: one line or two per thing, hairlines between. */
export function Rows({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  return (
    <ul aria-label={label} className="text-table">
      {children}
    </ul>
  );
}

export function Row({
  children,
  top = false,
  dense = false,
}: {
  readonly children: ReactNode;
  readonly top?: boolean;
  readonly dense?: boolean;
}) {
  return (
    <li
      className={clsx(
        "flex gap-3 border-line-soft border-b last:border-b-0",
        top ? "items-start" : "items-center",
        dense ? "py-[7px]" : "py-2.5",
      )}
    >
      {children}
    </li>
  );
}
