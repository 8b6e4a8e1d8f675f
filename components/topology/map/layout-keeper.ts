import type { LayoutAnswer, LayoutQuestion } from "./layout-worker.ts";
import type { MapLayout } from "./map-layout.ts";
import { graphOf, isSameShape, type MapGraph, type ShownTopology } from "./map-view.ts";

/** A view and the layout that was made for its shape. */
export type LaidMap = { readonly map: string; readonly view: ShownTopology; readonly layout: MapLayout };

/** Whoever lays out beside this thread. */
export type LayoutHand = { readonly ask: (question: LayoutQuestion) => void; readonly close: () => void };
type Heard = { readonly onAnswer: (answer: LayoutAnswer) => void; readonly onFailure: () => void };

export type LayoutKeeper = {
  /** Another shape of the map is laid out; the same one is not. */
  readonly draw: (view: ShownTopology, map: string) => void;
  /** A new hand, asked once more for what is wanted now. */
  readonly retry: () => void;
  readonly stop: () => void;
};

type Options = {
  /** May throw: a browser need not let a worker start. */
  readonly open: (heard: Heard) => LayoutHand;
  /** The same work in this thread, which stands still for it. */
  readonly layOutHere: (graph: MapGraph, previous: MapLayout | null) => Promise<MapLayout>;
  readonly onLaid: (laid: LaidMap) => void;
  /** Nobody can lay this map out: the worker did not, and here it is too large or failed as well. */
  readonly onStuck: () => void;
  readonly deadlineMs: number;
  /** More nodes than this would hold the page still for too long. */
  readonly mostHere: number;
};

type Wanted = { readonly map: string; readonly turn: number; readonly view: ShownTopology };

/** Has maps laid out by a worker. One that cannot start, fails or stays silent is given up; from then on this thread does what it can, until `retry`. */
export function createLayoutKeeper({ open, layOutHere, onLaid, onStuck, deadlineMs, mostHere }: Options): LayoutKeeper {
  let hand: LayoutHand | null = null;
  let hasGivenUp = false;
  let wanted: Wanted | null = null;
  let last: LaidMap | null = null;
  let deadline: ReturnType<typeof setTimeout> | undefined;

  const previous = ({ map }: Wanted) => (last?.map === map ? last.layout : null);
  const settle = (turn: number, layout: MapLayout) => {
    if (wanted?.turn !== turn) return;
    clearTimeout(deadline);
    last = { map: wanted.map, view: wanted.view, layout };
    onLaid(last);
  };
  const closeHand = () => {
    clearTimeout(deadline);
    hand?.close();
    hand = null;
  };
  const giveUp = () => {
    closeHand();
    hasGivenUp = true;
    askHere();
  };
  const askHere = () => {
    if (wanted === null) return;
    const { turn, view } = wanted;
    if (view.nodes.length > mostHere) {
      onStuck();
      return;
    }
    layOutHere(graphOf(view), previous(wanted)).then(
      (layout) => settle(turn, layout),
      () => wanted?.turn === turn && onStuck(),
    );
  };
  const openHand = (): LayoutHand => {
    const made = open({
      onAnswer: ({ turn, layout }) => made === hand && settle(turn, layout),
      onFailure: () => made === hand && giveUp(),
    });
    return made;
  };
  const ask = () => {
    if (wanted === null) return;
    if (hasGivenUp) {
      askHere();
      return;
    }
    clearTimeout(deadline);
    deadline = setTimeout(giveUp, deadlineMs);
    try {
      hand ??= openHand();
      hand.ask({ turn: wanted.turn, graph: graphOf(wanted.view), previous: previous(wanted) });
    } catch {
      giveUp();
    }
  };

  return {
    draw: (view, map) => {
      if (wanted?.map === map && isSameShape(wanted.view, view)) return;
      wanted = { map, turn: (wanted?.turn ?? 0) + 1, view };
      ask();
    },
    retry: () => {
      if (wanted === null) return;
      closeHand();
      hasGivenUp = false;
      wanted = { ...wanted, turn: wanted.turn + 1 };
      ask();
    },
    stop: () => {
      wanted = null;
      closeHand();
    },
  };
}
