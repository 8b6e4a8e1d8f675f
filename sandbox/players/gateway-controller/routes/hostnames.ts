/** Whether a listener's hostname and a route's hostnames meet; either side may be a wildcard, and saying nothing meets all. */
export function hasIntersectingHostname(listener: string | undefined, hostnames: readonly string[]): boolean {
  if (listener === undefined || listener === "" || hostnames.length === 0) return true;
  return hostnames.some((one) => meet(listener, one) || meet(one, listener));
}

function meet(pattern: string, hostname: string): boolean {
  if (!pattern.startsWith("*.")) return pattern === hostname;
  return hostname.endsWith(pattern.slice(1)) && hostname.length > pattern.length - 1;
}
