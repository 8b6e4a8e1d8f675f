type Axis = {
  /** How far the grid is scrolled, and how much of it is in view beside what sticks at the edge, px. */
  readonly offset: number;
  readonly view: number;
  readonly step: number;
  readonly count: number;
};

const OVERSCAN = 2;
/** The window moves in blocks: most scrolling draws nothing new. */
const BLOCK = 4;

/** The places that are drawn: those in view with some around them, and the one that holds the focus wherever it is. */
export function drawnPlaces({ offset, view, step, count }: Axis, focused: number): readonly number[] {
  const from = Math.max(0, Math.floor(offset / step / BLOCK) * BLOCK - OVERSCAN);
  const to = Math.min(count, Math.ceil((offset + view) / step / BLOCK) * BLOCK + OVERSCAN);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (focused < 0 || focused >= count || (focused >= from && focused < to)) return places;
  return focused < from ? [focused, ...places] : [...places, focused];
}

/** Where to scroll so that a place is whole in view; unchanged when it is. */
export function scrollTo(place: number, { offset, view, step }: Axis): number {
  const start = place * step;
  if (start < offset) return start;
  return start + step > offset + view ? start + step - view : offset;
}
