type Span = readonly [from: number, to: number];

const STEP = 5;
const MARGIN = 4;

/** Parallel lines in one channel: each takes the first lane in which nothing lies beside it; in a full channel the one with the least. */
export function createLanes(room: number) {
  const channels = new Map<string, Span[][]>();
  const most = Number.isFinite(room) ? Math.max(1, Math.floor((room - 20) / STEP)) : Number.POSITIVE_INFINITY;
  return {
    take(channel: string, [from, to]: Span): number {
      const lanes = channels.get(channel) ?? [];
      channels.set(channel, lanes);
      const isFree = (lane: readonly Span[]) => lane.every(([start, end]) => end + MARGIN < from || to + MARGIN < start);
      let at = lanes.findIndex(isFree);
      if (at === -1 && lanes.length < most) at = lanes.length;
      if (at === -1) at = lanes.reduce((best, lane, n) => (lane.length < (lanes[best]?.length ?? 0) ? n : best), 0);
      lanes[at] = [...(lanes[at] ?? []), [from, to]];
      return at;
    },
  };
}
