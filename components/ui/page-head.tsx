import type { ReactNode } from "react";

type Props = { readonly title: ReactNode; readonly facts?: ReactNode; readonly actions?: ReactNode };

/** The page's name, one line of facts, at most one filled button. */
export function PageHead({ title, facts, actions }: Props) {
  return (
    <div className="mb-5 flex items-start gap-4 max-md:flex-wrap">
      <div className="min-w-0 flex-1 max-md:basis-full">
        <h1 className="font-semibold text-title tracking-[-0.015em] [overflow-wrap:anywhere]">{title}</h1>
        {facts !== undefined && <div className="mt-0.5 text-muted text-table">{facts}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-none flex-wrap items-center gap-2 max-md:flex-initial">{actions}</div>}
    </div>
  );
}

/** The dot between two facts of one line. */
export function Dot() {
  return (
    <span aria-hidden="true" className="mx-[0.35em] text-faint">
      ·
    </span>
  );
}
