import type { ReactNode } from "react";

/** A border around one thing that is acted on: a plan, a decision. Parts are divided by hairlines. */
export function Panel({
  title,
  aside,
  children,
  label,
}: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly label?: string;
}) {
  return (
    <section aria-label={label} className="rounded-md border border-line bg-surface">
      {title !== undefined && (
        <header className="flex items-center gap-2 border-line border-b px-3.5 py-2.5">
          <h2 className="font-semibold text-body">{title}</h2>
          {aside !== undefined && <span className="ml-auto flex items-center gap-1 text-caption text-muted">{aside}</span>}
        </header>
      )}
      {children}
    </section>
  );
}

export function PanelPart({ children }: { readonly children: ReactNode }) {
  return <div className="px-3.5 py-3 not-first:border-line [&+&]:border-t">{children}</div>;
}
