import type { RouteHealthCheck, RouteProtocol } from "./route-input.ts";

const EVERY_TEN_SECONDS = {
  path: "/",
  intervalSeconds: 10,
  timeoutSeconds: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  statusMatch: "200",
} as const satisfies Partial<RouteHealthCheck>;

/**
 * What a new form starts from (lattice.md §9.2). Lattice itself leaves checks off for gRPC and passthrough (§1.9), because an HTTP probe needs
 * something that answers it; for HTTP they are on.
 */
export function healthCheckDefaults(protocol: RouteProtocol): RouteHealthCheck {
  return { enabled: protocol === "http", ...EVERY_TEN_SECONDS };
}
