import type { CallingCluster } from "./caller-fields.tsx";

/** A service network as the form offers it. */
export type NetworkOption = {
  readonly name: string;
  readonly sentence: string;
  readonly listeners: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
  readonly publishers: readonly string[];
  readonly callers: readonly string[];
};

export type RouteFormOptions = {
  /** Teams of the reader that may publish to some network. */
  readonly teams: readonly string[];
  readonly networks: readonly NetworkOption[];
  /** Clusters the reader sees: those of her team provide, others may call. */
  readonly clusters: readonly CallingCluster[];
};

const TAKES = { http: ["HTTPS", "HTTP"], grpc: ["HTTPS"], tls: ["TLS"] } as const;

/** The listeners of a network that take a protocol; HTTPS before HTTP. */
export function listenersFor(network: NetworkOption | undefined, protocol: keyof typeof TAKES): NetworkOption["listeners"] {
  const takes: readonly string[] = TAKES[protocol];
  return (network?.listeners ?? [])
    .filter((listener) => takes.includes(listener.protocol))
    .toSorted((one, other) => takes.indexOf(one.protocol) - takes.indexOf(other.protocol));
}
