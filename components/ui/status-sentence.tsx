import clsx from "clsx";
import type { ReactNode } from "react";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import { Changed } from "./changed.tsx";
import { splitSentence } from "./split-sentence.ts";
import { StatusGlyph } from "./status-glyph.tsx";
import { type Tone, toneClass, toneOf } from "./tone.ts";

type Props = { readonly glyph: Glyph; readonly tone?: Tone; readonly sentence: string; readonly note?: ReactNode };

/** What is happening, who acts next: the first thing an object's page says. The first sentence is the state and stands bold. */
export function StatusSentence({ glyph, tone = toneOf(glyph), sentence, note }: Props) {
  const { state, rest } = splitSentence(sentence);
  return (
    <div role="status" className={clsx(toneClass(tone), "grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 border-line border-y pt-3.5 pb-4")}>
      <StatusGlyph glyph={glyph} tone={tone} size={20} className="mt-0.5" />
      <p className="text-pretty text-lead text-text">
        <Changed value={sentence}>
          <b className="font-semibold text-(--tone)">{state}</b> {rest}
        </Changed>
      </p>
      {note !== undefined && <p className="col-start-2 mt-[3px] text-muted text-table">{note}</p>}
    </div>
  );
}
