"use client";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { createLayoutKeeper, type LaidMap, type LayoutHand, type LayoutKeeper } from "./layout-keeper.ts";
import type { LayoutAnswer, LayoutQuestion } from "./layout-worker.ts";
import { isSameShape, type ShownTopology } from "./map-view.ts";

const DEADLINE_MS = 15_000;
const MOST_HERE = 600;

type MapLaying = {
  readonly laid: LaidMap | null;
  /** Nobody could lay out the map that is wanted now. */
  readonly isStuck: boolean;
  readonly retry: () => void;
};

/** Lays the map out in a worker of its own. While that works, the last map stays; new words and ages need no layout and show at once. */
export function useMapLayout(view: ShownTopology, map: string): MapLaying {
  const [laid, setLaid] = useState<LaidMap | null>(null);
  const [isStuck, setStuck] = useState(false);
  const keeper = useRef<LayoutKeeper | null>(null);
  const draw = useEffectEvent(() => keeper.current?.draw(view, map));

  useEffect(() => {
    const made = createLayoutKeeper({
      open: openWorker,
      layOutHere: async (graph, previous) => (await import("./lay-out-map.ts")).layOutMap(graph, previous),
      onLaid: (next) => {
        setStuck(false);
        setLaid(next);
      },
      onStuck: () => setStuck(true),
      deadlineMs: DEADLINE_MS,
      mostHere: MOST_HERE,
    });
    keeper.current = made;
    draw();
    return () => {
      made.stop();
      keeper.current = null;
    };
  }, []);
  useEffect(() => draw(), [view, map]);

  const retry = () => {
    setStuck(false);
    setLaid(null);
    keeper.current?.retry();
  };
  const isWordsOnly = laid !== null && laid.map === map && laid.view !== view && isSameShape(laid.view, view);
  return { laid: isWordsOnly ? { ...laid, view } : laid, isStuck, retry };
}

function openWorker({ onAnswer, onFailure }: Parameters<Parameters<typeof createLayoutKeeper>[0]["open"]>[0]): LayoutHand {
  const made = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
  made.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => onAnswer(data);
  made.onerror = onFailure;
  made.onmessageerror = onFailure;
  return { ask: (question: LayoutQuestion) => made.postMessage(question), close: () => made.terminate() };
}
