/** Pixels at zoom 1. Every box has a fixed size, so that nothing is measured and nothing moves. */
export const SIZE = {
  cell: { w: 144, h: 52, gap: 7 },
  row: { h: 22, inset: 5 },
  badge: { w: 44, h: 16 },
  port: { w: 148, h: 24, pitch: 156, rowPitch: 30, inset: 6 },
  /** The label of a VPC has two lines: its name, which an AWS id fills, and its addresses. */
  vpc: { pad: 7, label: 40, gap: 8, empty: 52 },
  /** Wide enough for a name beside the twelve digits of its id. */
  account: { pad: 8, label: 28, gap: 12, least: 236 },
  bus: { title: 26, inset: 6 },
  channel: 46,
  bandGap: 44,
  /** What a row of accounts is at least high, so that a newcomer finds room. */
  rowMin: 148,
  gutter: { start: 14, lane: 6 },
} as const;

/** The height of a cluster with so many rows. */
export function clusterHeight(rows: number): number {
  return SIZE.cell.h + (rows === 0 ? 0 : rows * SIZE.row.h + SIZE.row.inset - 2);
}
