import { healthCheckDefaults } from "../../lib/domain/routes/health-check-defaults.ts";
import { type RouteProtocol, RouteSpec } from "../../lib/domain/routes/route-input.ts";

export const LEDGER = { namespace: "team-payments", name: "ledger" } as const;
export const LEDGER_SERVICE = "payments-ledger";
const PORTS: Readonly<Record<RouteProtocol, number>> = { http: 80, grpc: 9090, tls: 443 };

/** One method by its own rule, and every other method of the service. */
export function grpcLedger(cluster: string): RouteSpec {
  const backends = [backendIn(cluster, "grpc")];
  return RouteSpec.parse({
    ...common("grpc"),
    listener: "https",
    rules: [
      { match: { headers: [], grpc: { service: "payments.Ledger", method: "Add" } }, backends },
      { match: { headers: [], grpc: { service: "payments.Ledger" } }, backends },
    ],
  });
}

/** The kubeService ends TLS itself: one name, one rule, everybody in the network. */
export function passthroughLedger(cluster: string): RouteSpec {
  return RouteSpec.parse({
    ...common("tls"),
    listener: "tls",
    hostname: "ledger.payments.example.com",
    rules: [{ match: { headers: [] }, backends: [backendIn(cluster, "tls")] }],
  });
}

/** Checks are said, because Lattice leaves them off for both (lattice.md §1.5, §1.6), and an unchecked route is never `ok`. */
function common(protocol: RouteProtocol) {
  return {
    network: "net-prod",
    protocol,
    serviceName: LEDGER_SERVICE,
    healthCheck: { ...healthCheckDefaults(protocol), enabled: true },
    access: { type: "network" },
    visibility: "organisation",
  };
}

function backendIn(cluster: string, protocol: RouteProtocol) {
  return { cluster, namespace: "payments", kubeService: "ledger", port: PORTS[protocol], weight: 1 };
}
