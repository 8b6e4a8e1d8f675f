/** Next calls this once per server start, before the first request. */
export async function register(): Promise<void> {
  // eslint-disable-next-line no-restricted-syntax -- replaced by a constant at build: the edge copy of this file must not reach Node's modules
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { boot } = await import("./lib/server/boot.ts");
  boot();
}
