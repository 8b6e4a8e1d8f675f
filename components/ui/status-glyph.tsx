import clsx from "clsx";
import type { ReactNode } from "react";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import { type Tone, toneClass, toneOf } from "./tone.ts";

const cut = { fill: "none", stroke: "var(--tr-surface)", strokeWidth: 1.7, strokeLinecap: "round", strokeLinejoin: "round" } as const;
const line = { fill: "none", stroke: "currentColor", strokeLinecap: "round", strokeLinejoin: "round" } as const;

const SHAPES: Readonly<Record<Glyph, ReactNode>> = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m4.9 8.2 2.1 2.1 4.1-4.4" {...cut} />
    </>
  ),
  progressing: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} strokeWidth="1.5" />
      <path d="M8 4.2a3.8 3.8 0 0 1 0 7.6z" fill="currentColor" />
    </>
  ),
  waiting: (
    <>
      <path d="M8 1.3 14.7 8 8 14.7 1.3 8z" {...line} strokeWidth="1.5" />
      <circle cx="8" cy="8" r="1.7" fill="currentColor" />
    </>
  ),
  attention: (
    <>
      <path d="M8 1.3 15.4 14.4H.6z" fill="currentColor" stroke="currentColor" strokeWidth="1" strokeLinejoin="round" />
      <path d="M8 6v3.6M8 11.9v.1" {...cut} />
    </>
  ),
  failed: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" {...cut} />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.6 2.42" />
      <path d="M6.4 6.5c.1-1 .8-1.5 1.7-1.5 1 0 1.7.6 1.7 1.5 0 1.2-1.7 1.3-1.7 2.4M8.05 11v.05" {...line} strokeWidth="1.4" />
    </>
  ),
  paused: (
    <>
      <rect x="1.7" y="1.7" width="12.6" height="12.6" rx="2.5" {...line} strokeWidth="1.5" />
      <path d="M6.2 5.2v5.6M9.8 5.2v5.6" {...line} strokeWidth="1.8" />
    </>
  ),
  hibernated: <path d="M13.6 9.7A6.2 6.2 0 0 1 6.3 2.4a6.2 6.2 0 1 0 7.3 7.3z" {...line} strokeWidth="1.5" />,
  deleting: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} strokeWidth="1.5" />
      <path d="M5 8h6" {...line} strokeWidth="1.7" />
    </>
  ),
  closed: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} strokeWidth="1.5" />
      <path d="m3.8 12.2 8.4-8.4" {...line} strokeWidth="1.5" />
    </>
  ),
  todo: <circle cx="8" cy="8" r="5.6" {...line} strokeWidth="1.4" />,
};

type Props = { readonly glyph: Glyph; readonly tone?: Tone; readonly size?: 12 | 14 | 16 | 20; readonly className?: string };

/** One of the eleven status shapes. Hidden from readers: the word beside it says the same. */
export function StatusGlyph({ glyph, tone = toneOf(glyph), size = 14, className }: Props) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      className={clsx(toneClass(tone), "flex-none text-(--tone)", className)}
    >
      {SHAPES[glyph]}
    </svg>
  );
}
