import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = { readonly icon: LucideIcon; readonly title: ReactNode; readonly children?: ReactNode; readonly actions?: ReactNode };

/** A list with nothing in it: why, and what to do. */
export function EmptyState({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className="grid justify-items-center gap-1.5 px-4 py-9 text-center text-muted text-table">
      <Icon size={22} strokeWidth={1.75} aria-hidden="true" className="text-faint" />
      <b className="text-body text-text">{title}</b>
      {children !== undefined && <span className="max-w-[44em] text-pretty">{children}</span>}
      {actions !== undefined && <span className="mt-2 flex flex-wrap justify-center gap-2">{actions}</span>}
    </div>
  );
}
