"use client";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { LayoutAnswer, LayoutQuestion } from "./layout-worker.ts";
import type { MapLayout } from "./map-layout.ts";
import { graphOf, isSameShape, type ShownTopology } from "./map-view.ts";

/** A view and the layout that was made for its shape. */
export type LaidMap = { readonly map: string; readonly view: ShownTopology; readonly layout: MapLayout };

/** Lays the map out in a worker of its own. While that works, the last map stays; new words and ages need no layout and show at once. */
export function useMapLayout(view: ShownTopology, map: string): LaidMap | null {
  const [laid, setLaid] = useState<LaidMap | null>(null);
  const worker = useRef<Worker | null>(null);
  const asked = useRef<{ readonly map: string; readonly turn: number; readonly view: ShownTopology } | null>(null);

  const onAnswer = useEffectEvent(({ map: of, turn, layout }: LayoutAnswer) => {
    const question = asked.current;
    if (question?.map === of && question.turn === turn) setLaid({ map: of, view: question.view, layout });
  });
  const ask = useEffectEvent(() => {
    const known = asked.current;
    if (known?.map === map && isSameShape(known.view, view)) return;
    const turn = (known?.turn ?? 0) + 1;
    asked.current = { map, turn, view };
    worker.current?.postMessage({ map, turn, graph: graphOf(view) } satisfies LayoutQuestion);
  });

  useEffect(() => {
    const made = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
    made.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => onAnswer(data);
    worker.current = made;
    asked.current = null;
    ask();
    return () => {
      made.terminate();
      worker.current = null;
    };
  }, []);
  useEffect(() => ask(), [view, map]);

  if (laid === null || laid.map !== map) return laid;
  return laid.view !== view && isSameShape(laid.view, view) ? { ...laid, view } : laid;
}
