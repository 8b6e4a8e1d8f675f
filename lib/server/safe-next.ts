/** The path to return to after sign-in: of this portal or nothing. `//host` and `/\host` are other hosts to a browser. */
export function safeNext(raw: unknown): string {
  if (typeof raw !== "string" || !/^\/(?![/\\])[^\u0000-\u001f\\]*$/.test(raw) || raw.length > 2000) return "/";
  return raw.startsWith("/sign-in") || raw.startsWith("/api/") ? "/" : raw;
}
