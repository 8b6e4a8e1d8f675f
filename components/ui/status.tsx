import clsx from "clsx";
import type { ReactNode } from "react";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
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
      <span className={isCalm(tone) ? "text-text" : "text-(--tone)"}>{children}</span>
    </span>
  );
}

/** The same on a tint, for a state that stands alone beside a title. */
export function StatusBadge({ glyph, tone = toneOf(glyph), children }: Omit<Props, "size">) {
  return (
    <span
      className={clsx(
        toneClass(tone),
        "inline-flex h-[22px] items-center gap-1.5 whitespace-nowrap rounded-sm border border-(--tone-line) bg-(--tone-bg) pr-2 pl-1.5 font-medium text-(--tone) text-caption",
      )}
    >
      <StatusGlyph glyph={glyph} tone={tone} size={12} />
      {children}
    </span>
  );
}
