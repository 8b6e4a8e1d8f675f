import type { LatticeListener } from "./lattice-facts.ts";

/** The one that a caller would choose: encrypted before plain, the lower port first. */
export function chooseListener(listeners: readonly LatticeListener[], port: number | null): LatticeListener | null {
  const order = ["HTTPS", "HTTP", "TLS_PASSTHROUGH"];
  const rank = ({ protocol, port: its }: LatticeListener) => order.indexOf(protocol) * 100_000 + (its ?? 0);
  const known = listeners.filter((one) => order.includes(one.protocol) && (port === null || one.port === port));
  return [...known].sort((one, other) => rank(one) - rank(other))[0] ?? null;
}
