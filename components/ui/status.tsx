import clsx from "clsx";
import type { ReactNode } from "react";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import { Changed } from "./changed.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { isCalm, type Tone, toneClass, toneOf } from "./tone.ts";

type Props = { readonly glyph: Glyph; readonly tone?: Tone; readonly size?: "table" | "caption"; readonly children: ReactNode };

/** Shape and word. The word takes colour only when somebody should look. */
export function Status({ glyph, tone = toneOf(glyph), size = "table", children }: Props) {
  return (
    <span
      className={clsx(
        toneClass(tone),
        "inline-flex items-center gap-[7px] whitespace-nowrap font-medium",
        size === "table" ? "text-table" : "text-caption",
      )}
    >
      <StatusGlyph glyph={glyph} tone={tone} size={size === "table" ? 14 : 12} />
      <span className={isCalm(tone) ? "text-text" : "text-(--tone)"}>
        {typeof children === "string" ? <Changed value={children} /> : children}
      </span>
    </span>
  );
}
