/** The time of this render on the server; the browser's first paint uses the same. */
export function requestTime(): number {
  return Date.now();
}
