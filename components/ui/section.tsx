import clsx from "clsx";
import type { ReactNode } from "react";

type Props = {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
  readonly flush?: boolean;
};

/** A part of a page: title, a word beside it, hairline, content. `flush` leaves out the space above (first in its column). */
export function Section({ title, note, aside, children, id, flush = false }: Props) {
  return (
    <section id={id} className={clsx(!flush && "mt-8 first:mt-0")}>
      <div className="flex flex-wrap items-baseline gap-x-2.5 border-line border-b pb-2">
        <h2 className="font-semibold text-body">{title}</h2>
        {note !== undefined && <small className="text-caption text-muted">{note}</small>}
        {aside !== undefined && <div className="ml-auto flex items-center gap-3 text-caption">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
