import type { ReactNode } from "react";

/** A small word beside a name: a role, a version. Never a status. */
export function Tag({ children }: { readonly children: ReactNode }) {
  return (
    <span className="inline-flex h-[18px] items-center gap-1 whitespace-nowrap rounded-sm border border-line px-1.5 font-normal text-caption text-muted">
      {children}
    </span>
  );
}
