"use client";
import { useTranslations } from "next-intl";
import { StatusGlyph } from "../../ui/status-glyph.tsx";
import type { ShownTopology } from "./map-view.ts";

const WORDS = [
  ["ok", "ready"],
  ["progressing", "changing"],
  ["attention", "degraded"],
  ["failed", "failed"],
  ["unknown", "unknown"],
] as const;

/** What lines and shapes mean, and what is not drawn. */
export function MapLegend({ view }: { readonly view: ShownTopology }) {
  const t = useTranslations("uiMap.legend");
  const folded = Object.values(view.folded).reduce((sum, count) => sum + count, 0);
  return (
    <div className="pointer-events-none absolute inset-x-[18px] bottom-3 z-10 flex flex-wrap items-center gap-x-3.5 gap-y-1 rounded-md border border-line bg-surface px-3 py-[7px] text-[12px] text-muted max-md:inset-x-3 [&>span]:flex [&>span]:items-center [&>span]:gap-1.5 [&>span]:whitespace-nowrap">
      <span>
        <svg viewBox="0 0 26 12" width="26" height="12" aria-hidden="true" className="fill-none stroke-line-strong">
          <path d="M1 6h18" strokeWidth="1.25" />
          <circle cx="21" cy="6" r="4" strokeWidth="1.5" />
        </svg>
        {t("mayCall")}
      </span>
      <Key d="M1 6h24" className="stroke-line-strong" width={2}>
        {t("servedFrom")}
      </Key>
      <span>
        <svg viewBox="0 0 26 12" width="26" height="12" aria-hidden="true" className="fill-none stroke-line-strong">
          <path d="M1 6h18" strokeWidth="1.25" />
          <rect x="18" y="2.5" width="7" height="7" rx="1" strokeWidth="1.5" />
        </svg>
        {t("joined")}
      </span>
      <Key d="M1 6h24" className="stroke-failed" width={1.75} dash="4 4">
        {t("blocked")}
      </Key>
      <Key d="M1 6h24" className="stroke-attention" width={1.75} dash="2 4">
        {t("settingUp")}
      </Key>
      {folded > 0 && (
        <span className="text-text">{t("folded", { count: folded, total: view.total, unknown: view.folded.unknown ?? 0 })}</span>
      )}
      <span className="ml-auto gap-x-3.5! gap-y-1 max-lg:ml-0 max-lg:flex-wrap">
        {WORDS.map(([glyph, word]) => (
          <span key={glyph} className="flex items-center gap-1.5">
            <StatusGlyph glyph={glyph} size={12} />
            {t(word)}
          </span>
        ))}
      </span>
    </div>
  );
}

type KeyProps = {
  readonly d: string;
  readonly className: string;
  readonly width: number;
  readonly dash?: string;
  readonly children: string;
};

function Key({ d, className, width, dash, children }: KeyProps) {
  return (
    <span>
      <svg viewBox="0 0 26 12" width="26" height="12" aria-hidden="true" className={`fill-none ${className}`}>
        <path d={d} strokeWidth={width} {...(dash === undefined ? {} : { strokeDasharray: dash })} />
      </svg>
      {children}
    </span>
  );
}
