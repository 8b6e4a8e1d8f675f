"use client";
import { Pause, Play, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { useLiveState } from "../../live/live-state.ts";
import { Age } from "../../ui/age.tsx";
import { useTicking } from "../../ui/clock.tsx";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { StatusGlyph } from "../../ui/status-glyph.tsx";
import { useReducedMotion } from "../../ui/use-reduced-motion.ts";
import { MapCanvas } from "./map-canvas.tsx";
import { wallSteps } from "./map-steps.ts";
import type { ShownTopology } from "./map-view.ts";

const STEP_MS = 9000;
const LOST_MS = 30_000;

type Props = {
  readonly view: ShownTopology;
  readonly map: string;
  /** The way back, for somebody who is signed in. */
  readonly onLeave?: () => void;
};

/** The map for a wall: trouble first, one after the other, then the whole; clock and age always in sight. Dims when its data no longer arrives. */
export function WallMap({ view, map, onLeave }: Props) {
  const t = useTranslations("uiMap");
  const [at, setAt] = useState(0);
  const [paused, setPaused] = useState(false);
  const isCut = useReducedMotion();
  const isLost = useLost();
  const steps = useMemo(() => wallSteps(view), [view]);
  const step = steps[at % steps.length] ?? null;
  const node = step === null ? null : (view.nodes.find(({ id }) => id === step) ?? null);
  useEffect(() => {
    if (paused || steps.length < 2) return;
    const timer = setInterval(() => setAt((before) => before + 1), STEP_MS);
    return () => clearInterval(timer);
  }, [paused, steps.length]);
  useShortcuts(
    useMemo(
      () => [
        { keys: " ", label: t("wall.pause"), run: () => setPaused((before) => !before) },
        ...(onLeave === undefined ? [] : [{ keys: "escape", label: t("wall.leave"), run: onLeave }]),
      ],
      [t, onLeave],
    ),
  );
  const unhealthy = view.choices.unhealthy;
  return (
    <div data-wall="" className="fixed inset-0 z-40 flex flex-col bg-canvas text-[1.4rem]/[1.9rem]">
      <h1 className="sr-only">{t("wall.title")}</h1>
      <div className={isLost ? "min-h-0 flex-1 opacity-35 grayscale transition-opacity" : "min-h-0 flex-1 transition-opacity"}>
        <MapCanvas view={view} map={map} selected={node?.id ?? null} isOnly={false} onSelect={() => {}} camera={{ isCut }} />
      </div>
      <div className="flex flex-none items-center gap-6 border-line border-t bg-surface px-8 py-4">
        <p role="status" aria-live="off" className="flex min-w-0 flex-1 items-center gap-3">
          {node === null ? (
            <>
              <StatusGlyph glyph={unhealthy === 0 ? "ok" : "attention"} size={20} />
              <span className="min-w-0 truncate">{unhealthy === 0 ? t("wall.allWell") : t("wall.someIll", { count: unhealthy })}</span>
            </>
          ) : (
            <>
              <StatusGlyph glyph={node.glyph} size={20} />
              <b className="flex-none">{node.name}</b>
              <span className="flex-none text-muted">{t(`kind.${node.kind}`)}</span>
              <span className="min-w-0 truncate">{node.sentence}</span>
              {node.at !== null && <Age at={node.at} className="flex-none text-muted" />}
            </>
          )}
        </p>
        {isLost && (
          <p role="alert" className="flex flex-none items-center gap-2">
            <StatusGlyph glyph="unknown" size={20} />
            {t("wall.lost")}
          </p>
        )}
        <WallAge view={view} />
        <WallClock />
        <button
          type="button"
          aria-pressed={paused}
          aria-label={t("wall.pause")}
          onClick={() => setPaused(!paused)}
          className="flex-none rounded-md p-1.5 text-muted hover:text-text"
        >
          {paused ? <Play size={22} aria-hidden="true" /> : <Pause size={22} aria-hidden="true" />}
        </button>
        {onLeave !== undefined && (
          <button
            type="button"
            aria-label={t("wall.leave")}
            onClick={onLeave}
            className="flex-none rounded-md p-1.5 text-muted hover:text-text"
          >
            <X size={22} aria-hidden="true" />
          </button>
        )}
      </div>
    </div>
  );
}

/** How old the oldest source is: the map is as old as what it is made of. */
function WallAge({ view }: { readonly view: ShownTopology }) {
  const t = useTranslations("uiMap.wall");
  const ages = view.sources.flatMap(({ at }) => at ?? []);
  const oldest = [...ages].sort()[0];
  return (
    <p className="flex flex-none items-center gap-2 text-muted">
      <StatusGlyph glyph={view.sources.some(({ glyph }) => glyph !== "ok") ? "attention" : "ok"} size={16} />
      {oldest === undefined ? t("noAge") : <span>{t.rich("age", { age: () => <Age at={oldest} /> })}</span>}
    </p>
  );
}

function WallClock() {
  const locale = useLocale();
  const minute = useTicking((nowMs) => Math.floor(nowMs / 60_000));
  const now = minute * 60_000;
  return (
    <time dateTime={new Date(now).toISOString()} className="flex-none font-semibold text-[1.9rem] tabular-nums">
      {new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(now)}
    </time>
  );
}

/** Nothing heard for three ticks of the stream. */
function useLost(): boolean {
  const { status, heardAt } = useLiveState();
  const late = useTicking((nowMs) => (heardAt !== 0 && nowMs - heardAt > LOST_MS ? 1 : 0));
  return late === 1 || (status === "broken" && heardAt === 0);
}
