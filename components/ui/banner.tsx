import clsx from "clsx";
import type { ReactNode } from "react";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import { StatusGlyph } from "./status-glyph.tsx";
import { type Tone, toneClass, toneOf } from "./tone.ts";

type Props = {
  readonly glyph: Glyph;
  readonly tone?: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly note?: ReactNode;
  readonly action?: ReactNode;
  readonly urgent?: boolean;
};

/** A truth about the whole page: what happened, since when, what still works. `urgent` interrupts a reader. */
export function Banner({ glyph, tone = toneOf(glyph), title, children, note, action, urgent = false }: Props) {
  return (
    <div
      role={urgent ? "alert" : "status"}
      className={clsx(
        toneClass(tone),
        "flex items-start gap-2.5 rounded-sm border border-(--tone-line) border-l-[3px] border-l-(--tone) bg-(--tone-bg) px-3 py-[9px] text-table",
      )}
    >
      <StatusGlyph glyph={glyph} tone={tone} className="mt-[3px]" />
      <div className="min-w-0 flex-1">
        <b>{title}</b> {children}
        {note !== undefined && <small className="block text-caption text-muted">{note}</small>}
      </div>
      {action}
    </div>
  );
}
