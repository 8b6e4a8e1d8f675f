import type { ReactNode } from "react";

/** One group of a form: its title left, its fields right. */
export function FormGroup({ title, note, children }: { readonly title: string; readonly note?: ReactNode; readonly children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="grid grid-cols-[150px_minmax(0,1fr)] gap-6 border-line border-t py-5 max-md:grid-cols-1 max-md:gap-3"
    >
      <h2 className="font-semibold text-body">
        {title}
        {note !== undefined && <small className="mt-0.5 block font-normal text-caption text-muted">{note}</small>}
      </h2>
      <div className="grid min-w-0 content-start gap-4">{children}</div>
    </section>
  );
}

/** Two fields beside each other where there is room. */
export function FieldPair({ children }: { readonly children: ReactNode }) {
  return <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">{children}</div>;
}
